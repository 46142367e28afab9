"""What may happen to a tip before it is linked. Source: the workflows, 4.1."""

from dataclasses import dataclass

from nosvidere.kernel.refused import Refused
from nosvidere.rules.flows import TIP

SOURCE_GRADES = ("A", "B", "C", "X")
INFO_GRADES = ("1", "2", "3", "4")
BASES = ("FACT", "HEARSAY", "ASSESSMENT")
DISCARD_REASONS = {
    "not_ours": "rör inte vårt uppdrag",
    "no_place": "ingen plats går att utläsa",
    "describes_people": "beskriver bara vilka människor är",
    "nothing_seen": "ingen iakttagelse",
    "malicious": "misstänkt illvilligt",
    "spam": "skräp",
}
LONGEST_QUESTION = 1000


@dataclass(frozen=True, slots=True)
class Grading:
    """What a source handler decides about a tip: source and content apart, what was told, and the text others may read."""

    source_grade: str
    info_grade: str
    basis: str
    signs: tuple[str, ...]
    sanitised_text: str
    is_dispute: bool = False


def check_grade(grading: Grading, *, state: str, was_opened: bool) -> None:
    """Raise Refused unless a tip in this state may be graded so."""
    if state != "TRIAGED":  # a new grading of a graded tip is allowed until it is linked
        TIP.check(state, "TRIAGED")
    if not was_opened:
        raise Refused("Läs tipset innan du bedömer det.")
    if grading.source_grade not in SOURCE_GRADES or grading.info_grade not in INFO_GRADES:
        raise Refused("Bedöm både källan (A, B, C eller X) och innehållet (1–4).")
    if grading.basis not in BASES:
        raise Refused("Välj om det är en iakttagelse, hörsägen eller en bedömning.")


def check_discard(*, state: str, reason: str) -> None:
    """Raise Refused unless a tip in this state may be set aside for this reason."""
    TIP.check(state, "DISCARDED")
    if reason not in DISCARD_REASONS:
        raise Refused("Välj varför tipset skrivs av.")


def check_ask(*, state: str, question: str) -> None:
    """Raise Refused unless this question may be put to the sender."""
    TIP.check(state, "QUESTION_ASKED")
    if not question.strip():
        raise Refused("Skriv en fråga.")
    if len(question) > LONGEST_QUESTION:
        raise Refused("Frågan är för lång: högst {n} tecken.", n=LONGEST_QUESTION)


def check_forward(*, state: str, is_emergency: bool) -> None:
    """Raise Refused unless a tip may be sent to the command centre."""
    TIP.check(state, "EMERGENCY_FORWARDED")
    if not is_emergency:
        raise Refused("Tipset är inte markerat som bråttom.")
