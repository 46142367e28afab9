"""What the pages show of judgements about a group of ads, of its weakest place and of what merged or was split."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nosvidere.engine.linkage import Cut, Parting, Piece
from nosvidere.intake.codes import group_code
from nosvidere.intake.models import CHANGE_KINDS, Ad, Apart, GroupChange
from nosvidere.ui.words import translated

SHOWN_CHANGES = 200
SHOWN_NAMES = 8


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """A group of ads that touches a place."""

    code: str
    href: str
    summary: str


@dataclass(frozen=True, slots=True)
class ApartPage:
    """Two ads and what holding them apart does to their group."""

    left: str
    right: str
    effect: str
    group_href: str


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """A judgement and what taking it back does."""

    left: str
    right: str
    reason: str
    by: str
    at: datetime
    effect: str


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """A judgement that two ads are not from the same hand."""

    left: str
    right: str
    reason: str
    by: str
    at: datetime
    undone: str
    release_href: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Groups that became one, or one that became several."""

    at: datetime
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text of a group, in common words and slots."""

    number: str
    pieces: tuple[Piece, ...]


def place_group(group: Mapping[str, Any]) -> PlaceGroup:
    """Return a group as the page of a place that it touches shows it."""
    text = _("{ads} annonser, {texts} textmallar, {places} platser, {days}")
    return PlaceGroup(
        code=group_code(group["organiser_group"]),
        href=reverse("intake:group", args=[group["organiser_group"]]),
        summary=text.format(
            ads=group["ads"],
            texts=group["texts"],
            places=group["places"],
            days=f"{group['first_on']} – {group['last_on']}",
        ),
    )


def apart_page(one: Ad, other: Ad, effect: Parting | None) -> ApartPage:
    """Return two ads with what holding them apart does."""
    return ApartPage(
        left=one.item.diary_no,
        right=other.item.diary_no,
        effect=_effect(effect),
        group_href=reverse("intake:group", args=[one.organiser_group]),
    )


def _effect(parting: Parting | None) -> str:
    if parting is None:
        return _("Annonserna är inte grupperade här. Gruppera om först.")
    sizes = _joined([str(len(part)) for part in parting.parts])
    return _("Gruppen på {n} annonser delas i {sizes} annonser.").format(
        n=len(parting.before), sizes=sizes
    )


def release_page(apart: Apart, sizes: Sequence[int]) -> ReleasePage:
    """Return a judgement with what taking it back does; `sizes` are those of the two groups now."""
    return ReleasePage(
        left=apart.left.item.diary_no,
        right=apart.right.item.diary_no,
        reason=apart.reason,
        by=apart.said_by,
        at=apart.said_at,
        effect=_("Grupperna på {sizes} annonser slås ihop igen där det finns kopplingar.").format(
            sizes=_joined([str(size) for size in sizes])
        ),
    )


def judgement_line(apart: Apart, *, may_judge: bool) -> JudgementLine:
    """Return a judgement as the group's page shows it."""
    is_standing = apart.undone_at is None
    return JudgementLine(
        left=apart.left.item.diary_no,
        right=apart.right.item.diary_no,
        reason=apart.reason,
        by=apart.said_by,
        at=apart.said_at,
        undone="" if is_standing else _("Ångrad av {by}").format(by=apart.undone_by),
        release_href=reverse("intake:release", args=[apart.pk])
        if is_standing and may_judge
        else "",
    )


def change_line(change: GroupChange) -> ChangeLine:
    """Return a merge or a split in words."""
    text = _("{before} {what}: {after} ({ads} annonser)")
    return ChangeLine(
        at=change.at,
        by=change.by,
        what=text.format(
            before=_names(change.before),
            what=translated(CHANGE_KINDS[change.kind]),
            after=_names(change.after),
            ads=change.ads,
        ),
    )


def _names(names: Sequence[str]) -> str:
    shown = [group_code(name) for name in names[:SHOWN_NAMES]]
    more = len(names) - len(shown)
    return _joined([*shown, *([_("{n} till").format(n=more)] if more else [])])


def _joined(names: Sequence[str]) -> str:
    """Return names in a list with commas and an and."""
    *head, tail = names
    return _("{head} och {tail}").format(head=", ".join(head), tail=tail) if head else tail


def text_line(number: str, pieces: tuple[Piece, ...]) -> TextLine:
    """Return one text as the page shows it."""
    return TextLine(number, pieces)


def weakest_sentence(cut: Cut | None, numbers: Mapping[str, str]) -> str:
    """Return where a group holds together least, in words."""
    if cut is None:
        return ""
    smaller = min(cut.parts, key=len)
    names = _joined([numbers.get(ad, "") for ad in smaller[:SHOWN_NAMES]])
    said = ngettext(
        "Svagast håller {n} annons ({names}) ihop med de övriga {rest}.",
        "Svagast håller {n} annonser ({names}) ihop med de övriga {rest}.",
        len(smaller),
    )
    rest = sum(map(len, cut.parts)) - len(smaller)
    return said.format(n=len(smaller), names=names, rest=rest)
