"""What other tools make of the same texts: rapidfuzz over all addresses, and SQLite FTS5 with trigrams."""

import re
import sqlite3
from collections.abc import Sequence

from place_queries import Query
from rapidfuzz import fuzz, process

from nosvidere.engine.places import Address

WORDS = re.compile(r"\w+")
RAPIDFUZZ_CUTOFF = 85
MOST_TRIGRAMS = 40


class RapidFuzz:
    """The address whose text is most like the query, by partial token ratio."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        """Take the addresses of the register."""
        self.ids = [address.id for address in addresses]
        self.texts = [f"{a.street} {a.number}{a.letter}".lower() for a in addresses]

    def best(self, text: str) -> str:
        """Return the id of the most like, or ""."""
        found = process.extractOne(
            text.lower(), self.texts, scorer=fuzz.WRatio, score_cutoff=RAPIDFUZZ_CUTOFF
        )
        return self.ids[found[2]] if found else ""


class Trigrams:
    """The first of SQLite's full-text search over trigrams, ranked by bm25."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        """Take the addresses of the register."""
        self.ids = [address.id for address in addresses]
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE VIRTUAL TABLE place USING fts5(text, tokenize='trigram')")
        rows = ((f"{a.street} {a.number}{a.letter}".lower(),) for a in addresses)
        self.database.executemany("INSERT INTO place(text) VALUES (?)", rows)

    def best(self, text: str) -> str:
        """Return the id of the first, or ""."""
        plain = " ".join(WORDS.findall(text.lower()))
        grams = list(dict.fromkeys(plain[at : at + 3] for at in range(len(plain) - 2)))[
            :MOST_TRIGRAMS
        ]
        if not grams:
            return ""
        wanted = " OR ".join(f'"{gram}"' for gram in grams)
        query = "SELECT rowid FROM place WHERE place MATCH ? ORDER BY bm25(place) LIMIT 1"
        row = self.database.execute(query, (wanted,)).fetchone()
        return self.ids[row[0] - 1] if row else ""


def hits(peer: RapidFuzz | Trigrams, queries: Sequence[Query]) -> float:
    """Return the share of queries whose first truth the peer puts first (no truth with an id: nothing at all)."""
    right = 0
    for query in queries:
        wanted = {truth.address_id for truth in query.truths} or {""}
        right += peer.best(query.text) in wanted
    return right / len(queries)
