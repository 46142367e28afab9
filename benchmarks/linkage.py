"""Print how well and how fast ads are linked, on made-up ads whose truth is known.

usage: python benchmarks/linkage.py [--million] [--seed N]

Peers (datasketch MinHash-LSH, scikit-learn TF-IDF) are measured on the same ads when installed.
Seconds are wall-clock on the machine at hand; the processor seconds beside them say how much of it was ours.
"""

import argparse
import csv
import importlib.util
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import ad_corpora as corpora
import numpy as np

from nosvidere.engine.linkage import LinkSettings, link_file

KEY = b"benchmark key, thirty-two bytes."
Labels = np.typing.NDArray[np.int64]


def agreement(truth: Labels, found: Labels) -> tuple[float, float, float]:
    """Return the adjusted Rand index (Hubert and Arabie 1985), pair precision and pair recall."""
    _, a = np.unique(truth, return_inverse=True)
    _, b = np.unique(found, return_inverse=True)
    both = _pairs(np.unique(a * (b.max() + 1) + b, return_counts=True)[1])
    true, made = _pairs(np.bincount(a)), _pairs(np.bincount(b))
    chance = true * made / _pairs(np.array([len(a)]))
    ari = (both - chance) / max((true + made) / 2 - chance, 1e-9)
    return ari, both / max(made, 1.0), both / max(true, 1.0)


def _pairs(sizes: Labels) -> float:
    return float((sizes.astype(float) * (sizes - 1) / 2).sum())


def linked(ads: corpora.Ads, **changes: float) -> tuple[Labels, Labels, float, float]:
    """Return text groups, organiser groups, seconds and processor seconds, all through files."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "ads.csv"), Path(folder, "groups.csv")
        corpora.write_csv(ads, source)
        start, used = time.perf_counter(), time.process_time()
        link_file(
            source, out=out, key=KEY, today=date(2021, 1, 1), settings=LinkSettings(**changes)
        )
        seconds, processor = time.perf_counter() - start, time.process_time() - used
        text, organiser = _groups(out, len(ads.texts))
    return text, organiser, seconds, processor


def _groups(path: Path, count: int) -> tuple[Labels, Labels]:
    found = np.empty((2, count), dtype=np.int64)
    numbers: dict[str, int] = {}
    with path.open(encoding="utf-8") as file:
        for ad_id, *groups in list(csv.reader(file))[1:]:
            found[:, int(ad_id[2:])] = [
                numbers.setdefault(group, len(numbers)) for group in groups
            ]
    return found[0], found[1]


def singles_grouped(ads: corpora.Ads, found: Labels) -> float:
    """Return the share of true singles that were put with others: the negative control."""
    _, groups = np.unique(found, return_inverse=True)
    alone = np.bincount(groups)[groups] == 1
    return float(1 - alone[np.array(ads.is_single)].mean())


def row(bar: str, name: str, *figures: str) -> None:
    """Print one row of the table."""
    sys.stdout.write(f"| {bar:<4} | {name:<28} | {' | '.join(figures)} |\n")
    sys.stdout.flush()


def measured(bar: str, kind: str, count: int, seed: int) -> None:
    """Print one set: ARI, precision, recall, singles in groups, seconds."""
    ads = corpora.SETS[kind](count, seed)
    text, organiser, seconds, processor = linked(ads)
    truth, found = (ads.organiser, organiser) if ads.organiser else (ads.template, text)
    ari, precision, recall = agreement(np.array(truth), found)
    row(
        bar, f"{kind} {count}", f"ARI {ari:.4f}", f"precision {precision:.4f}", f"recall {recall:.4f}",
        f"singles grouped {singles_grouped(ads, found):.3%}", f"{seconds:.1f} s ({processor:.1f} s cpu)",
    )  # fmt: skip
    for name, peer in peers().items():
        start = time.perf_counter()
        ari, precision, recall = agreement(np.array(ads.template), peer(ads.texts))
        row("", f"  {name}", f"ARI {ari:.4f}", f"precision {precision:.4f}", f"recall {recall:.4f}",
            "", f"{time.perf_counter() - start:.1f} s")  # fmt: skip


def threshold_moved(seed: int) -> None:
    """Print L5: how the agreement changes when the threshold is a fifth lower or higher."""
    for kind in ("hard", "lineages"):
        ads = corpora.SETS[kind](10_000, seed)
        base = LinkSettings().text_threshold
        aris = [
            agreement(np.array(ads.template), linked(ads, text_threshold=base * factor)[0])[0]
            for factor in (0.8, 1.0, 1.2)
        ]
        row("L5", f"{kind} 10000, ±20 %", *(f"ARI {ari:.4f}" for ari in aris))


def letters_and_languages(seed: int) -> None:
    """Print L10: folded letters, and groups that span two made-up languages."""
    ads = corpora.hard(10_000, seed)
    truth = np.array(ads.template)
    aris = [agreement(truth, linked(each)[0])[0] for each in (ads, ads.folded())]
    row("L10", "å ä ö and folded", *(f"ARI {ari:.4f}" for ari in aris))
    ads = corpora.languages(10_000, seed)
    truth, found = np.array(ads.template), linked(ads)[0]
    tongue = truth // 10**7
    recalls = [agreement(truth[tongue == n], found[tongue == n])[2] for n in range(4)]
    spans = sum(len(np.unique(tongue[found == group])) > 1 for group in _several(found))
    row(
        "L10",
        "four languages",
        *(f"recall {recall:.4f}" for recall in recalls),
        f"{spans} span two",
    )


def _several(found: Labels) -> Labels:
    groups, sizes = np.unique(found, return_counts=True)
    return groups[sizes > 1]


def peers() -> dict[str, Callable[[list[str]], Labels]]:
    """Return the other ways that are installed here."""
    known = {"datasketch": ("MinHash-LSH", _minhash), "sklearn": ("TF-IDF top 10", _tfidf)}
    return {name: way for module, (name, way) in known.items() if importlib.util.find_spec(module)}


def _minhash(texts: list[str]) -> Labels:
    from datasketch import MinHash, MinHashLSH

    index, labels = MinHashLSH(threshold=0.3, num_perm=128), np.arange(len(texts))
    for number, text in enumerate(texts):
        words = text.split()
        mark = MinHash(num_perm=128)
        mark.update_batch([" ".join(words[at : at + 2]).encode() for at in range(len(words))])
        near = [int(labels[other]) for other in index.query(mark)]
        if near:
            labels[np.isin(labels, near)] = min(near)
            labels[number] = min(near)
        index.insert(number, mark)
    return labels


def _tfidf(texts: list[str]) -> Labels:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    matrix = TfidfVectorizer().fit_transform(texts)
    far, near = NearestNeighbors(n_neighbors=10, metric="cosine").fit(matrix).kneighbors(matrix)
    left, column = np.nonzero(far < 0.6)  # noqa: PLR2004 - its own best threshold on these sets
    graph = csr_array((np.ones(len(left)), (left, near[left, column])), shape=(len(texts),) * 2)
    return connected_components(graph, directed=False)[1].astype(np.int64)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="also one million ads (minutes)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="fresh when not given")
    asked = parser.parse_args()
    sys.stdout.write(f"seed {asked.seed}; peers: {', '.join(peers()) or 'none installed'}\n")
    sets = [("L1", "easy", 1_000), ("L1", "easy", 3_000), ("L1", "easy", 10_000),
            ("L2", "hard", 10_000), ("L2", "lineages", 10_000), ("L2", "hard", 100_000),
            ("L2", "lineages", 100_000), ("L3", "hard", 1_000), ("–", "short", 10_000),
            ("L4", "organisers", 100_000), ("L7", "organisers", 5_000)]  # fmt: skip
    for bar, kind, count in sets:
        measured(bar, kind, count, asked.seed)
    threshold_moved(asked.seed)
    letters_and_languages(asked.seed)
    if asked.million:
        measured("L7", "hard", 1_000_000, asked.seed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    row("", "peak memory of the run", f"{peak:.2f} GB")


if __name__ == "__main__":
    main()
