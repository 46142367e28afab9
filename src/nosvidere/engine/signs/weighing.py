"""Signs about a place → an explained weight: what speaks for, what speaks against, and what is missing."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nosvidere.engine.signs import wording
from nosvidere.engine.signs.evidence import Contribution, Evidence, Weighing
from nosvidere.engine.signs.flags import flags_of
from nosvidere.engine.signs.scheme import SCHEME, Scheme
from nosvidere.engine.signs.sources import Item, count_sources, counted_once
from nosvidere.engine.signs.worth import check_evidence, worth_of

LONE_DISPUTE = "V04"
DECIMALS = 9  # so that a blocked place weighs 0 and not the last bit of a sum


def weigh(evidence: Sequence[Evidence], *, on: date, scheme: Scheme = SCHEME) -> Weighing:
    """Return the weight of one place on a day, with every part of it.

    The place may be checked when it has two families and two independent sources. One strong sign alone
    gives `needs_decision`: an analyst must decide, with reasons. Raise ValueError for a sign that may never
    be weighed, an unknown sign or grade, and evidence from after the day.
    """
    check_evidence(evidence, on=on, scheme=scheme)
    items = worth_of(evidence, on=on, scheme=scheme)
    speaks_for = [it for it in items if not scheme.signs[it.evidence.sign].is_counter]
    sources = count_sources(speaks_for, unknown_is_distinct=scheme.unknown_is_distinct)
    contributions = _contributions(speaks_for, scheme)
    counter = _counter(items, contributions, sources=sources, scheme=scheme)
    families = frozenset(it.family for it in speaks_for if it.value > 0)
    standing = _Standing(
        weight=round(math.fsum(part.delta for part in (*contributions, *counter)), DECIMALS) + 0.0,
        is_backed=len(families) >= scheme.families_needed and sources >= scheme.sources_needed,
        is_strong=any(it.is_strong for it in speaks_for),
        blocked_until=_blocked_until(items, scheme),
    )
    return Weighing(
        weight=standing.weight,
        contributions=contributions,
        counter=counter,
        missing=(
            *wording.in_the_way(standing.weight, standing.blocked_until, families=families),
            *wording.missing(families, sources, scheme=scheme),
        ),
        families=families,
        sources=sources,
        is_eligible=standing.is_eligible,
        is_strong=standing.is_strong,
        needs_decision=standing.needs_decision,
        blocked_until=standing.blocked_until,
        flags=flags_of(speaks_for, sources=sources, scheme=scheme),
        scheme=scheme.version,
        summary=wording.summary(speaks_for, sources),
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """Whether the place may be checked, and by whose word."""

    weight: float
    is_backed: bool
    is_strong: bool
    blocked_until: date | None

    @property
    def is_eligible(self) -> bool:
        return self._is_open and self.is_backed

    @property
    def needs_decision(self) -> bool:
        return self._is_open and self.is_strong and not self.is_backed

    @property
    def _is_open(self) -> bool:
        return self.weight > 0 and self.blocked_until is None


def _contributions(items: Sequence[Item], scheme: Scheme) -> tuple[Contribution, ...]:
    by_family: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_family[item.family].append(item)
    parts = [part for family in sorted(by_family) for part in _family(by_family[family], scheme)]
    return tuple(sorted(parts, key=lambda part: (-part.delta, part.sign, part.evidence_ids)))


def _family(items: Sequence[Item], scheme: Scheme) -> list[Contribution]:
    """Return what a family adds, up to its cap, and each thing in it that does not count and why."""
    chosen = sorted(
        counted_once(items), key=lambda it: (-it.value, it.evidence.sign, it.evidence.id)
    )
    is_chosen = set(map(id, chosen))
    idle = [(item, item.why_not or wording.ONCE) for item in items if id(item) not in is_chosen]
    room = scheme.caps[items[0].family]
    counted = []
    for item in chosen:
        delta = min(item.value, room)
        room -= delta
        if delta > 0:
            counted.append(_part([item], delta, wording.counted(item, delta, scheme)))
        else:
            idle.append((item, wording.at_cap(item, scheme)))
    return counted + _idle(idle, scheme)


def _idle(idle: Sequence[tuple[Item, str]], scheme: Scheme) -> list[Contribution]:
    """Return one part of nothing per sign and reason, so that nothing vanishes unseen."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item, why in idle:
        groups[item.evidence.sign, why].append(item)
    return [
        _part(group, 0.0, wording.uncounted(group, why, scheme))
        for (_, why), group in groups.items()
    ]


def _part(items: Sequence[Item], delta: float, text: str) -> Contribution:
    first = items[0]
    return Contribution(
        sign=first.evidence.sign,
        evidence_ids=tuple(item.evidence.id for item in items),
        points=first.points,
        grade_factor=first.grade_factor,
        age_factor=first.age_factor,
        delta=delta,
        text=text,
    )


def _counter(
    items: Sequence[Item], contributions: Sequence[Contribution], *, sources: int, scheme: Scheme
) -> tuple[Contribution, ...]:
    """Return what speaks against: each source item once; a block takes away all that is left."""
    against = [it for it in items if scheme.signs[it.evidence.sign].is_counter]
    blocking = [it for it in against if scheme.signs[it.evidence.sign].blocks_days]
    subtracting = [it for it in against if not scheme.signs[it.evidence.sign].blocks_days]
    parts = _subtracted(subtracting, sources=sources, scheme=scheme)
    for item in blocking:
        left = math.fsum(part.delta for part in (*contributions, *parts))
        delta = 0.0 if item.why_not else -max(0.0, left)
        parts.append(_part([item], delta, wording.blocking(item, scheme)))
    return tuple(parts)


def _subtracted(items: Sequence[Item], *, sources: int, scheme: Scheme) -> list[Contribution]:
    by_origin: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        by_origin[item.evidence.sign, item.evidence.source_item].append(item)
    parts = []
    for (sign, _), group in by_origin.items():
        is_moot = sign == LONE_DISPUTE and sources >= scheme.sources_needed
        heaviest = min(group, key=lambda it: it.value)
        delta = 0.0 if is_moot else heaviest.value
        same = [heaviest, *(it for it in group if it is not heaviest)]
        parts.append(_part(same, delta, wording.subtracted(heaviest, scheme, is_moot=is_moot)))
    return parts


def _blocked_until(items: Sequence[Item], scheme: Scheme) -> date | None:
    """Return the first day on which no confirmed innocent explanation stands in the way."""
    ends = [
        item.evidence.observed_on + timedelta(days=blocks + 1)
        for item in items
        if (blocks := scheme.signs[item.evidence.sign].blocks_days) and not item.why_not
    ]
    return max(ends, default=None)
