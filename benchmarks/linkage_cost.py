"""What one ad costs from ten thousand to a million: processor time, wall clock and memory, each run in its own process.

usage: python benchmarks/linkage_cost.py [--sizes 10000 30000 …] [--times 3] [--seed N] [--out docs]

The processor time counts all processes of the run; on a shared machine it says more than the clock.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ad_corpora as corpora
from linkage_figures import Table, curves

from nosvidere.engine.linkage import link_file

KEY = b"benchmark key, thirty-two bytes."
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
LARGE = 300_000  # from here on one run is enough


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and on the processors, and the largest memory of the main process in GB."""

    wall: float
    cpu: float
    peak: float


def cost_of(path: Path, *, workers: int) -> Cost:
    """Return what linking a file costs, in a process of its own."""
    command = [sys.executable, __file__, "--one", str(path), "--workers", str(workers)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(**json.loads(done.stdout))


def _one(path: Path, workers: int) -> None:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "groups.csv")
        link_file(path, out=out, key=KEY, today=date(2021, 1, 1), workers=workers)
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    cost = {"wall": time.perf_counter() - start, "cpu": cpu, "peak": own.ru_maxrss / 1e6}
    print(json.dumps(cost))


def median_cost(path: Path, *, times: int, workers: int) -> Cost:
    """Return the median of some runs."""
    runs = [cost_of(path, workers=workers) for _ in range(times)]
    return Cost(
        *(
            statistics.median(getattr(run, name) for run in runs)
            for name in ("wall", "cpu", "peak")
        )
    )


def table(sizes: list[int], seed: int, *, times: int) -> tuple[Table, list[tuple[int, Cost]]]:
    """Print and return the cost of each size, on hard ads."""
    found, rows = [], Table()
    for count in sizes:
        workers = (os.cpu_count() or 1) if count >= 50_000 else 1  # noqa: PLR2004 - as the link command does
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "ads.csv")
            corpora.write_csv(corpora.hard(count, seed), path)
            cost = median_cost(path, times=1 if count >= LARGE else times, workers=workers)
        found.append((count, cost))
        rows.row(
            "L7", f"{count} annonser", f"{cost.wall:.1f} s på klockan", f"{cost.cpu:.1f} s processor",
            f"{cost.cpu / count * 1e3:.3f} ms per annons", f"{cost.peak:.2f} GB",
        )  # fmt: skip
    return rows, found


def main() -> None:
    """Print the table and draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--out", type=Path, help="folder for the table and the picture")
    asked = parser.parse_args()
    if asked.one:
        _one(asked.one, asked.workers)
        return
    print(f"seed {asked.seed}, {os.cpu_count()} processors")
    _, found = table(asked.sizes, asked.seed, times=asked.times)
    if asked.out:
        points = [(float(count), cost.cpu / count * 1e3) for count, cost in found]
        picture = curves(
            "Processortid per annons", {"nosvidere link": points}, unit="ms", span=(0.0, 0.3)
        )
        (asked.out / "scale.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
