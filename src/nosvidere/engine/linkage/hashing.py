"""Words and contacts → keyed hashes; after this step nothing of the text remains."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nosvidere.engine.linkage.normalise import Reading, phone_number, plain, read_text
from nosvidere.engine.linkage.ragged import Ints, Ragged, Unsigned

SHINGLE_WORDS = 3
_SHORTEST_KEY = 16
_FEWEST_DIGITS = 5  # a foreign number without its country code still names somebody
_LARGEST_CACHE = 1_000_000
_BITS_63 = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class AdRecord:
    """All that is kept of an ad: keyed hashes, never its words."""

    ad_id: str
    seen_at: str
    source: str
    contacts: tuple[int, ...]
    words: tuple[int, ...]
    shingles: tuple[int, ...]
    place: str


class Hasher:
    """Hashes with one key; without the key nobody can ask whether a word or a number is there."""

    def __init__(self, key: bytes) -> None:
        """Derive the keys of words, shingles and contacts from one secret of at least 16 bytes."""
        if len(key) < _SHORTEST_KEY:
            msg = f"nyckeln har {len(key)} byte; den behöver minst {_SHORTEST_KEY}"
            raise ValueError(msg)
        self._word_key = hmac.digest(key, b"linkage words", "sha256")
        self._contact_key = hmac.digest(key, b"linkage contacts", "sha256")
        odd = np.frombuffer(
            hmac.digest(key, b"linkage shingles", "sha256"), dtype="<u8"
        ) | np.uint64(1)
        self._mix = odd
        self._words: dict[str, int] = {}

    def contact(self, contact: str) -> int:
        """Return HMAC-SHA256 of a contact such as `tel:+46701234567`, cut to 63 bits."""
        whole = hmac.digest(self._contact_key, contact.encode("utf-8", "surrogatepass"), "sha256")
        return int.from_bytes(whole[:8], "big") & _BITS_63

    def contacts(self, phone: str, reading: Reading) -> list[int]:
        """Return the sorted hashes of the contact beside the ad and of those found in its text."""
        return sorted({self.contact(contact) for contact in (*_named(phone), *reading.contacts)})

    def place(self, place_text: str) -> str:
        """Return the keyed hash of a place that no register has named."""
        return f"h{self.contact(f'place:{plain(place_text)}'):016x}"

    def words(self, words: Sequence[str]) -> list[int]:
        """Return keyed blake2b of each word, cut to 63 bits."""
        known = self._words
        try:
            return [known[word] for word in words]
        except KeyError:
            return self._new_words(words)

    def _new_words(self, words: Sequence[str]) -> list[int]:
        if len(self._words) > _LARGEST_CACHE:
            self._words.clear()
        for word in (word for word in words if word not in self._words):
            whole = hashlib.blake2b(
                word.encode("utf-8", "surrogatepass"), key=self._word_key, digest_size=8
            ).digest()
            self._words[word] = int.from_bytes(whole, "big") & _BITS_63
        return [self._words[word] for word in words]

    def shingles(self, words: Ragged) -> Ragged:
        """Return a hash for each three words in a row (a text of one or two words is one shingle).

        The three keyed word hashes are mixed under constants drawn from the key
        (multiply and xor-shift; constants of splitmix64, Steele, Lea and Flood 2014).
        """
        lengths = words.lengths()
        counts = np.where(lengths >= SHINGLE_WORDS, lengths - 2, np.minimum(lengths, 1))
        ends = np.cumsum(counts)
        starts = np.repeat(words.ends - lengths - (ends - counts), counts)
        first = np.arange(len(starts), dtype=np.int64) + starts
        last = np.repeat(words.ends, counts) - 1
        held = words.values.astype(np.uint64)
        mixed = np.zeros(len(first), dtype=np.uint64)
        for step, factor in enumerate(self._mix[:SHINGLE_WORDS]):
            mixed = _stirred(mixed + held[np.minimum(first + step, last)] * factor)
        return Ragged((mixed >> np.uint64(1)).astype(np.int64), ends)


def _stirred(values: Unsigned) -> Unsigned:
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _named(phone: str) -> tuple[str, ...]:
    if not phone:
        return ()
    number = phone_number(phone)
    if number:
        return (f"tel:{number}",)
    found = read_text(phone).contacts
    digits = re.sub(r"\D", "", phone)
    return found or ((f"other:{digits}",) if len(digits) >= _FEWEST_DIGITS else ())


def contact_hash(phone: str, *, key: bytes) -> int | None:
    """Return the hash that an ad with this telephone number carries, or None when it is no number."""
    number = phone_number(phone)
    return Hasher(key).contact(f"tel:{number}") if number else None


def minimise(
    *, ad_id: str, seen_at: str, source: str, phone: str, place: str, text: str, key: bytes
) -> AdRecord:
    """Return what is kept of an ad; `place` is the id of a registered address, or ""."""
    hasher = Hasher(key)
    reading = read_text(text)
    words = Ragged.of([hasher.words(reading.words)])
    return AdRecord(
        ad_id=ad_id,
        seen_at=seen_at,
        source=source,
        contacts=tuple(hasher.contacts(phone, reading)),
        words=_kept(words.values),
        shingles=_kept(hasher.shingles(words).values),
        place=place,
    )


def _kept(values: Ints) -> tuple[int, ...]:
    return tuple(np.unique(values).tolist())
