"""From what came in to evidence on a place: what counts, how it is graded, and what is never counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nosvidere.engine.signs import SCHEME, Evidence
from nosvidere.kernel.refused import Refused

# Grades that an item has until a person grades it. Source: casework, "Grading of sources and information".
FIRST_GRADES = {
    "tip": ("X", "4"),
    "ad": ("X", "4"),
    "observation": ("A", "1"),
    "landlord": ("B", "2"),
}
AD_FAMILY = "A"
AD_ON_PLACE = "A01"
AD_MOVES_BETWEEN_TOWNS = "A05"
SEVERAL_ADS_AT_ONCE = "A06"
DISPUTE = "V04"
OWN_OBSERVATION = "V01"
NOTHING_FOUND = "V02"
INNOCENT_EXPLANATION = "V03"
CONCURRENT_DAYS = 14
# What must be told to the command centre at once. Source: the workflows, 4.1, EMERGENCY_FORWARDED; C06 is weak.
TELL_AT_ONCE = ("C01", "C02", "C03", "C04", "C05")


@dataclass(frozen=True, slots=True)
class AdSighting:
    """One ad of a group: where it pointed and when it was seen."""

    ad_id: str
    seen_on: date
    municipality: str


def scored_signs(codes: Iterable[str]) -> list[str]:
    """Return the signs that may weigh, in order, each once; safeguarding and excluded ones are left out."""
    known = [code for code in dict.fromkeys(codes) if code in SCHEME.signs]
    return [code for code in known if SCHEME.signs[code].use == "scored"]


def safeguarding_signs(codes: Iterable[str]) -> list[str]:
    """Return the signs that call for protection now and never raise a weight."""
    return [
        code for code in dict.fromkeys(codes) if code in SCHEME.signs and _is_safeguarding(code)
    ]


def _is_safeguarding(code: str) -> bool:
    return SCHEME.signs[code].use in {"safeguarding", "emergency"}


def calls_for_help(codes: Iterable[str]) -> bool:
    """Say whether one of the signs is to be told to the command centre at once."""
    return not set(TELL_AT_ONCE).isdisjoint(codes)


def usable_signs(codes: Iterable[str]) -> list[str]:
    """Return the signs that a tip may carry, in order, each once: those of the table that do not describe people."""
    known = [code for code in dict.fromkeys(codes) if code in SCHEME.signs]
    return [code for code in known if SCHEME.signs[code].use != "never"]


def check_signs(codes: Sequence[str]) -> None:
    """Raise Refused when a code is not in the table of signs or describes who somebody is."""
    for code in codes:
        if code not in SCHEME.signs:
            raise Refused("Tecknet {code} finns inte i tabellen över tecken.", code=code)
        if SCHEME.signs[code].use == "never":
            raise Refused("Tecknet {code} beskriver vem någon är och används aldrig.", code=code)


def evidence_of_tip(
    *,
    item: str,
    signs: Iterable[str],
    observed_on: date,
    informant: str,
    source_grade: str,
    info_grade: str,
    same_text: str = "",
    days: int = 1,
    is_dispute: bool = False,
) -> list[Evidence]:
    """Return the evidence that a graded tip gives its place: its scored signs, and the dispute if one is told of."""
    # What an ad says comes from the ad alone: told in a tip too, one person could pass as two sources.
    told = [code for code in scored_signs(signs) if SCHEME.signs[code].family != AD_FAMILY]
    codes = told + ([DISPUTE] if is_dispute else [])
    return [
        Evidence(
            id=f"{item}:{code}",
            sign=code,
            observed_on=observed_on,
            informant=informant,
            source_item=item,
            info_grade=info_grade,
            source_grade=source_grade,
            same_text=same_text,
            days=days,
        )
        for code in codes
    ]


def signs_of_ad_group(sightings: Sequence[AdSighting]) -> list[str]:
    """Return what a group of linked ads says of each place in it: an ad points here, it moves, several at once."""
    signs = [AD_ON_PLACE]
    if len({s.municipality for s in sightings if s.municipality}) > 1:
        signs.append(AD_MOVES_BETWEEN_TOWNS)
    if _has_concurrent(sightings):
        signs.append(SEVERAL_ADS_AT_ONCE)
    return signs


def _has_concurrent(sightings: Sequence[AdSighting]) -> bool:
    """Say whether three or more ads of the group were seen within a fortnight."""
    days = sorted(s.seen_on for s in sightings)
    return any(
        (later - first).days <= CONCURRENT_DAYS
        for first, later in zip(days, days[2:], strict=False)
    )


def evidence_of_ad(
    *, ad_id: str, group: str, sightings: Sequence[AdSighting], seen_on: date
) -> list[Evidence]:
    """Return the evidence that an ad gives its place; ads of one group are one source."""
    source_grade, info_grade = FIRST_GRADES["ad"]
    return [
        Evidence(
            id=f"{ad_id}:{code}",
            sign=code,
            observed_on=seen_on,
            informant=f"annonsgrupp {group}",
            source_item=ad_id,
            info_grade=info_grade,
            source_grade=source_grade,
        )
        for code in signs_of_ad_group(sightings)
    ]


def origin_of(kinds: Iterable[str]) -> str:
    """Return TIP, AD, BOTH or OWN_OBS: from where a place became known."""
    known = set(kinds)
    if {"tip", "ad"} <= known:
        return "BOTH"
    if "ad" in known:
        return "AD"
    return "TIP" if "tip" in known or "landlord" in known else "OWN_OBS"
