"""Saying what was just done, with a way back."""

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, text: str, *, undo_href: str = "") -> None:
    """Show `text` on the next page, with a button that posts to `undo_href` if that is given."""
    messages.success(request, text, extra_tags=undo_href)
