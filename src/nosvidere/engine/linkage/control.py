"""Negative control: ads that certainly stand alone, put among the others; none of them may be grouped."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from nosvidere.engine.linkage.background import Background
from nosvidere.engine.linkage.hashing import AdRecord
from nosvidere.engine.linkage.linking import link

_DECOYS = 200
_WORDS, _PHRASES = 24, 6


def singles_grouped(
    records: Sequence[AdRecord], text_group: Mapping[str, str], background: Background
) -> float | None:
    """Return the share of made-up singles that a grouping puts with others; None without hands enough to make them of.

    A single is mixed of one word or phrase each from the ads of many hands, so that it shares something with
    all and a text with none. `text_group` gives the hand of each ad.
    """
    hands = {text_group[record.ad_id]: record for record in records if record.words}
    written = [hands[hand] for hand in sorted(hands)]
    if len(written) < _WORDS:
        return None
    decoys = [_decoy(written, number) for number in range(min(len(written), _DECOYS))]
    groups = link([*records, *decoys], background=background).text_group
    size = Counter(groups.values())
    return sum(size[groups[decoy.ad_id]] > 1 for decoy in decoys) / len(decoys)


def _decoy(written: Sequence[AdRecord], number: int) -> AdRecord:
    def one(at: int, kind: str) -> int:
        lot = hashlib.blake2b(f"{number} {at} {kind}".encode(), digest_size=8).digest()
        which, rest = divmod(int.from_bytes(lot, "big"), len(written))
        values: tuple[int, ...] = getattr(written[rest], kind)
        return values[which % len(values)]

    return AdRecord(
        ad_id=f"decoy {number}",
        seen_at="",
        source="",
        contacts=(),
        words=tuple(sorted({one(at, "words") for at in range(_WORDS)})),
        shingles=tuple(sorted({one(at, "shingles") for at in range(_PHRASES)})),
        place="",
    )
