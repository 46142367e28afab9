"""P8: what building, opening and asking an index costs, at one size or from ten thousand addresses to the country."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import place_texts
from place_measures import say
from place_queries import TOWNS, Query, Register, stream

from nosvidere.engine.places import Address, Index, Resolver

SIZES = (10_000, 100_000, 300_000, 1_000_000, 3_500_000)
SEED_OF_REGISTER = 7
MILLION = 1_000_000
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """What an index of so many addresses costs, in seconds of one core, MB and texts a second."""

    addresses: int
    built_s: float
    opened_s: float
    file_mb: float
    build_mb: float
    answer_mb: float
    texts_per_s: float
    p95_ms: float

    def line(self) -> str:
        """Return the cost as one line that `parsed` reads back."""
        return " ".join(f"{name}={getattr(self, name)}" for name in self.__slots__)


def parsed(line: str) -> Cost:
    """Return the cost that a line tells."""
    values = dict(part.split("=") for part in line.split())
    return Cost(
        **{name: int(v) if name == "addresses" else float(v) for name, v in values.items()}
    )


class Timed:
    """The addresses of a stream, and the time that making them takes by itself."""

    def __init__(self, addresses: Iterator[Address]) -> None:
        """Take the stream."""
        self.addresses, self.spent = addresses, 0.0

    def __iter__(self) -> Iterator[Address]:
        """Yield the addresses."""
        start = time.process_time()
        for address in self.addresses:
            self.spent += time.process_time() - start
            yield address
            start = time.process_time()


def most_memory() -> float:
    """Return the most memory that the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def answer_times(resolver: Resolver, queries: Sequence[Query]) -> tuple[float, float, float]:
    """Return (texts a second, 95th percentile in ms, median in ms) of one core's own time."""
    times = []
    for query in queries:
        start = time.process_time()
        resolver.resolve(query.text)
        times.append(time.process_time() - start)
    p95, median = np.quantile(times, 0.95) * 1000, np.median(times) * 1000
    return len(times) / sum(times), float(p95), float(median)


def report_answers(resolver: Resolver, queries: Sequence[Query]) -> None:
    """Write how fast texts are answered."""
    rate, slow, median = answer_times(resolver, queries)
    say(
        f"P8  {rate:.0f} texts/s (bar 1500), p95 {slow:.2f} ms (bar 5), median {median:.2f} ms, one core"
    )


def build(path: Path, size: int) -> float:
    """Build an index of a stream of addresses and save it; return the seconds of building alone."""
    addresses = Timed(stream(np.random.default_rng(SEED_OF_REGISTER), size))
    start = time.process_time()
    index = Index.build(addresses)
    took = time.process_time() - start - addresses.spent
    index.save(path)
    return took


def asked(path: Path) -> tuple[float, float, float, int]:
    """Open an index and ask it a thousand texts; return (opened in s, texts a second, p95 in ms, addresses)."""
    opened = []
    for _ in range(ROUNDS):
        start = time.process_time()
        index = Index.open(path)
        opened.append(time.process_time() - start)
    resolver, chance = Resolver(index, home_municipality=TOWNS[0]), np.random.default_rng(1)
    rows = [index.at(int(row)) for row in chance.integers(0, len(index), 20_000)]
    texts = place_texts.sentences(Register(rows, TOWNS[0]), chance, 1000)
    rounds = [answer_times(resolver, texts)[:2] for _ in range(ROUNDS)]
    rate, slow = (float(np.median(each)) for each in zip(*rounds, strict=True))
    return float(np.median(opened)), rate, slow, len(index)


def _alone(*arguments: str) -> list[str]:
    """Return the words that this script writes when run in a process of its own, so that memory is its own."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.split()


def cost(size: int) -> Cost:
    """Return the cost of one size: built in one process, opened and asked in another; medians of three rounds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.index"
        builds = [
            _alone("build", str(path), str(size)) for _ in range(ROUNDS if size < MILLION else 1)
        ]
        built, build_mb = (float(np.median([float(b[at]) for b in builds])) for at in (0, 1))
        opened, rate, slow, count, answer_mb = map(float, _alone("ask", str(path)))
        file_mb = path.stat().st_size / MILLION
    figures = (built, opened, file_mb, build_mb, answer_mb, rate, slow)
    return Cost(int(count), *(round(each, 3) for each in figures))


def run() -> list[Cost]:
    """Measure and write every size."""
    costs = []
    for size in SIZES:
        costs.append(cost(size))
        say(f"P8  {costs[-1].line()}")
    return costs


def main() -> None:
    """Build or ask, in a process of its own, and write figures with spaces between."""
    what, path = sys.argv[1], Path(sys.argv[2])
    figures: tuple[float, ...] = (
        (build(path, int(sys.argv[3])),) if what == "build" else asked(path)
    )
    sys.stdout.write(" ".join(map(str, (*figures, most_memory()))))


if __name__ == "__main__":
    main()
