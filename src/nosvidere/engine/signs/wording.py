"""The weighing in plain Swedish: what counts and how much, what does not and why, and what is missing."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from nosvidere.engine.signs.scheme import Scheme
from nosvidere.engine.signs.sources import Item

NUMBERS = (
    "inga",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
)
TOO_FEW_FAMILIES = "Tecken av ett slag till: hittills bara {family}."
NO_SIGNS = "Tecken som väger."
ANOTHER_SOURCE = "En uppgift från ett oberoende håll till."
NO_OWN = "En egen iakttagelse."
OUTWEIGHED = "Mer som talar för än emot."
BLOCKED = "Spärrad till och med {until}: det finns en bekräftad oskyldig förklaring."
ONCE = "samma uppgiftslämnare eller samma text är redan räknad"


def number_word(n: int) -> str:
    """Return a small number as a Swedish word, a large one in digits."""
    return NUMBERS[n] if n < len(NUMBERS) else str(n)


def decimal(value: float) -> str:
    """Return a number with at most two decimals and a Swedish comma."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def summary(items: Sequence[Item], sources: int) -> str:
    """Return one sentence: how many pieces, from how many independent sources, any own observation."""
    live = [item for item in items if item.value > 0]
    if not live:
        return "Inga uppgifter som väger."
    count = len({item.evidence.source_item for item in live})
    own = len({item.evidence.source_item for item in live if item.family == "V"})
    pieces = "En uppgift" if count == 1 else f"{number_word(count).capitalize()} uppgifter"
    return f"{pieces} från {_origin(sources)}, {_own(own)}."


def _origin(sources: int) -> str:
    if sources == 0:
        return "opålitligt håll"
    return "ett håll" if sources == 1 else f"{number_word(sources)} oberoende håll"


def _own(count: int) -> str:
    if count == 0:
        return "ingen egen iakttagelse"
    return f"{number_word(count)} {'egen iakttagelse' if count == 1 else 'egna iakttagelser'}"


def counted(item: Item, delta: float, scheme: Scheme) -> str:
    """Return the sentence of a piece of evidence that counts, with its arithmetic."""
    sign = scheme.signs[item.evidence.sign]
    capped = (
        "" if delta == item.value else f", räknas till {decimal(delta)}, {at_cap(item, scheme)}"
    )
    return f"{sign.sv}: {_product(item)}{capped}."


def _product(item: Item) -> str:
    factors = f"{decimal(item.points)} × {decimal(item.grade_factor)} × {decimal(item.age_factor)}"
    return f"{factors} = {decimal(item.value)} (poäng, uppgiftens grad {item.evidence.info_grade}, ålder)"


def at_cap(item: Item, scheme: Scheme) -> str:
    """Return that the family of the item weighs no more than its cap."""
    return f"taket för {scheme.families[item.family]} är {decimal(scheme.caps[item.family])}"


def uncounted(items: Sequence[Item], why: str, scheme: Scheme) -> str:
    """Return the sentence of evidence of one sign that does not count, and why."""
    sign = scheme.signs[items[0].evidence.sign]
    many = "" if len(items) == 1 else f" ({number_word(len(items))} uppgifter)"
    return f"{sign.sv}{many}: räknas inte, {why}."


def subtracted(item: Item, scheme: Scheme, *, is_moot: bool) -> str:
    """Return the sentence of evidence against."""
    sign = scheme.signs[item.evidence.sign]
    if is_moot:
        return f"{sign.sv}: väger inte, det finns mer än en uppgiftslämnare."
    if item.why_not:
        return f"{sign.sv}: räknas inte, {item.why_not}."
    return f"{sign.sv}: {_product(item)}."


def blocking(item: Item, scheme: Scheme) -> str:
    """Return the sentence of a confirmed innocent explanation."""
    sign = scheme.signs[item.evidence.sign]
    if item.why_not:
        return f"{sign.sv}: räknas inte, {item.why_not}."
    last = item.evidence.observed_on + timedelta(days=sign.blocks_days)
    return f"{sign.sv}: spärrar platsen till och med {last}."


def in_the_way(
    weight: float, blocked_until: date | None, *, families: Collection[str]
) -> tuple[str, ...]:
    """Return what stands against a check although there are signs."""
    if blocked_until is not None:
        return (BLOCKED.format(until=blocked_until - timedelta(days=1)),)
    return (OUTWEIGHED,) if families and weight <= 0 else ()


def missing(families: Collection[str], sources: int, *, scheme: Scheme) -> tuple[str, ...]:
    """Return what would have to be known, in Swedish, for the place to be well founded."""
    names = ", ".join(scheme.families[family] for family in sorted(families))
    has_few = 0 < len(families) < scheme.families_needed
    lines = [
        (not families, NO_SIGNS),
        (has_few, TOO_FEW_FAMILIES.format(family=names)),
        (sources < scheme.sources_needed, ANOTHER_SOURCE),
        ("V" not in families, NO_OWN),
    ]
    return tuple(text for applies, text in lines if applies)
