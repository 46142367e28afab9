"""What a check at a place must hold, and what a report may say. Source: the workflows, 4.1 and 4.5; law 1.1 and 1.2."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nosvidere.kernel.refused import Refused
from nosvidere.rules.evidence import INNOCENT_EXPLANATION, NOTHING_FOUND, OWN_OBSERVATION

# The offence was renamed on 2025-07-01 (SFS 2025:586): köp av sexuell tjänst became köp av sexuell handling.
RENAMED_ON = date(2025, 7, 1)
OLD_PURCHASE_LABEL = "köp av sexuell tjänst"
YOUNGEST, OLDEST = 15, 110
LONGEST_NOTE = 1000
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
    if content.entry_basis not in ENTRY_BASES:
        raise Refused("Välj på vilken grund ni gick in, eller att ni bara såg platsen utifrån.")
    if content.outcome not in OUTCOMES:
        raise Refused("Välj vad kontrollen visade.")
    if content.entry_basis == "search_decision" and not content.decision_no.strip():
        raise Refused("Skriv beslutets nummer för husrannsakan.")
    if content.persons_met < 0:
        raise Refused("Antalet personer kan inte vara mindre än noll.")
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
    if is_case_known:
        raise Refused("Ärendet {no} är redan registrerat.", no=content.case_no)
    if content.age_years is not None and not YOUNGEST <= content.age_years <= OLDEST:
        raise Refused("Åldern ska vara mellan {low} och {high} år.", low=YOUNGEST, high=OLDEST)


def offence_label(kind: str, words: dict[str, str], *, on: date) -> str:
    """Return the offence's name as the law had it on the day of the act."""
    return OLD_PURCHASE_LABEL if kind in PURCHASES and on < RENAMED_ON else words[kind]


def age_band(age_years: int) -> str:
    """Return the ten-year band that replaces an age when the operation is closed."""
    low = age_years // 10 * 10
    return f"{low}–{low + 9}"
