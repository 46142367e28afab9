"""What the questions share: a word in a field."""

from functools import reduce
from operator import or_

from django.db.models import Q


def contains(field: str, word: str) -> Q:
    """Return where a field has a word; SQLite knows no capitals of å, ä and ö, so both ways of writing it are asked for."""
    ways = {word, word.lower(), word.capitalize()}
    return reduce(or_, (Q(**{f"{field}__icontains": way}) for way in ways))
