"""Doing what a form asks: the rules' no becomes an error on the form, with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.utils.functional import Promise

from nosvidere.kernel.refused import Refused
from nosvidere.ui.forms import PageForm
from nosvidere.ui.words import sentence


def attempt(form: BaseForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Call `act` with the cleaned values of a valid form and say whether it was done; a refusal is put on the form."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, sentence(refused))
        return False
    return True


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that can be decided on a page: its form, its act, and what is said when it is done."""

    form: type[PageForm]
    key: str
    act: Callable[..., object]
    said: Promise
