"""What counts as right for each bar P1–P10, and how it is reported."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from place_queries import Query

from nosvidere.engine.places import AUTO_THRESHOLD, Mention, Resolver
from nosvidere.engine.places.model import STREET

BARS = {"P1": 0.98, "P2": 0.97, "P3": 0.97, "P4": 0.995, "P5": 0.995, "P9": 0.99, "P10": 0.95}
BLIND_BARS = {**BARS, "P1": 0.95, "P2": 0.92, "P3": 0.90, "P9": 0.95}
BINS = 10
CALIBRATION_BAR = 0.05


@dataclass(frozen=True, slots=True)
class Outcome:
    """One query answered."""

    query: Query
    mentions: Sequence[Mention]

    @property
    def ids(self) -> set[str]:
        """Return the houses that the answer points out."""
        return {mention.address_id for mention in self.mentions if mention.address_id}

    @property
    def is_right(self) -> bool:
        """Say whether the answer is what the bar asks for."""
        wanted = {truth.address_id for truth in self.query.truths if truth.address_id}
        if not wanted:
            return not self.ids and self.is_level_right
        best = max(self.mentions, key=lambda mention: mention.confidence, default=None)
        return best is not None and best.address_id in wanted

    @property
    def is_level_right(self) -> bool:
        """Say whether the level is right where the register has the number with other entrances than the text."""
        levels = {
            (t.street, t.level) for t in self.query.truths if t.level not in {"exact", STREET}
        }
        return levels <= {(mention.street, mention.level) for mention in self.mentions}

    @property
    def is_right_inside(self) -> bool:
        """Say whether house, apartment and floor are right."""
        truth = self.query.truths[0] if self.query.truths else None
        return truth is not None and any(
            (mention.address_id, mention.apartment, mention.floor)
            == (truth.address_id, truth.apartment, truth.floor)
            for mention in self.mentions
        )

    @property
    def is_street_level(self) -> bool:
        """Say whether the street is found and no house."""
        return not self.ids and any(
            mention.street == self.query.truths[0].street for mention in self.mentions
        )

    @property
    def is_confident_house(self) -> bool:
        """Say whether a house that is not meant is pointed out at the auto threshold."""
        wanted = {truth.address_id for truth in self.query.truths}
        return any(
            mention.address_id
            and mention.address_id not in wanted
            and mention.confidence >= AUTO_THRESHOLD
            for mention in self.mentions
        )


def say(text: str) -> None:
    """Write one line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def answered(resolver: Resolver, queries: Iterable[Query]) -> list[Outcome]:
    """Return the queries with their answers."""
    return [Outcome(query, resolver.resolve(query.text)) for query in queries]


def marks(name: str, outcome: Outcome) -> list[bool]:
    """Return what counts for the bar in one answer: each mention wanted for P3, else the answer as a whole."""
    if name == "P3":
        return [truth.address_id in outcome.ids for truth in outcome.query.truths]
    if name == "P5":
        return [outcome.is_street_level]
    return [outcome.is_right_inside if name == "P9" else outcome.is_right]


def figure(name: str, outcomes: Sequence[Outcome]) -> float:
    """Return the share that the bar is about."""
    return float(np.mean([mark for outcome in outcomes for mark in marks(name, outcome)]))


def report(
    name: str, outcomes: Sequence[Outcome], *, bars: Mapping[str, float] = BARS, show: int = 0
) -> None:
    """Write one bar, for P1 and P2 by kind of noise, the wrong houses, and some of what went wrong."""
    value, bar = figure(name, outcomes), bars[name]
    wrong_houses = sum(outcome.is_confident_house for outcome in outcomes)
    say(
        f"{name:<4}{value:.4f}  bar {bar}  {'ok' if value >= bar else 'BELOW'}  n={len(outcomes)}, "
        f"wrong house at the threshold: {wrong_houses}"
    )
    kinds: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.query.kind].extend(marks(name, outcome))
    if len(kinds) > 1:
        say("    " + "  ".join(f"{kind} {np.mean(right):.3f}" for kind, right in kinds.items()))
    wrong = [outcome for outcome in outcomes if figure(name, [outcome]) < 1]
    for outcome in wrong[:show]:
        say(f"    {told(outcome)}")


def told(outcome: Outcome) -> str:
    """Return what was asked, wanted and answered."""
    wanted = [
        (t.address_id, t.street, t.number + t.letter, t.apartment, t.floor)
        for t in outcome.query.truths
    ]
    said = [
        (m.address_id, m.street, m.number + m.letter, m.level, m.apartment, m.floor, m.confidence)
        for m in outcome.mentions
    ]
    return f"{outcome.query.kind}: {outcome.query.text!r} wanted {wanted} got {said}"


@dataclass(frozen=True, slots=True)
class Bin:
    """The houses pointed out at confidences from `low` to `high`: how sure on average, how often right, how many."""

    low: float
    high: float
    said: float
    was: float
    count: int


def bins_of(outcomes: Iterable[Outcome]) -> list[Bin]:
    """Return the calibration of the houses pointed out, in ten bins; an empty bin is left out."""
    pairs = [
        (mention.confidence, mention.address_id in {t.address_id for t in outcome.query.truths})
        for outcome in outcomes
        for mention in outcome.mentions
        if mention.address_id
    ]
    confidences = np.array([confidence for confidence, _ in pairs])
    right = np.array([is_right for _, is_right in pairs])
    nth = np.minimum((confidences * BINS).astype(int), BINS - 1)
    return [
        Bin(
            place / BINS,
            (place + 1) / BINS,
            float(confidences[nth == place].mean()),
            float(right[nth == place].mean()),
            int((nth == place).sum()),
        )
        for place in range(BINS)
        if (nth == place).any()
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error (Naeini et al. 2015): the mean gap, each bin by its count."""
    return sum(abs(b.said - b.was) * b.count for b in bins) / sum(b.count for b in bins)


def report_calibration(bins: Sequence[Bin]) -> None:
    """Write P7 with a line per bin."""
    error = calibration_error(bins)
    verdict = "ok" if error <= CALIBRATION_BAR else "ABOVE"
    say(f"P7  {error:.4f}  bar {CALIBRATION_BAR}  {verdict}  houses pointed out in all sets")
    for each in bins:
        say(
            f"    {each.low:.1f}–{each.high:.1f}: said {each.said:.3f}, was {each.was:.3f}, n={each.count}"
        )
