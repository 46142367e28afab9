"""Single numbers fit to publish: too small ones are held back, places are rounded."""

from collections.abc import Sequence
from dataclasses import dataclass

THRESHOLD = 5  # product default, domain/workflows 4.6: n < 5 is held back
IDENTIFYING = "Spannet bygger på få personer och kan peka ut: pröva om det behövs."


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """A number as it may be shown; `value` is None when it is held back."""

    value: int | None
    shown: str
    decision: str = ""

    @property
    def is_suppressed(self) -> bool:
        """Whether the number is held back."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class PublishedRange:
    """The least and the greatest of some numbers as they may be shown, with a caution."""

    low: int | None
    high: int | None
    shown: str
    caution: str = ""

    @property
    def is_suppressed(self) -> bool:
        """Whether the range is held back."""
        return self.low is None


def publish_count(n: int, *, threshold: int = THRESHOLD, decision: str = "") -> PublishedCount:
    """Return the count, held back when it is under the threshold and nobody has decided to show it.

    `decision` is the reason of the press officer. A zero is held back too: that nobody did something says
    something of each one. Raise ValueError for a negative count.
    """
    _check_count(n)
    if n >= threshold:
        return PublishedCount(n, str(n))
    if decision.strip():
        return PublishedCount(n, str(n), decision.strip())
    return PublishedCount(None, f"färre än {threshold}")


def publish_range(values: Sequence[int], *, threshold: int = THRESHOLD) -> PublishedRange:
    """Return the least and the greatest value, held back when there are fewer values than the threshold."""
    if len(values) < threshold:
        return PublishedRange(None, None, "visas inte")
    low, high = min(values), max(values)
    return PublishedRange(low, high, f"{low}–{high}", IDENTIFYING)


def round_to(n: int, base: int = 5) -> int:
    """Return the count rounded to the nearest multiple of the base, halves upwards."""
    _check_count(n)
    return (2 * n + base) // (2 * base) * base


def _check_count(n: int) -> None:
    if n < 0:
        msg = f"a count is 0 or more, not {n}"
        raise ValueError(msg)
