"""Addresses that somebody who tips may mean, out of the whole register and nothing else: no tip is ever looked at.

Off until whoever deploys lays an address index on this host (`PLACES_INDEX`); the public host knows no database of places.
An answer takes the same time and the same bytes whatever was written, so that nobody on the wire learns what it was.
"""

import time
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.conf import settings

from nosvidere.engine.places import Index, Mention, Resolver

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


def suggestions(place: str) -> tuple[str, ...]:
    """Return the registered addresses that a text may mean, the surest first, at most five; the site must be open for it."""
    file = Path(settings.PLACES_INDEX)
    resolver = _resolver(str(file), file.stat().st_mtime_ns)
    ids = _ids(resolver.resolve(place[:LONGEST_ASKED]))
    return tuple(_written(resolver.index, one) for one in islice(dict.fromkeys(ids), MOST))


def _ids(mentions: list[Mention]) -> Iterator[str]:
    for mention in mentions:
        options = (mention.address_id, *(other.address_id for other in mention.alternatives))
        yield from (one for one in options if one)


def _written(index: Index, address_id: str) -> str:
    address = index.address(address_id)
    where = (address.district, address.locality or address.municipality)
    house = f"{address.street} {address.number}{address.letter}"
    return ", ".join(dict.fromkeys(part for part in (house, *where) if part))


def wait_until_even(started: float) -> None:
    """Wait until the answer that was begun at `started` (monotonic seconds) has taken as long as all others."""
    time.sleep(max(0.0, HELD_S - (time.monotonic() - started)))


def filled_up(page: bytes) -> bytes:
    """Return a page with a comment at its end that makes its size that of all others."""
    least = len(page) + len(FILL % b"")
    return page + FILL % (b"." * (-least % EVEN_BYTES))
