"""Where the live ads' hashes lie between two batches: one SQLite file that can always be built anew from the ads.

What is deleted is overwritten (secure_delete), so that nothing of a purged ad stays in the file.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from nosvidere.engine.linkage.ragged import Ints, Ragged

TABLES = ("setting", "ad", "ad_key", "text", "posting", "near", "word", "large", "apart")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, amount) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ad (
  number INTEGER PRIMARY KEY, ad_id TEXT NOT NULL UNIQUE, seen_at TEXT NOT NULL, text INTEGER,
  contacts BLOB NOT NULL, place INTEGER, text_group TEXT NOT NULL DEFAULT '', organiser_group TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS ad_text ON ad (text);
CREATE INDEX IF NOT EXISTS ad_organiser ON ad (organiser_group);
CREATE TABLE IF NOT EXISTS ad_key (key INTEGER, ad INTEGER, PRIMARY KEY (key, ad)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS text (
  text INTEGER PRIMARY KEY, words BLOB NOT NULL, shingles BLOB NOT NULL, whole REAL NOT NULL,
  own INTEGER NOT NULL, source INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS text_own ON text (own);
CREATE INDEX IF NOT EXISTS text_source ON text (source);
CREATE TABLE IF NOT EXISTS posting (shingle INTEGER, text INTEGER, PRIMARY KEY (shingle, text)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS near (text INTEGER, other INTEGER, alike REAL NOT NULL, PRIMARY KEY (text, other)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS word (word INTEGER PRIMARY KEY, weight REAL NOT NULL, texts INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS large (
  contact INTEGER PRIMARY KEY, ads INTEGER NOT NULL, groups INTEGER NOT NULL,
  is_quarantined INTEGER NOT NULL DEFAULT 0, margin REAL NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS apart (earlier TEXT, later TEXT, PRIMARY KEY (earlier, later)) WITHOUT ROWID;
"""
_CACHE_KIB = 256 * 1024


def opened(path: Path) -> sqlite3.Connection:
    """Return a connection to the file, which is made when it is not there."""
    base = sqlite3.connect(path, isolation_level=None, timeout=60)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    base.execute("PRAGMA secure_delete = ON")
    base.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    base.executescript(_SCHEMA)
    return base


def as_list(numbers: Iterable[int]) -> str:
    """Return whole numbers as the text that `json_each` reads."""
    return json.dumps([int(number) for number in numbers])


def packed(numbers: Sequence[int] | Ints) -> bytes:
    """Return distinct whole numbers, sorted, as bytes."""
    return np.unique(np.asarray(numbers, dtype=np.int64)).tobytes()


def unpacked(kept: bytes) -> Ints:
    """Return what `packed` kept."""
    return np.frombuffer(kept, dtype=np.int64)


def rows_of(kept: Sequence[bytes]) -> Ragged:
    """Return several packed rows side by side."""
    lengths = np.fromiter((len(one) // 8 for one in kept), dtype=np.int64, count=len(kept))
    return Ragged(np.frombuffer(b"".join(kept), dtype=np.int64), np.cumsum(lengths))


def place_key(place: str) -> int:
    """Return the key of a place: below zero, where no contact is."""
    whole = hashlib.blake2b(place.encode(), digest_size=8, person=b"linkage place").digest()
    return -1 - (int.from_bytes(whole, "big") >> 1)
