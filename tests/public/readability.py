"""LIX, the Swedish measure of how hard a text is to read. Source: Björnsson, Läsbarhet, 1968."""

import re
from html.parser import HTMLParser

LONG = 7  # letters; a word of more than six is long
APART = {
    *("p", "li", "h1", "h2", "h3", "dt", "dd", "label", "legend", "button", "summary"),
    *("div", "th", "td", "option", "a"),
}
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class _Text(HTMLParser):
    """The text of a page's main part, with a stop after each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_main = self.is_main or tag == "main"
        self._stop(tag)

    def handle_endtag(self, tag: str) -> None:
        self.is_main = self.is_main and tag != "main"
        self._stop(tag)

    def handle_data(self, data: str) -> None:
        if self.is_main:
            self.parts.append(data)

    def _stop(self, tag: str) -> None:
        if tag in APART:
            self.parts.append(" . ")


def main_text(page: str) -> str:
    """Return the text of a page's main part, each block ended by a stop."""
    reader = _Text()
    reader.feed(page)
    return " ".join("".join(reader.parts).split())


def lix(text: str) -> float:
    """Return words a sentence plus the hundredfold share of long words."""
    sentences = [part for part in re.split(r"[.!?:]", text) if WORD.search(part)]
    words = WORD.findall(text)
    long = [word for word in words if len(word) >= LONG]
    return len(words) / len(sentences) + 100 * len(long) / len(words)
