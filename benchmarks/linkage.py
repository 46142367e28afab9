"""Print how well and how fast ads are linked (L1–L12), on made-up ads whose truth is known.

usage: python benchmarks/linkage.py [--size N …] [--million] [--seed N] [--peers-to N] [--grown N] [--out docs]

Seeds are fresh each time and printed; --seed repeats a run. Other ways (requirements/peers.lock) are
measured on the same ads, or skipped with a line. Seconds are wall-clock on the machine at hand; the
processor seconds beside them say how much of it was ours.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import ad_corpora as corpora
import ad_grammar as grammar
import numpy as np
from linkage_cost import table as cost_table
from linkage_figures import Table, curves
from linkage_growth import KEY, grown
from linkage_peers import missing, peers
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from nosvidere.engine.linkage import LinkSettings, SparkCluster, link_file, on_duckdb, spark
from nosvidere.engine.linkage.candidates import SetWork

Labels = np.typing.NDArray[np.int64]
SETS = {**corpora.SETS, "retold": grammar.retold, "households": grammar.households}
OURS = "Nos Videre"
ADVANCE = date(2021, 1, 1)
EPSILON = 1e-9


@dataclass
class Run:
    """What is asked of this run, and what it has found."""

    seed: int
    peers_to: int
    table: Table
    curves: dict[str, list[tuple[float, float]]]


def agreement(truth: Labels, found: Labels) -> tuple[float, float, float]:
    """Return the adjusted Rand index (Hubert and Arabie 1985), pair precision and pair recall."""
    _, a = np.unique(truth, return_inverse=True)
    _, b = np.unique(found, return_inverse=True)
    both = _pairs(np.unique(a * (b.max() + 1) + b, return_counts=True)[1])
    true, made = _pairs(np.bincount(a)), _pairs(np.bincount(b))
    chance = true * made / _pairs(np.array([len(a)]))
    ari = (both - chance) / max((true + made) / 2 - chance, EPSILON)
    return ari, both / max(made, 1.0), both / max(true, 1.0)


def _pairs(sizes: Labels) -> float:
    return float((sizes.astype(float) * (sizes - 1) / 2).sum())


def linked(
    ads: corpora.Ads, *, run: SetWork = on_duckdb, **changes: float
) -> tuple[Labels, Labels, float, float]:
    """Return text groups, organiser groups, seconds and processor seconds, all through files."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "ads.csv"), Path(folder, "groups.csv")
        corpora.write_csv(ads, source)
        start, used = time.perf_counter(), time.process_time()
        settings = LinkSettings(**changes)
        link_file(source, out=out, key=KEY, today=ADVANCE, settings=settings, run=run)
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


def singles_grouped(ads: corpora.Ads, found: Labels) -> str:
    """Return the share of true singles that were put with others, with a 95 % interval (Wilson 1927)."""
    _, groups = np.unique(found, return_inverse=True)
    is_single = np.array(ads.is_single)
    count, wrong = int(is_single.sum()), int((np.bincount(groups)[groups] > 1)[is_single].sum())
    low, high = wilson(wrong, count)
    return f"ensamma i grupp {wrong}/{count} = {wrong / count:.3%} ({low:.3%}–{high:.3%})"


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share."""
    z = 1.96
    share, square = hits / count, z * z / count
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * np.sqrt(share * (1 - share) / count + square / count / 4)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def measured(asked: Run, bar: str, kind: str, count: int) -> None:
    """Print one set: ARI, precision, recall, singles in groups, seconds; and the others on it."""
    ads = SETS[kind](count, asked.seed)
    text, organiser, seconds, processor = linked(ads)
    truth, found = (ads.organiser, organiser) if ads.organiser else (ads.template, text)
    figures = _figures(np.array(truth), found)
    time_used = f"{seconds:.1f} s ({processor:.1f} s processor)"
    asked.table.row(bar, f"{kind} {count}", *figures, singles_grouped(ads, found), time_used)
    _plot(asked, OURS, kind, (count, agreement(np.array(truth), found)[0]))
    if ads.organiser:
        naive = _figures(np.array(truth), with_places(ads, found))
        asked.table.row("", "– och var plats binder ihop", *naive)
        return
    for name, peer in (peers() if count <= asked.peers_to else {}).items():
        start = time.perf_counter()
        groups = peer(ads.texts)
        took = f"{time.perf_counter() - start:.1f} s"
        asked.table.row("", f"– {name}", *_figures(np.array(truth), groups), took)
        _plot(asked, name, kind, (count, agreement(np.array(truth), groups)[0]))


def _figures(truth: Labels, found: Labels) -> list[str]:
    names = ("ARI", "precision", "täckning")
    return [f"{n} {v:.4f}" for n, v in zip(names, agreement(truth, found), strict=True)]


def _plot(asked: Run, name: str, kind: str, point: tuple[int, float]) -> None:
    if kind in {"hard", "retold"}:
        asked.curves.setdefault(f"{name}, {kind}", []).append(point)


def with_places(ads: corpora.Ads, found: Labels) -> Labels:
    """Return the groups joined wherever two ads share a place: what we do not do."""
    _, place = np.unique(ads.places, return_inverse=True)
    nodes = len(found) + int(place.max()) + 1
    first = np.unique(found, return_index=True, return_inverse=True)
    ends = np.concatenate([np.arange(len(found)), np.arange(len(found))])
    others = np.concatenate([len(found) + place, first[1][first[2]]])
    graph = csr_array((np.ones(len(ends)), (ends, others)), shape=(nodes, nodes))
    return connected_components(graph, directed=False)[1][: len(found)].astype(np.int64)


def threshold_moved(asked: Run) -> None:
    """Print L5: how the agreement changes when the threshold is a fifth lower or higher."""
    for kind in ("hard", "lineages", "retold"):
        ads = SETS[kind](10_000, asked.seed)
        base = LinkSettings().text_threshold
        aris = [
            agreement(np.array(ads.template), linked(ads, text_threshold=base * factor)[0])[0]
            for factor in (0.8, 1.0, 1.2)
        ]
        asked.table.row(
            "L5", f"{kind} 10000, −20 %, 0, +20 %", *(f"ARI {ari:.4f}" for ari in aris)
        )


def letters_and_languages(asked: Run) -> None:
    """Print L10: folded letters, and groups that span two made-up languages, by both generators."""
    for name, make, mixed in (
        ("hard", corpora.hard, corpora.languages),
        ("retold", grammar.retold, grammar.tongues),
    ):
        ads = make(10_000, asked.seed)
        truth = np.array(ads.template)
        aris = [agreement(truth, linked(each)[0])[0] for each in (ads, ads.folded())]
        asked.table.row("L10", f"{name}, å ä ö och utan prickar", *(f"ARI {a:.4f}" for a in aris))
        ads = mixed(10_000, asked.seed)
        truth, found = np.array(ads.template), linked(ads)[0]
        tongue = truth // 10**7
        recalls = [agreement(truth[tongue == n], found[tongue == n])[2] for n in range(4)]
        groups, sizes = np.unique(found, return_counts=True)
        spans = sum(len(np.unique(tongue[found == g])) > 1 for g in groups[sizes > 1])
        figures = [f"täckning {recall:.4f}" for recall in recalls]
        asked.table.row("L10", f"{name}, fyra språk", *figures, f"{spans} grupper över språk")


def two_hash_seeds(asked: Run) -> None:
    """Print L9: the file of groups, byte for byte, under two of Python's hash seeds."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "ads.csv")
        corpora.write_csv(corpora.organisers(10_000, asked.seed), source)
        for number in ("1", "2"):
            code = (
                "import sys; from pathlib import Path; from datetime import date;"
                "from nosvidere.engine.linkage import link_file;"
                "link_file(Path(sys.argv[1]), out=Path(sys.argv[2]), key=b'k' * 32, today=date(2021, 1, 1))"
            )
            command = [sys.executable, "-c", code, str(source), str(Path(folder, number))]
            subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": number})
        same = Path(folder, "1").read_bytes() == Path(folder, "2").read_bytes()
    asked.table.row("L9", "två hashfrön, 10000", f"samma grupper: {'ja' if same else 'NEJ'}")


def on_spark(asked: Run, count: int) -> None:
    """Print L12: pairs and groups on Spark against DuckDB."""
    if not find_spec("pyspark"):
        line = "hoppas över: pyspark saknas; .ci/spark installerar och prövar"
        asked.table.row("L12", f"Spark {count}", line)
        return
    ads = corpora.organisers(count, asked.seed)
    answers: list[set[tuple[int, int]]] = []

    def kept(way: SetWork) -> SetWork:
        def run(sentence: str, posting: object) -> object:
            found = way(sentence, posting)
            ends = (found["lower_text"].tolist(), found["upper_text"].tolist())
            answers.append(set(zip(*ends, strict=True)))
            return found

        return run

    here = linked(ads, run=kept(on_duckdb))
    with spark(SparkCluster()) as way:
        there = linked(ads, run=kept(way))
    is_same = all(np.array_equal(here[n], there[n]) for n in (0, 1))
    asked.table.row(
        "L12", f"Spark {count}", f"{len(answers[0])} par, samma: {'ja' if answers[0] == answers[1] else 'NEJ'}",
        f"samma grupper: {'ja' if is_same else 'NEJ'}", f"DuckDB {here[2]:.0f} s, Spark {there[2]:.0f} s",
    )  # fmt: skip


def sets(sizes: list[int]) -> list[tuple[str, str, int]]:
    """Return which sets are measured for which bar."""
    plan = [("L1", "easy", n) for n in (1_000, 3_000, 10_000)]
    plan += [("L3", kind, 1_000) for kind in ("hard", "retold")]
    plan += [("L2, L6", kind, n) for n in sizes for kind in ("hard", "retold", "lineages")]
    plan += [("L4", kind, max(sizes)) for kind in ("organisers", "households")]
    return [*plan, ("–", "short", 10_000)]


def main() -> None:
    """Print the table, and write it and the picture when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--million", action="store_true", help="also one million ads (minutes)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="fresh when not given")
    parser.add_argument("--peers-to", type=int, default=10_000, help="largest set for the others")
    parser.add_argument("--grown", type=int, default=100_000, help="ads in the index of L8")
    parser.add_argument("--out", type=Path, help="folder for linkage.md and linkage.svg")
    asked = parser.parse_args()
    run = Run(asked.seed, asked.peers_to, Table(), {})
    print(f"frö {asked.seed}", *missing(), sep="\n", flush=True)
    for bar, kind, count in sets(asked.size):
        measured(run, bar, kind, count)
    bars: list[Callable[[Run], None]] = [threshold_moved, letters_and_languages, two_hash_seeds]
    for bar in bars:
        bar(run)
    for row in grown(asked.grown, asked.seed):
        run.table.row(*row)
    on_spark(run, max(asked.size))
    if asked.million:
        run.table.lines += cost_table([1_000_000], asked.seed, times=1)[0].lines[2:]
    if asked.out:
        _written(run, asked.out)


def _written(run: Run, folder: Path) -> None:
    before = (
        "# Länkningens siffror\n\nSkrivna av `benchmarks/linkage.py`; frö "
        f"{run.seed}. Annonserna är påhittade, med facit. Vad siffrorna betyder står i "
        "[modellkortet](model-card-linkage.md); kostnaden per annons i [scale.md](scale.md).\n\n"
        "![Överensstämmelse med facit efter antal annonser](linkage.svg)"
    )
    run.table.write(folder / "linkage.md", before=before)
    picture = curves("Överensstämmelse (ARI)", run.curves, unit="ARI", span=(0.0, 1.0))
    (folder / "linkage.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
