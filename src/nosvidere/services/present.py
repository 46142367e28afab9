"""What the services' pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from nosvidere.rules.flows import REFERRAL
from nosvidere.services.models import ReceivedReferral
from nosvidere.ui.components import Event, Figure
from nosvidere.ui.templatetags.ui import clock

WORDS = {
    "scope": {
        "call_me": lazy("vill bli uppringd"),
        "meet_now": lazy("vill träffa någon nu"),
        "written": lazy("vill ha skriftlig kontakt"),
    },
    "interpreter": {"yes": lazy("ja"), "no": lazy("nej")},
}
TRIED = "TRIED"


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral in the list."""

    number: str
    state: str
    shape: str
    due: str
    received: str
    href: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month and how many of its referrals stand in each state."""

    name: str
    figures: tuple[Figure, ...]


def referral_row(referral: ReceivedReferral, *, at: datetime) -> ReferralRow:
    """Return a referral as the list shows it; late and urgent ones say so in words."""
    return ReferralRow(
        number=number_of(referral),
        state=REFERRAL.words[referral.state],
        shape=_shape(referral, at),
        due=_due(referral, at),
        received=clock(referral.received_at),
        href=reverse("services:referral", args=[referral.pk]),
    )


def number_of(referral: ReceivedReferral) -> str:
    """Return what staff call a referral: the end of its reference, which is random."""
    return referral.reference[-8:].upper()


def _shape(referral: ReceivedReferral, at: datetime) -> str:
    if referral.closed_at:
        return "closed"
    if referral.state == "RECEIVED" and (referral.is_urgent or referral.due_at < at):
        return "time"
    return "working"


def _due(referral: ReceivedReferral, at: datetime) -> str:
    if referral.state != "RECEIVED":
        return "–"
    when = clock(referral.due_at)
    return _("{when}, för sent").format(when=when) if referral.due_at < at else when


def told_lines(told: dict[str, str]) -> list[tuple[str, str]]:
    """Return what the person wanted to say, line by line."""
    labels = (
        ("pseudonym", _("Beteckning")),
        ("scope", _("Önskan")),
        ("contact", _("Kontakt")),
        ("needs", _("Vill ha hjälp med")),
        ("interpreter", _("Tolk behövs")),
        ("consented_on", _("Samtycke gavs")),
        ("expires_on", _("Samtycket gäller till och med")),
    )
    return [(label, _word(key, told[key])) for key, label in labels if told.get(key)]


def _word(key: str, value: str) -> str:
    """Return a coded value in words, and what was written as it stands."""
    return str(WORDS.get(key, {}).get(value, value))


def events(steps: list[tuple[str, datetime, str, str]]) -> list[Event]:
    """Return the steps with their notes as a timeline; each is (state, when, by, note)."""
    return [
        Event(
            at=clock(at),
            title=_("Försök att nå personen")
            if state == TRIED
            else REFERRAL.words[state].capitalize(),
            text=note,
            by=by,
            moment=at.isoformat(),
        )
        for state, at, by, note in steps
    ]


def two_months(on: date) -> tuple[date, date]:
    """Return the first day of the month and of the one before."""
    first = on.replace(day=1)
    return first, (first - timedelta(days=1)).replace(day=1)


def month_shown(first: date, counts: Mapping[str, int]) -> Month:
    """Return a month with its counts, each under its state's word."""
    figures = tuple(Figure(REFERRAL.words[state], str(n)) for state, n in counts.items())
    return Month(f"{first:%Y-%m}", figures)
