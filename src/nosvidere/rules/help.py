"""When help may be offered and passed on: by consent alone, never as a condition. Source: the workflows, 4.4."""

import hashlib
from datetime import date, datetime, timedelta

from nosvidere.kernel.refused import Refused
from nosvidere.rules.flows import HELP

CONSENT_DAYS = 180
CONSENT_VERSION = "2020-1"
CONSENT_TEXT = (
    "Jag vill att socialtjänsten kontaktar mig. Polisen lämnar över det jag själv skriver här och inget annat. "
    "Det lämnas förseglat: polisen kan inte läsa det efteråt, och får bara veta att det har kommit fram. "
    "Jag kan när som helst ta tillbaka mitt samtycke. Att säga nej påverkar ingenting annat."
)
RESPONSE_HOURS = {"meet_now": 8, "call_me": 24, "written": 24}
LONGEST_CONTACT = 400  # as the letter between the parties takes it


def consent_hash() -> str:
    """Return the SHA-256 hex digest of the text that a person agrees to."""
    return hashlib.sha256(CONSENT_TEXT.encode()).hexdigest()


def check_answer(*, state: str, answer: str) -> None:
    """Raise Refused unless an offer in this state may be given this answer."""
    HELP.check(state, answer)
    if answer not in {"DECLINED", "INFO_ONLY", "CONSENTED"}:
        raise Refused(
            "Välj om personen tackade nej, ville ha information eller ville bli kontaktad."
        )


def check_refer(
    *, state: str, is_withdrawn: bool, expires_on: date, on: date, contact: str
) -> None:
    """Raise Refused unless a referral may be sent on this consent today."""
    if is_withdrawn:
        raise Refused("Samtycket är återtaget. Inget lämnas vidare.")
    if on > expires_on:
        raise Refused("Samtycket har gått ut. Fråga personen igen.")
    HELP.check(state, "REFERRED")
    if not contact.strip():
        raise Refused("Skriv hur personen vill bli kontaktad.")
    if len(contact) > LONGEST_CONTACT:
        raise Refused("Texten är för lång: högst {n} tecken.", n=LONGEST_CONTACT)


def referral_due(at: datetime, scope: str) -> datetime:
    """Return when the services should have taken the referral."""
    return at + timedelta(hours=RESPONSE_HOURS[scope])


def consent_ends(on: date) -> date:
    """Return the last day of a consent given on a day."""
    return on + timedelta(days=CONSENT_DAYS)
