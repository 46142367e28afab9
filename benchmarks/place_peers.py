"""What other tools make of the same texts: rapidfuzz over all addresses, SQLite FTS5 and PostgreSQL with trigrams."""

import os
import re
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import psycopg
from place_measures import say
from place_queries import Query
from rapidfuzz import fuzz, process

from nosvidere.engine.places import Address

WORDS = re.compile(r"\w+")
RAPIDFUZZ_CUTOFF = 85
MOST_TRIGRAMS = 40
POSTGRES = os.environ.get("PLACES_POSTGRES", "host=127.0.0.1 port=5432 dbname=test user=postgres")
SIMILARITY = 0.5
"""Below this word similarity PostgreSQL's answer is no answer; 0.6 is its own default and finds less."""
ASKED = ("P1", "P2", "P4", "P5", "P10")


class Peer(Protocol):
    """Another tool that is asked for the best address."""

    def best(self, text: str) -> str:
        """Return the id of the best address, or ""."""


def _line(address: Address) -> str:
    return f"{address.street} {address.number}{address.letter}".lower()


class RapidFuzz:
    """The address whose text is most like the query, by weighted ratio."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        """Take the addresses of the register."""
        self.ids = [address.id for address in addresses]
        self.texts = [_line(address) for address in addresses]

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
        rows = ((_line(address),) for address in addresses)
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


class PostgresTrigrams:
    """The nearest by pg_trgm's word similarity, through its GiST index."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        """Take the addresses into a temporary table, which ends with the connection."""
        self.ids = [address.id for address in addresses]
        self.connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
        for statement in (
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            "CREATE TEMPORARY TABLE place (id integer, text text)",
        ):
            self.connection.execute(statement)
        with self.connection.cursor().copy("COPY place FROM STDIN") as copy:
            for nth, address in enumerate(addresses):
                copy.write_row((nth, _line(address)))
        self.connection.execute("CREATE INDEX ON place USING gist (text gist_trgm_ops)")
        self.connection.execute("ANALYZE place")

    def best(self, text: str) -> str:
        """Return the id of the nearest, or "" when even that is not like."""
        query = "SELECT id, text <<-> %(t)s FROM place ORDER BY text <<-> %(t)s LIMIT 1"
        row = self.connection.execute(query, {"t": text.lower()}).fetchone()
        return self.ids[row[0]] if row and 1 - row[1] >= SIMILARITY else ""


PEERS: tuple[Callable[[Sequence[Address]], Peer], ...] = (RapidFuzz, Trigrams, PostgresTrigrams)


def hits(peer: Peer, queries: Sequence[Query]) -> float:
    """Return the share of queries whose truth the peer puts first (no truth with an id: nothing at all)."""
    right = 0
    for query in queries:
        wanted = {truth.address_id for truth in query.truths} or {""}
        right += peer.best(query.text) in wanted
    return right / len(queries)


def compare(addresses: Sequence[Address], sets: Mapping[str, Sequence[Query]], count: int) -> None:
    """Write what each peer makes of the first texts of each set."""
    for kind in PEERS:
        try:
            peer = kind(addresses)
        except psycopg.OperationalError as error:
            say(
                f"peer {kind.__name__}: left out, no server answers ({str(error).splitlines()[0]})"
            )
            continue
        start, shares, asked = time.perf_counter(), [], 0
        for name in filter(sets.get, ASKED):
            shares.append(f"{name} {hits(peer, sets[name][:count]):.3f}")
            asked += len(sets[name][:count])
        rate = asked / (time.perf_counter() - start)
        say(f"peer {kind.__name__}: {', '.join(shares)}, {rate:.1f} texts/s, at most {count} each")
