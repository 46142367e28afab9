"""What the questions share: words in a field, and why an act is refused."""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import Q

from nosvidere.kernel.refused import Refused
from nosvidere.ui.words import sentence


def contains(field: str, word: str) -> Q:
    """Return where a field has a word; SQLite knows no capitals of å, ä and ö, so both ways of writing it are asked for."""
    ways = {word, word.lower(), word.capitalize()}
    return reduce(or_, (Q(**{f"{field}__icontains": way}) for way in ways))


def reason_against(check: Callable[..., None], *args: object, **kwargs: object) -> str:
    """Return the reason with which a rule says no, or nothing when it lets pass."""
    try:
        check(*args, **kwargs)
    except Refused as refused:
        return sentence(refused)
    return ""
