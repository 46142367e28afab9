"""Addresses that somebody who tips may mean, out of the whole register and nothing else: no tip is ever looked at.

Off until whoever deploys lays an address index on this host (`PLACES_INDEX`); the public host knows no database of places.
An answer takes the same time and the same bytes whatever was written, so that nobody on the wire learns what it was.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.conf import settings

from nosvidere.engine.places import Address, Index, Mention, Resolver

MOST = 5
LONGEST_ASKED = 500
HELD_S = 0.1
"""Every answer takes this long; reading five hundred signs takes some milliseconds at most."""
EVEN_BYTES = 32_768
"""Every page is filled up to a multiple of this; one page holds the longest tip."""
FILL = b"<!--%s-->"


def is_open() -> bool:
    """Say whether an index lies where this site looks for one."""
    return Path(settings.PLACES_INDEX).is_file()


@lru_cache(maxsize=1)
def _resolver(file: str, built: int) -> Resolver:
    """Return a resolver over the index file, opened again when the file is another."""
    return Resolver(Index.open(Path(file)))


def laid_index() -> Index:
    """Return the index that lies where this site looks for one; the site must be open for it."""
    file = Path(settings.PLACES_INDEX)
    return _resolver(str(file), file.stat().st_mtime_ns).index


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A registered address, and what was typed with the address in the place of what it was read from."""

    address: str
    text: str


def suggestions(place: str) -> tuple[Suggestion, ...]:
    """Return the registered addresses that a text may mean, the surest first, at most five; the site must be open for it."""
    file = Path(settings.PLACES_INDEX)
    resolver = _resolver(str(file), file.stat().st_mtime_ns)
    found: dict[str, Suggestion] = {}
    for mention in resolver.resolve(place[:LONGEST_ASKED]):
        for one in _ids(mention):
            address = written(resolver.index.address(one))
            text = place[: mention.start] + address + place[mention.end :]
            found.setdefault(one, Suggestion(address, text))
    return tuple(islice(found.values(), MOST))


def _ids(mention: Mention) -> Iterator[str]:
    options = (mention.address_id, *(other.address_id for other in mention.alternatives))
    yield from (one for one in options if one)


def written(address: Address) -> str:
    """Return an address as it is put into a tip."""
    where = (address.district, address.locality or address.municipality)
    house = f"{address.street} {address.number}{address.letter}"
    return ", ".join(dict.fromkeys(part for part in (house, *where) if part))


def wait_until_even(started: float, held_s: float = HELD_S) -> None:
    """Wait until the answer that was begun at `started` (monotonic seconds) has taken as long as all others."""
    time.sleep(max(0.0, held_s - (time.monotonic() - started)))


def filled_up(page: bytes, even: int = EVEN_BYTES) -> bytes:
    """Return a page with a comment at its end that makes its size that of all others."""
    least = len(page) + len(FILL % b"")
    return page + FILL % (b"." * (-least % even))
