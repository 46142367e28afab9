"""Stylesheets made small and put into the page itself."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

OUTSIDE = ("ui/tokens.css", "ui/outside.css")


@cache
def inlined(names: tuple[str, ...]) -> str:
    """Return stylesheets joined and made small; raises ValueError for one that does not exist."""
    return "".join(smaller(_read(name)) for name in names)


def _read(name: str) -> str:
    found = finders.find(name)
    if not found:
        message = f"No stylesheet {name!r} among the static files."
        raise ValueError(message)
    return Path(str(found)).read_text(encoding="utf-8")


def smaller(css: str) -> str:
    """Return the same rules without comments and needless space; strings with several spaces in a row are not for it."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": (?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip()
