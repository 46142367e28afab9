"""What a published figure must pass. Source: the workflows, 4.6, disclosure control."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from nosvidere.kernel.refused import Refused

PUBLISH_DELAY_DAYS = 7
SMALL = 5


# Figures that count a part of what another counts: a small rest points out as much as a small part.
PART_OF = {
    "help_accepted": "help_offered",
    "reported_men": "reported",
    "attempts": "reported",
    "buyers_informed": "reported",
}


def check_publish(*, last_shift_on: date | None, on: date) -> None:
    """Raise Refused unless figures of the operation may be published today."""
    if last_shift_on is None:
        raise Refused("Insatsen har inget genomfört pass att berätta om.")
    first = last_shift_on + timedelta(days=PUBLISH_DELAY_DAYS)
    if on < first:
        raise Refused(
            "Vänta till {day}: uppgifter publiceras tidigast {n} dagar efter sista passet.",
            day=first,
            n=PUBLISH_DELAY_DAYS,
        )


WHYS = {
    "under": "{n} är under {of}.",
    "rest": "{n} återstår av {of}.",
    "change": "{n} skiljer från {of} som redan är publicerat.",
}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a count could point somebody out: a sentence with its two numbers."""

    template: str
    n: int
    of: int

    def __str__(self) -> str:
        """Return the sentence in Swedish."""
        return self.template.format(n=self.n, of=self.of)


def pointing_out(counts: Mapping[str, int], *, earlier: Mapping[str, int]) -> dict[str, Why]:
    """Return {figure: why it could point somebody out} for counts of people that are shown only by decision.

    A count is small itself, leaves a small rest of the whole that it is a part of, or differs by little from
    what was published earlier; zero counts as small only where it is the figure itself.
    """
    reasons = {key: _why(key, n, counts, earlier) for key, n in counts.items()}
    return {key: reason for key, reason in reasons.items() if reason is not None}


def _why(key: str, n: int, counts: Mapping[str, int], earlier: Mapping[str, int]) -> Why | None:
    if n < SMALL:
        return Why(WHYS["under"], n, SMALL)
    whole = counts.get(PART_OF.get(key, ""), n)
    if 0 < whole - n < SMALL:
        return Why(WHYS["rest"], whole - n, whole)
    before = earlier.get(key, n)
    if 0 < abs(n - before) < SMALL:
        return Why(WHYS["change"], abs(n - before), before)
    return None
