"""Whether the tip's page offers suggested addresses."""

from django import template
from django.urls import reverse

from nosvidere.public.suggestions import is_open

register = template.Library()


@register.simple_tag
def suggestions_href() -> str:
    """Return where addresses are suggested, or "" where no index has been laid."""
    return reverse("public:suggest") if is_open() else ""
