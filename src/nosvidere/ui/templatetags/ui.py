"""What our templates may call: dates, numbers, refusals, inlined styles, what was just done."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BoundField
from django.http import HttpRequest
from django.template import Context
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import STOCKHOLM
from nosvidere.ui.components import Language, Toast
from nosvidere.ui.csp import note_inlined
from nosvidere.ui.styles import OUTSIDE, inlined
from nosvidere.ui.words import from_the_left, sentence, translated

register = template.Library()


@register.simple_tag(takes_context=True)
def inline_css(context: Context, *names: str) -> SafeString:
    """Return the outside's styles, and those named beyond, as one style element that the content policy allows."""
    css = inlined((*OUTSIDE, *names))
    request = context.get("request")
    if isinstance(request, HttpRequest):
        note_inlined(request, css)
    return mark_safe(f"<style>{css}</style>")  # noqa: S308 - our own files


@register.filter
def day(value: date | datetime | None) -> str:
    """Return the date in Stockholm, as 2020-10-20; nothing for no date."""
    if value is None:
        return ""
    return from_the_left(_local(value).isoformat()[:10])


@register.filter
def clock(value: datetime | None) -> str:
    """Return date and hour in Stockholm, as 2020-10-20 21:30; nothing for no instant."""
    return "" if value is None else f"{_local(value):%Y-%m-%d %H:%M}"


@register.filter
def hour(value: datetime | None) -> str:
    """Return the hour in Stockholm, as 21:30; nothing for no instant."""
    return "" if value is None else f"{_local(value):%H:%M}"


@register.filter
def moment(value: date | datetime | None) -> str:
    """Return the machine-readable form for a time element."""
    return "" if value is None else _local(value).isoformat()


@register.filter
def minutes(value: int) -> str:
    """Return a length in minutes in words: 95 is 1 h 35 min."""
    hours, rest = divmod(int(value), 60)
    return " ".join(
        part
        for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")
        if part
    )


@register.filter
def number(value: float, decimals: int = 0) -> str:
    """Return a number as the language writes it, with grouped thousands."""
    return str(number_format(round(value, decimals), decimals, force_grouping=True))


@register.filter
def refusal_text(refused: Refused) -> str:
    """Return why something is refused, in the reader's language where it is translated."""
    return sentence(refused)


@register.filter
def word(value: object) -> str:
    """Return a word of the rules' tables in the reader's language."""
    return translated(value)


@register.filter
def group(field: BoundField) -> SafeString:
    """Return a form field with its label, hint, error and widget."""
    return field.as_field_group()


@register.simple_tag
def own_languages() -> list[Language]:
    """Return the languages that the pages speak, each named in itself, with the one in use marked."""
    current = get_language()
    return [Language(code, str(name), "", code == current) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def said(context: Context) -> list[Toast]:
    """Return what was just done: the messages of Django's own framework, their extra tag being the undo address."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return []
    return [Toast(str(m.message), m.extra_tags or "") for m in get_messages(request)]


def _local(value: date | datetime) -> date | datetime:
    return value.astimezone(STOCKHOLM) if isinstance(value, datetime) else value
