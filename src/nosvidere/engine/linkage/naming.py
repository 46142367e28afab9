"""Names that a group keeps from one grouping to the next, and what merged or was split between them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Change:
    """Groups that became one, or one that became several."""

    kind: str
    """"merged" or "split"."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    ads: int


def named_as_before(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Change, ...]]:
    """Return the name of each ad's group now, and what merged or was split.

    `before` gives the name of the group an ad stood in ("" for none), `after` the group it stands in now.
    The name goes to where most of the ads went; a group without such a name takes its own.
    """
    shared = Counter((before.get(ad, ""), group) for ad, group in after.items())
    names: dict[str, str] = {}
    taken: set[str] = set()
    for (old, group), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if old and old not in taken and group not in names:
            names[group] = old
            taken.add(old)
    taken |= set(before.values())
    for group in sorted(set(after.values()) - set(names)):
        names[group] = _free(group, taken)
        taken.add(names[group])
    now = {ad: names[group] for ad, group in after.items()}
    return now, _changes(before, now)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "x"
    return name


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Change, ...]:
    size = Counter(before.values())
    into: dict[str, set[str]] = defaultdict(set)
    out_of: dict[str, set[str]] = defaultdict(set)
    for ad, name in now.items():
        old = before.get(ad, "")
        if old:
            into[name].add(old)
            out_of[old].add(name)
    ads = Counter(now.values())
    merged = [
        Change("merged", tuple(sorted(olds)), (name,), ads[name])
        for name, olds in sorted(into.items())
        if len(olds) >= _SEVERAL and max(size[old] for old in olds) >= _SEVERAL
    ]
    split = [
        Change("split", (old,), tuple(sorted(names)), size[old])
        for old, names in sorted(out_of.items())
        if len(names) >= _SEVERAL
    ]
    return (*merged, *split)
