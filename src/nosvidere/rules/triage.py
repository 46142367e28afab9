"""What may happen to a tip before it is linked. Source: the workflows, 4.1."""

import re
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
    "withdrawn": "den som tipsade har tagit tillbaka tipset",
}
LONGEST_QUESTION = 1000
LONGEST_TEXT = 5000
# An anonymous letter may say how it was written, never that it comes from a patrol or a lawful import.
LETTER_CHANNELS = ("web", "landlord")
# The two-way box never asks who somebody is. Source: the workflows, 4.1, QUESTION_ASKED.
WHERE_QUESTION = (
    "Vi är inte säkra på vilken adress du menar. Kan du skriva gatan, husnumret och orten? "
    "Skriv inget om vem du är."
)
"""What is asked when no registered address fits; the same for all, so that it says nothing of the case."""

IDENTITY = re.compile(
    r"\bvem är du\b|\bvad heter du\b|\bditt (?:riktiga |fullständiga )?(?:för|efter)?namn\b"
    r"|\bpersonnummer\b|\b(?:ditt|dina) (?:mobil|tele(?:fon)?)?nummer\b|\btelefonnummer\b"
    r"|\bdin (?:e-?post|mejl|adress)|\bvar bor du\b",
    re.IGNORECASE,
)


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


def check_told(*, text: str, place_text: str) -> None:
    """Raise Refused unless what somebody told says something and is not longer than a letter may be."""
    if not (text.strip() or place_text.strip()):
        raise Refused("Tipset har varken text eller plats.")
    if len(text) > LONGEST_TEXT:
        raise Refused("Texten är för lång: högst {n} tecken.", n=LONGEST_TEXT)


def check_discard(*, state: str, reason: str, was_opened: bool) -> None:
    """Raise Refused unless a tip in this state may be set aside for this reason; nothing is set aside unread."""
    TIP.check(state, "DISCARDED")
    if not was_opened:
        raise Refused("Läs tipset innan du skriver av det.")
    if reason not in DISCARD_REASONS:
        raise Refused("Välj varför tipset skrivs av.")


def check_ask(*, state: str, question: str, has_mailbox: bool) -> None:
    """Raise Refused unless this question may be put to the sender."""
    TIP.check(state, "QUESTION_ASKED")
    if not has_mailbox:
        raise Refused("Tipset kom inte genom brevlådan, så det går inte att ställa en fråga.")
    if not question.strip():
        raise Refused("Skriv en fråga.")
    if len(question) > LONGEST_QUESTION:
        raise Refused("Frågan är för lång: högst {n} tecken.", n=LONGEST_QUESTION)
    if IDENTITY.search(question):
        raise Refused(
            "Fråga om det som hänt, inte om vem den som tipsar är. Då kan den vara anonym."
        )


def check_has_sender(*, kind: str) -> None:
    """Raise Refused unless an item of this kind has somebody to ask."""
    if kind != "tip":
        raise Refused("Bara den som tipsat kan få en fråga. Den här uppgiften är inget tips.")


def check_forward(*, state: str, is_emergency: bool) -> None:
    """Raise Refused unless a tip may be sent to the command centre."""
    TIP.check(state, "EMERGENCY_FORWARDED")
    if not is_emergency:
        raise Refused("Tipset är inte markerat som bråttom.")


def check_give_code(*, has_mailbox: bool) -> None:
    """Raise Refused when the sender of a tip has a code already: a second would lead nowhere."""
    if has_mailbox:
        raise Refused("Den som tipsade har redan en kod.")


def check_same_sender(*, tips: int) -> None:
    """Raise Refused unless there is a tip to say something about."""
    if not tips:
        raise Refused("Välj minst ett tips.")
