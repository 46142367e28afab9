"""What an analyst should look at twice: signs that the sources may belong together."""

from collections import defaultdict
from collections.abc import Hashable, Sequence

from nosvidere.engine.signs.scheme import Scheme
from nosvidere.engine.signs.sources import Item, informant_key
from nosvidere.engine.signs.wording import number_word

MANY_TIPS = 5
PAIR = 2

SAME_TEXT = "Samma text från olika uppgiftslämnare: räknas som ett håll."
UNASSESSED_PAIR = "Vilar på två uppgiftslämnare som ingen har bedömt: pröva om de hör ihop."
SAME_SIGNS = "De två uppgiftslämnarna anger precis samma tecken."
SAME_DAY = "Alla uppgifter gäller samma dygn."
UNKNOWN = "Flera tips från okända: det går inte att se om de kommer från olika personer."
MANY = "En uppgiftslämnare har lämnat {count} uppgifter: räknas som ett håll."
SAFEGUARDING = "Tecknet {code} ska också prövas som skyddsärende."


def flags_of(items: Sequence[Item], *, sources: int, scheme: Scheme) -> tuple[str, ...]:
    """Return warnings in Swedish about the live evidence for a place; none of them changes the weight."""
    live = [item for item in items if item.value > 0]
    return (
        *([SAME_TEXT] if _shares_text(live) else []),
        *_pair_flags(live, sources),
        *([UNKNOWN] if _unknown_items(live) >= PAIR else []),
        *_busy_flags(live),
        *_safeguarding_flags(live, scheme),
    )


def _shares_text(live: Sequence[Item]) -> bool:
    writers = defaultdict(set)
    for item in live:
        writers[item.evidence.same_text].add(informant_key(item.evidence))
    return any(len(keys) > 1 for label, keys in writers.items() if label)


def _pair_flags(live: Sequence[Item], sources: int) -> list[str]:
    groups = list(_by_informant(live).values())
    is_assessed = any(item.evidence.source_grade in {"A", "B"} for item in live)
    is_pair, are_many = len(groups) == PAIR, len(groups) >= PAIR
    lines = [
        (sources == PAIR and not is_assessed, UNASSESSED_PAIR),
        (is_pair and len({_signs(group) for group in groups}) == 1, SAME_SIGNS),
        (are_many and len({item.evidence.observed_on for item in live}) == 1, SAME_DAY),
    ]
    return [text for applies, text in lines if applies]


def _by_informant(live: Sequence[Item]) -> dict[Hashable, list[Item]]:
    informants: dict[Hashable, list[Item]] = defaultdict(list)
    for item in live:
        informants[informant_key(item.evidence)].append(item)
    return informants


def _signs(items: Sequence[Item]) -> frozenset[str]:
    return frozenset(item.evidence.sign for item in items)


def _unknown_items(live: Sequence[Item]) -> int:
    return len({item.evidence.source_item for item in live if not item.evidence.informant})


def _busy_flags(live: Sequence[Item]) -> list[str]:
    counts = [
        len({item.evidence.source_item for item in group})
        for group in _by_informant(live).values()
    ]
    busy = sorted((n for n in counts if n >= MANY_TIPS), reverse=True)
    return [MANY.format(count=number_word(n)) for n in busy]


def _safeguarding_flags(live: Sequence[Item], scheme: Scheme) -> list[str]:
    codes = sorted(
        {it.evidence.sign for it in live if scheme.signs[it.evidence.sign].also_safeguarding}
    )
    return [SAFEGUARDING.format(code=code) for code in codes]
