"""What the pages on help show: counts, and the words of a consent."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from nosvidere.operations.models import Shift
from nosvidere.rules.flows import HELP
from nosvidere.support.models import AUDIENCES, HelpOffer
from nosvidere.ui.components import Step
from nosvidere.ui.templatetags.ui import clock
from nosvidere.ui.words import translated


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many offers to one kind of person, by answer."""

    audience: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An offer that has no answer yet."""

    said: str
    href: str


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift on which help can be noted."""

    said: str
    href: str


def on_site() -> list[Step]:
    """Return what is done on site, in its order: help before questions."""
    return [
        Step(_("Se till att personen är trygg.")),
        Step(_("Fråga om tolk behövs.")),
        Step(_("Erbjud hjälp. Den kräver ingenting tillbaka.")),
        Step(_("Först därefter frågor. Aldrig framför köparen.")),
    ]


def headings() -> list[str]:
    """Return the answers' words in the flow's order."""
    return [translated(word.capitalize()) for word in HELP.words.values()]


def count_rows(counts: dict[str, dict[str, int]]) -> list[CountRow]:
    """Return a row for each kind of person that was offered help."""
    return [
        CountRow(
            translated(AUDIENCES[audience].capitalize()),
            tuple(by_state.values()),
            sum(by_state.values()),
        )
        for audience, by_state in counts.items()
    ]


def waiting_row(offer: HelpOffer) -> WaitingRow:
    """Return an offer without an answer, told by when and to whom."""
    said = _("{when}: {audience}, {state}").format(
        when=clock(offer.offered_at),
        audience=translated(AUDIENCES[offer.audience]),
        state=translated(HELP.words[offer.state]),
    )
    return WaitingRow(said, reverse("support:answer", args=[offer.pk]))


def shift_row(shift: Shift) -> ShiftRow:
    """Return a shift as a way to note an offer on it."""
    return ShiftRow(str(shift), reverse("support:offer", args=[shift.pk]))
