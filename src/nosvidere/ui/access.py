"""The mark of a page that anyone may open."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.http import HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)

OPEN = "open"


def open_to_all(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view as open to everyone, and say why; the house rules' test reads the mark."""
    if not reason.strip():
        message = "A page that is open to all says why."
        raise ValueError(message)

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.needs = OPEN  # type: ignore[attr-defined]  # read by the house rules' test
        view.open_reason = reason  # type: ignore[attr-defined]  # read by the house rules' test
        return view

    return mark
