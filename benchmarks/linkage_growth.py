"""L8, L9 and L11: one ad more, one ad less, and the batch's groups all the while, when the index for it is there."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import ad_corpora as corpora
import numpy as np

from nosvidere.engine import linkage

KEY = b"benchmark key, thirty-two bytes."
ONE_BY_ONE, TOGETHER = 50, 1_000
Row = tuple[str, str, str]


def grown(count: int, seed: int) -> Iterator[Row]:
    """Yield what an index of `count` ads takes for one ad, for a thousand, and for a purge."""
    index_of = getattr(linkage, "LinkIndex", None)
    if index_of is None:
        yield "L8", "en ny annons", "hoppas över: indexet finns inte i den här versionen"
        return
    ads = records(corpora.organisers(count + ONE_BY_ONE + TOGETHER, seed))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "index")
        with index_of.build(path, ads[:count]) as index:
            each = [_took(lambda ad=ad: index.add([ad])) for ad in ads[count : count + ONE_BY_ONE]]
            yield "L8", f"en ny annons mot {count}", f"p95 {np.quantile(each, 0.95) * 1e3:.0f} ms"
            took = _took(lambda: index.add(ads[count + ONE_BY_ONE :]))
            yield "L8", f"{TOGETHER} nya mot {count}", f"{took:.2f} s"
            took = _took(lambda: index.remove([ads[count // 2].ad_id]))
            is_gone = ads[count // 2].ad_id not in index
            yield "L11", f"en annons gallrad ur {count}", f"{took:.3f} s, borta: {_yes(is_gone)}"
            kept = [ad for ad in ads if ad.ad_id != ads[count // 2].ad_id]
            again = Path(folder, "again")
            with index_of.build(again, kept, background=index.background()) as batch:
                is_same = batch.grouping() == index.grouping()
            yield "L9", "löpande = på en gång", f"samma grupper: {_yes(is_same)}"


def records(ads: corpora.Ads) -> list[linkage.AdRecord]:
    """Return what is kept of each ad."""
    return [
        linkage.minimise(
            ad_id=f"ad{n:07d}",
            seen_at=f"2020-{1 + n % 12:02d}-{1 + n % 28:02d}",
            source=f"s{n % 5}",
            phone=ads.phones[n],
            place=ads.places[n],
            text=text,
            key=KEY,
        )
        for n, text in enumerate(ads.texts)
    ]


def _took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _yes(is_so: bool) -> str:
    return "ja" if is_so else "NEJ"
