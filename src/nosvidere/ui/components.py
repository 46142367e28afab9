"""The shapes that components take: what a page hands to a template, frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

NoticeKind = Literal["note", "time", "danger"]
StepState = Literal["done", "current", "coming"]
StatusKind = Literal["empty", "loading", "failed", "not_allowed"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """A way to a part of the site, with how many things wait there (None: not counted)."""

    label: str
    href: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know: a note, time running out, or danger to people."""

    text: str
    kind: NoticeKind = "note"
    title: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame around a page inside: whose site, who is signed in, where one can go, what the clock shows."""

    site: str
    account: str
    role: str
    sections: tuple[NavItem, ...] = ()
    notices: tuple[Notice, ...] = ()
    clock_note: str = ""
    home_href: str = "/"


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to this page; the last one has no href."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """A language one can switch to, named in itself."""

    code: str
    name: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One alternative of a choice that is not a Django form field."""

    value: str
    label: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ErrorItem:
    """What to do about one error, and the field it is about."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name and, if it needs one, a note."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One piece of evidence: what, from where, how sure, when, until when; an entry that has passed no longer counts."""

    what: str
    source: str
    certainty: str
    on: str
    until: str = ""
    points: str = ""
    href: str = ""
    has_passed: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """What speaks for and what speaks against, in equal weight, and what nobody knows yet."""

    supporting: tuple[LedgerEntry, ...]
    opposing: tuple[LedgerEntry, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a timeline; `at` is the text shown, `moment` its machine-readable form."""

    at: str
    title: str
    text: str = ""
    by: str = ""
    href: str = ""
    moment: str = ""
    is_coming: bool = False


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place as a thing of its own: where, in what state, the numbers, the next step."""

    title: str
    district: str
    href: str
    state: str = ""
    state_shape: Literal["", "working", "done", "closed", "time", "danger"] = ""
    summary: str = ""
    figures: tuple[Figure, ...] = ()
    next_label: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class MapRow:
    """One place on the map and in its table; cells follow the headings. A place without coordinates is in the table only."""

    label: str
    cells: tuple[str, ...]
    href: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def lat_text(self) -> str:
        """Return the latitude with a point, whatever the language."""
        return "" if self.lat is None else f"{self.lat:.6f}"

    @property
    def lon_text(self) -> str:
        """Return the longitude with a point, whatever the language."""
        return "" if self.lon is None else f"{self.lon:.6f}"


@dataclass(frozen=True, slots=True)
class MapTable:
    """Places as a map and as a table in the same order; the map is drawn from the table's rows."""

    key: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[MapRow, ...]
    tiles_href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the same thing."""

    label: str
    href: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one is in a long list: a summary in words, and the way back and on."""

    summary: str
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of something that is done in order."""

    label: str
    state: StepState = "coming"
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class Status:
    """A list or page that has nothing to show, and the next step."""

    kind: StatusKind
    title: str
    text: str
    href: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """What was just done, and where to undo it (an address that takes a POST)."""

    text: str
    undo_href: str = ""


def pager_for(*, number: int, pages: int, count: int, query: str = "") -> Pager:
    """Return the pager of page `number` out of `pages`; `query` is the rest of the query string, without page."""
    summary = _("Sida %(number)s av %(pages)s, %(count)s rader") % {
        "number": _whole(number),
        "pages": _whole(pages),
        "count": _whole(count),
    }
    return Pager(
        summary=summary,
        previous_href=_page_href(number - 1, query) if number > 1 else "",
        next_href=_page_href(number + 1, query) if number < pages else "",
    )


def _whole(number: int) -> str:
    return str(number_format(number, 0, force_grouping=True))


def _page_href(number: int, query: str) -> str:
    return "?" + "&".join(part for part in (query, f"page={number}") if part)


def crumbs(*steps: tuple[str, str]) -> Sequence[Crumb]:
    """Return breadcrumbs from (label, href) pairs; the last href is dropped."""
    labels = [Crumb(label, href) for label, href in steps]
    return (*labels[:-1], Crumb(labels[-1].label)) if labels else ()
