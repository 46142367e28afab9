"""What a check at a place must hold, and what a report may say. Source: the workflows, 4.1 and 4.5; law 1.1 and 1.2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from nosvidere.kernel.refused import Refused
from nosvidere.rules.evidence import INNOCENT_EXPLANATION, NOTHING_FOUND, OWN_OBSERVATION
from nosvidere.rules.flows import REPORT
from nosvidere.rules.operation import FRONTS

# The offence was renamed on 2025-07-01 (SFS 2025:586): köp av sexuell tjänst became köp av sexuell handling.
RENAMED_ON = date(2025, 7, 1)
OLD_PURCHASE_LABEL = "köp av sexuell tjänst"
YOUNGEST, OLDEST = 15, 110
LONGEST_NOTE = 1000
LONGEST_NUMBER = 40
LONGEST_KIND = 20
MOST_PERSONS = 99
ENTRY_BASES = {
    "invited": "inbjuden",
    "consent": "samtycke",
    "search_decision": "beslut om husrannsakan",
    "outside": "endast utifrån",
}
OUTCOMES = {
    "no_answer": "ingen öppnade",
    "nothing": "inget av intresse",
    "signs": "tecken iakttagna",
    "confirmed": "bekräftat",
    "innocent": "oskyldig förklaring bekräftad",
    "wrong_address": "fel adress",
}
OFFENCES = {
    "PURCHASE_SEXUAL_ACT": "köp av sexuell handling",
    "PURCHASE_CHILD": "utnyttjande av barn genom köp av sexuell handling",
    "PROCURING": "koppleri",
    "GROSS_PROCURING": "grovt koppleri",
    "LANDLORD_PROCURING": "koppleri som upplåtare",
    "TRAFFICKING": "människohandel",
    "EXPLOITATION": "människoexploatering",
    "RAPE_NEGLIGENT": "oaktsam våldtäkt",
    "OTHER": "annat brott",
}
COMPLETIONS = {"COMPLETED": "fullbordat", "ATTEMPT": "försök"}
MODES = {"IN_PERSON": "på plats", "REMOTE": "på distans"}
PLACE_TYPES = {
    "FLAT_RENTED": "hyreslägenhet",
    "FLAT_SUBLET": "lägenhet i andra hand",
    "FLAT_COOP": "bostadsrätt",
    "ROOM_LET": "hyresrum",
    "SHORT_LET": "korttidsuthyrning",
    "APARTMENT_HOTEL": "lägenhetshotell",
    "HOTEL": "hotell",
    "HOSTEL": "vandrarhem",
    "MASSAGE": "massagelokal",
    "PREMISES_OTHER": "lokal",
    "CAR": "bil",
    "OUTDOORS": "utomhus",
    "ONLINE": "på nätet",
}
SEXES = {"": "inte antecknat", "man": "man", "woman": "kvinna"}
PURCHASES = frozenset({"PURCHASE_SEXUAL_ACT"})
SIGN_OF_OUTCOME = {
    "confirmed": OWN_OBSERVATION,
    "signs": OWN_OBSERVATION,
    "nothing": NOTHING_FOUND,
    "innocent": INNOCENT_EXPLANATION,
}
FINDING_OF_OUTCOME = {
    "confirmed": "CONFIRMED",
    "nothing": "NOT_CONFIRMED",
    "innocent": "INNOCENT",
    "signs": "INCONCLUSIVE",
    "no_answer": "INCONCLUSIVE",
    "wrong_address": "INCONCLUSIVE",
}


@dataclass(frozen=True, slots=True)
class CheckContent:
    """What a team says of one check: on what ground it entered, the outcome, signs, counts; nobody's name."""

    entry_basis: str
    outcome: str
    decision_no: str = ""
    signs: tuple[str, ...] = ()
    persons_met: int = 0
    child_present: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What a team says of one report: coded facts and the case number; nobody's name."""

    kind: str
    completion: str
    place_type: str
    front: str
    case_no: str
    mode: str = "IN_PERSON"
    age_years: int | None = None
    sex: str = ""
    buyer_informed: bool = False
    callback_consent: bool = False
    self_harm_asked: bool = False


def check_record(content: CheckContent, *, is_on_team: bool) -> None:
    """Raise Refused unless a member of the team may record this check."""
    if not is_on_team:
        raise Refused("Bara den som är med i laget antecknar lagets kontroller.")
    _check_ground(content)
    _check_free_values(content)


def _check_ground(content: CheckContent) -> None:
    """Raise Refused unless it is said on what ground the team entered, and what it found."""
    if content.entry_basis not in ENTRY_BASES:
        raise Refused("Välj på vilken grund ni gick in, eller att ni bara såg platsen utifrån.")
    if content.outcome not in OUTCOMES:
        raise Refused("Välj vad kontrollen visade.")
    if content.entry_basis == "search_decision" and not content.decision_no.strip():
        raise Refused("Skriv beslutets nummer för husrannsakan.")


def _check_free_values(content: CheckContent) -> None:
    """Raise Refused unless numbers and free text are within their bounds."""
    if not 0 <= content.persons_met <= MOST_PERSONS:
        raise Refused("Antalet personer ska vara mellan 0 och {n}.", n=MOST_PERSONS)
    if len(content.decision_no) > LONGEST_NUMBER:
        raise Refused("Numret är för långt: högst {n} tecken.", n=LONGEST_NUMBER)
    if len(content.note) > LONGEST_NOTE:
        raise Refused("Anteckningen är för lång: högst {n} tecken.", n=LONGEST_NOTE)


def signs_of_check(*, outcome: str, observed: Sequence[str]) -> list[str]:
    """Return the signs that a check states on its place: its outcome's own and those observed, each once."""
    own = [SIGN_OF_OUTCOME[outcome]] if outcome in SIGN_OF_OUTCOME else []
    return list(dict.fromkeys([*own, *observed]))


def suggested_finding(outcome: str) -> str:
    """Return the finding that an outcome points to; a person decides on it at the debriefing."""
    return FINDING_OF_OUTCOME[outcome]


def check_report(content: ReportContent, *, is_on_team: bool, is_case_known: bool) -> None:
    """Raise Refused unless a member of the team may register this report."""
    if not is_on_team:
        raise Refused("Bara den som är med i laget registrerar lagets anmälningar.")
    if not content.case_no.strip():
        raise Refused("Skriv ärendets nummer. Namn och personnummer hör inte hemma här.")
    if len(content.case_no.strip()) > LONGEST_NUMBER:
        raise Refused("Numret är för långt: högst {n} tecken.", n=LONGEST_NUMBER)
    if is_case_known:
        raise Refused("Ärendet {no} är redan registrerat.", no=content.case_no)
    _check_codes(content)
    if content.age_years is not None and not YOUNGEST <= content.age_years <= OLDEST:
        raise Refused("Åldern ska vara mellan {low} och {high} år.", low=YOUNGEST, high=OLDEST)


def _check_codes(content: ReportContent) -> None:
    """Raise Refused unless each coded fact is one of its table."""
    facts = (
        (content.kind, OFFENCES),
        (content.completion, COMPLETIONS),
        (content.mode, MODES),
        (content.place_type, PLACE_TYPES),
        (content.front, FRONTS),
        (content.sex, SEXES),
    )
    for code, words in facts:
        if code not in words:
            raise Refused("Koden ”{code}” finns inte i tabellen.", code=code)


def check_withdraw(*, state: str, why: str) -> None:
    """Raise Refused unless a report may be taken back, with why."""
    REPORT.check(state, "WITHDRAWN")
    if not why.strip():
        raise Refused("Skriv varför anmälan återkallas.")


def check_replace(*, is_same_visit: bool, is_standing: bool, why: str) -> None:
    """Raise Refused unless one record of a visit may take the place of another, with why."""
    if not is_same_visit:
        raise Refused("Bara två anteckningar om samma besök kan ersätta varandra.")
    if not is_standing:
        raise Refused("Anteckningen är redan ersatt av en annan.")
    if not why.strip():
        raise Refused("Skriv varför den ena anteckningen ersätter den andra.")


def offence_label(kind: str, words: dict[str, str], *, on: date) -> str:
    """Return the offence's name as the law had it on the day of the act."""
    return OLD_PURCHASE_LABEL if kind in PURCHASES and on < RENAMED_ON else words[kind]


def age_band(age_years: int) -> str:
    """Return the ten-year band that replaces an age when the operation is closed."""
    low = age_years // 10 * 10
    return f"{low}–{low + 9}"


def read_instant(text: str) -> datetime:
    """Return the instant that a phone wrote; raises ValueError unless it says its distance from UTC."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        message = f"An instant without its zone: {text!r}."
        raise ValueError(message)
    return instant


# What a phone may say of a check and of a report: each fact with its type. An unknown fact is an error, never dropped.
CHECK_FACTS: dict[str, type] = {
    "entry_basis": str,
    "outcome": str,
    "decision_no": str,
    "signs": list,
    "persons_met": int,
    "child_present": bool,
    "note": str,
}
REPORT_FACTS: dict[str, type] = {
    "kind": str,
    "completion": str,
    "place_type": str,
    "front": str,
    "case_no": str,
    "mode": str,
    "age_years": int,
    "sex": str,
    "buyer_informed": bool,
    "callback_consent": bool,
    "self_harm_asked": bool,
}


def read_check(body: Mapping[str, object]) -> CheckContent:
    """Return a check as a phone wrote it; raises TypeError for a fact that is unknown, missing or of another type."""
    facts = _typed(body, CHECK_FACTS)
    signs = facts.pop("signs", [])
    if any(not isinstance(sign, str) for sign in signs):
        message = "A sign is a text."
        raise TypeError(message)
    return CheckContent(**facts, signs=tuple(signs))


def read_report(body: Mapping[str, object]) -> ReportContent:
    """Return a report as a phone wrote it; raises TypeError for a fact that is unknown, missing or of another type."""
    return ReportContent(**_typed(body, REPORT_FACTS))


def _typed(body: Mapping[str, object], facts: Mapping[str, type]) -> dict[str, Any]:
    """Return the facts that are not null; raises TypeError for one that is unknown or of another type."""
    given = {name: value for name, value in body.items() if value is not None}
    for name, value in given.items():
        if type(value) is not facts.get(name):
            message = f"{name} is not a {facts.get(name)}."
            raise TypeError(message)
    return given


def check_envelope(sent: object) -> None:
    """Raise Refused unless something sent by a phone has an id, a kind and a body, so that it can be kept."""
    if not isinstance(sent, Mapping):
        raise Refused("Posten är ingen post: den ska ha id, kind och body.")
    try:
        UUID(str(sent.get("id")))
    except ValueError:
        raise Refused("Posten har inget id som går att läsa. Den sparades inte.") from None
    kind = sent.get("kind")
    if not isinstance(kind, str) or not 0 < len(kind) <= LONGEST_KIND:
        raise Refused("Posten säger inte vad den är (kind). Den sparades inte.")
    if not isinstance(sent.get("body"), Mapping):
        raise Refused("Posten har inget innehåll (body). Den sparades inte.")
