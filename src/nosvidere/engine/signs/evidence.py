"""What goes into the weighing of a place and what comes out of it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign, said by one informant in one source item about one place.

    `informant` is an opaque key of a person or organisation that somebody has found to be distinct: a caller,
    a landlord, an officer, an organiser group of ads; "" means unknown. `days` is how many different days the
    source item itself tells of. Signs about ads (A) come from matched ads alone, never from what a tip claims:
    a tip without a name counts beside an ad. `same_text` is the label of near-identical texts, "" for a text of its own.
    """

    id: str
    sign: str
    observed_on: date
    informant: str
    source_item: str
    info_grade: str = "4"
    source_grade: str = "X"
    same_text: str = ""
    days: int = 1


@dataclass(frozen=True, slots=True)
class Contribution:
    """What some evidence adds to, or takes from, the weight; `delta` is 0 when it does not count."""

    sign: str
    evidence_ids: tuple[str, ...]
    points: float
    grade_factor: float
    age_factor: float
    delta: float
    text: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weight of a place with all its parts; never evidence against a person."""

    weight: float
    contributions: tuple[Contribution, ...]
    counter: tuple[Contribution, ...]
    missing: tuple[str, ...]
    families: frozenset[str]
    sources: int
    is_eligible: bool
    is_strong: bool
    needs_decision: bool
    blocked_until: date | None
    flags: tuple[str, ...]
    scheme: str
    summary: str

    def reasons(self) -> list[str]:
        """Return the summary sentence and then each counted contribution, heaviest first."""
        counted = [part.text for part in self.contributions if part.delta > 0]
        return [self.summary, *counted]
