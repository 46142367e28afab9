"""What the house says: never the words that hurt, and every mark has its reason."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nosvidere"
FORBIDDEN = re.compile(
    r"\b(prostituerad\w*|torsk\w*|bordell\w*|hallick\w*|hor(a|or|an)\b)", re.IGNORECASE
)
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
INLINE = re.compile(r"""\son[a-z]+\s*=\s*["']|\sstyle\s*=\s*["']|javascript:""", re.IGNORECASE)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: str(f.relative_to(SOURCE)))
def test_no_page_says_a_word_that_hurts(file):
    assert FORBIDDEN.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: str(f.relative_to(SOURCE)))
def test_no_page_carries_its_own_script_or_style(file):
    text = file.read_text(encoding="utf-8")
    if file.parent.name == "sites":
        text = text.replace(
            "<style>", "", 1
        )  # a result on disk must open on its own, without another file

    assert INLINE.findall(text) == []
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: str(f.relative_to(SOURCE)))
def test_no_page_asks_another_host(file):
    assert (
        re.findall(r"""(?:src|href|action)=["']https?://""", file.read_text(encoding="utf-8"))
        == []
    )


def test_suppressed_rules_say_why():
    bare = []
    for file in SOURCE.rglob("*.py"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            mark = re.search(r"#\s*(noqa|type: ignore)(.*)$", line)
            if mark and not re.search(
                r"[-#]\s*\w+.*\w", mark.group(2).split("]", 1)[-1].partition(" ")[2] or ""
            ):
                bare.append(f"{file.name}:{number}")

    assert bare == []
