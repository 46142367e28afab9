"""The strings that a translation must have, read from templates and Python without the gettext programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

# What marks a string, with how many of the first arguments are strings.
MARKS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "Refused": 1}
LITERAL = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
IN_TEMPLATE = re.compile(rf"\bn?gettext\(({LITERAL})(?:, ({LITERAL}))?")


def in_python(source: str, refusals: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield each marked string in Python source, with its plural; `refusals` are classes that carry a reason to show."""
    counts = MARKS | dict.fromkeys(refusals, 1)
    for node in ast.walk(ast.parse(source)):
        texts = [part.value for part in _marked(node, counts) if _is_text(part)]
        if texts:
            yield tuple(texts)


def _marked(node: ast.AST, counts: dict[str, int]) -> list[ast.expr]:
    """Return what a call marks, or what is given the name `reason`."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return node.args[: counts.get(name, 0)]
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "reason":
        return [node.value]
    return []


def in_template(source: str) -> Iterator[tuple[str, ...]]:
    """Yield each marked string in a template, with its plural."""
    for literals in IN_TEMPLATE.findall(templatize(source)):
        yield tuple(ast.literal_eval(text) for text in literals if text)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def of_files(*files: Path, refusals: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return every marked string of the files."""
    found: set[tuple[str, ...]] = set()
    for file in files:
        source = file.read_text(encoding="utf-8")
        read = in_template(source) if file.suffix == ".html" else in_python(source, refusals)
        found.update(read)
    return found
