"""Whether the tip's page offers suggested addresses and a map."""

from django import template
from django.urls import reverse

from nosvidere.public.maps import has_map
from nosvidere.public.suggestions import is_open

register = template.Library()


@register.simple_tag
def suggestions_href() -> str:
    """Return where addresses are suggested, or "" where no index has been laid."""
    return reverse("public:suggest") if is_open() else ""


@register.simple_tag
def map_href() -> str:
    """Return where places are chosen by map, or "" where no index with points has been laid."""
    return reverse("public:map") if has_map() else ""
