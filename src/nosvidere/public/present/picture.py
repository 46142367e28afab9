"""The published picture in plain sentences, and each figure with what it counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# Small numbers are written as words in running text.
IN_WORDS = (
    gettext_lazy("noll"),
    gettext_lazy("ett"),
    gettext_lazy("två"),
    gettext_lazy("tre"),
    gettext_lazy("fyra"),
    gettext_lazy("fem"),
    gettext_lazy("sex"),
    gettext_lazy("sju"),
    gettext_lazy("åtta"),
    gettext_lazy("nio"),
    gettext_lazy("tio"),
    gettext_lazy("elva"),
    gettext_lazy("tolv"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is called, its value as published, and what it counts."""

    label: str
    value: str
    definition: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What the police have published of an operation."""

    title: str
    lead_unit: str
    from_on: str
    until_on: str
    sentences: tuple[str, ...]
    rows: tuple[Row, ...]


def picture_of(content: Mapping[str, Any] | None) -> Picture | None:
    """Return the published content as a page shows it; nothing for nothing."""
    if content is None:
        return None
    rows = tuple(
        Row(_(figure["label"]), _(str(figure["value"])), _(figure["definition"]))
        for figure in content["figures"]
    )
    counts = {figure["key"]: str(figure["value"]) for figure in content["figures"]}
    return Picture(
        title=content["title"],
        lead_unit=content["lead_unit"],
        from_on=content["from_on"],
        until_on=content["until_on"],
        sentences=sentences_of(counts),
        rows=rows,
    )


def sentences_of(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the figures say, a sentence each; a figure that is held back or missing has no sentence."""
    counts = {key: int(value) for key, value in values.items() if value.isdecimal()}
    told = (sentence(counts) for sentence in SENTENCES)
    return tuple(text for text in told if text)


def _counted(n: int) -> str:
    return str(IN_WORDS[n]) if n < len(IN_WORDS) else str(n)


def _said(text: str, **counts: int) -> str:
    filled = text % {name: _counted(n) for name, n in counts.items()}
    return filled[:1].upper() + filled[1:]


def _addresses(counts: Mapping[str, int]) -> str:
    n = counts.get("addresses_checked", 0)
    if not n:
        return ""
    first = ngettext("En adress kontrollerades.", "%(n)s adresser kontrollerades.", n)
    known = counts.get("from_ads_or_tips")
    if known is None:
        return _said(first, n=n)
    if known == n:
        return f"{_said(first, n=n)} {_('Alla blev kända genom annonser eller tips.')}"
    rest = ngettext(
        "En av dem blev känd genom annonser eller tips.",
        "%(n)s av dem blev kända genom annonser eller tips.",
        known,
    )
    return f"{_said(first, n=n)} {_said(rest, n=known)}"


def _evenings(counts: Mapping[str, int]) -> str:
    n, areas = counts.get("evening_shifts", 0), counts.get("police_areas", 0)
    if not (n and areas):
        return ""
    text = ngettext(
        "Arbetet gjordes under ett kvällspass.", "Arbetet gjordes under %(n)s kvällspass.", n
    )
    lent = ngettext(
        "Polis från ett polisområde var med.",
        "Polis från %(areas)s polisområden var med.",
        areas,
    )
    return f"{_said(text, n=n)} {_said(lent, areas=areas)}"


def _reports(counts: Mapping[str, int]) -> str:
    n, men = counts.get("reported", 0), counts.get("reported_men")
    if not n:
        return ""
    parts = [_who(n, all_men=men == n, ages=_ages(counts))]
    if attempts := counts.get("attempts", 0):
        text = ngettext("En av dem gäller försök.", "%(n)s av dem gäller försök.", attempts)
        parts.append(_said(text, n=attempts))
    return " ".join(parts)


def _who(n: int, *, all_men: bool, ages: str) -> str:
    one = _("En person%(ages)s anmäldes för köp av sex.")
    many = _("%(n)s personer%(ages)s anmäldes för köp av sex.")
    if all_men:
        one = _("En man%(ages)s anmäldes för köp av sex.")
        many = _("%(n)s män%(ages)s anmäldes för köp av sex.")
    filled = (one if n == 1 else many) % {"n": _counted(n), "ages": ages}
    return filled[:1].upper() + filled[1:]


def _ages(counts: Mapping[str, int]) -> str:
    first, last = counts.get("youngest", 0), counts.get("oldest", 0)
    if not (first and last):
        return ""
    return _(" mellan %(first)s och %(last)s år") % {"first": first, "last": last}


def _help(counts: Mapping[str, int]) -> str:
    n, yes = counts.get("help_offered"), counts.get("help_accepted")
    if not n:
        return ""
    text = ngettext("Hjälp erbjöds en gång.", "Hjälp erbjöds %(n)s gånger.", n)
    if yes is None:
        return _said(text, n=n)
    taken = ngettext("En gång blev svaret ja.", "%(n)s gånger blev svaret ja.", yes)
    return f"{_said(text, n=n)} {_said(taken, n=yes)}"


def _landlords(counts: Mapping[str, int]) -> str:
    n = counts.get("landlords_told", 0)
    if not n:
        return ""
    text = ngettext("En hyresvärd fick veta.", "%(n)s hyresvärdar fick veta.", n)
    return _said(text, n=n)


SENTENCES: tuple[Callable[[Mapping[str, int]], str], ...] = (
    _addresses,
    _evenings,
    _help,
    _reports,
    _landlords,
)
