"""What a check at a place must hold, and what a report may say. Source: the workflows, 4.1 and 4.5; law 1.1 and 1.2."""

from collections.abc import Sequence
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


def check_record(
    *, is_on_team: bool, entry_basis: str, decision_no: str, outcome: str, note: str
) -> None:
    """Raise Refused unless a member of the team may record this check."""
    if not is_on_team:
        raise Refused("Bara den som är med i laget antecknar lagets kontroller.")
    if entry_basis == "search_decision" and not decision_no.strip():
        raise Refused("Skriv beslutets nummer för husrannsakan.")
    if outcome == "confirmed" and entry_basis == "":
        raise Refused("Välj på vilken grund ni gick in, eller att ni bara såg platsen utifrån.")
    if len(note) > LONGEST_NOTE:
        raise Refused("Anteckningen är för lång: högst {n} tecken.", n=LONGEST_NOTE)


def signs_of_check(*, outcome: str, observed: Sequence[str]) -> list[str]:
    """Return the signs that a check states on its place: its outcome's own and those observed, each once."""
    own = [SIGN_OF_OUTCOME[outcome]] if outcome in SIGN_OF_OUTCOME else []
    return list(dict.fromkeys([*own, *observed]))


def suggested_finding(outcome: str) -> str:
    """Return the finding that an outcome points to; a person decides on it at the debriefing."""
    return FINDING_OF_OUTCOME[outcome]


def check_report(
    *, is_on_team: bool, age_years: int | None, case_no: str, is_case_known: bool
) -> None:
    """Raise Refused unless a member of the team may register this report."""
    if not is_on_team:
        raise Refused("Bara den som är med i laget registrerar lagets anmälningar.")
    if not case_no.strip():
        raise Refused("Skriv ärendets nummer. Namn och personnummer hör inte hemma här.")
    if is_case_known:
        raise Refused("Ärendet {no} är redan registrerat.", no=case_no)
    if age_years is not None and not YOUNGEST <= age_years <= OLDEST:
        raise Refused("Åldern ska vara mellan {low} och {high} år.", low=YOUNGEST, high=OLDEST)


def offence_label(kind: str, words: dict[str, str], *, on: date) -> str:
    """Return the offence's name as the law had it on the day of the act."""
    return OLD_PURCHASE_LABEL if kind in PURCHASES and on < RENAMED_ON else words[kind]


def age_band(age_years: int) -> str:
    """Return the ten-year band that replaces an age when the operation is closed."""
    low = age_years // 10 * 10
    return f"{low}–{low + 9}"
