"""Measure text → address against the bars P1–P10: `python benchmarks/places.py [--size N] [--register FILE] [--fit]`."""

import argparse
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import place_fit
import place_peers
import place_texts
from place_queries import TOWNS, Query, Register, make_register, stream

from nosvidere.engine.places import (
    AUTO_THRESHOLD,
    Address,
    Index,
    Mention,
    Resolver,
    read_register,
)

BARS = {"P1": 0.98, "P2": 0.97, "P3": 0.97, "P4": 0.995, "P5": 0.995, "P9": 0.99, "P10": 0.95}
TODAY = date(2020, 10, 20)
BINS = 10
CALIBRATION_BAR = 0.05
SEED_OF_REGISTER = 7
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """One query answered."""

    query: Query
    mentions: Sequence[Mention]

    @property
    def ids(self) -> set[str]:
        """Return the houses that the answer points out."""
        return {mention.address_id for mention in self.mentions if mention.address_id}

    @property
    def is_right(self) -> bool:
        """Say whether the answer is what the bar asks for."""
        wanted = {truth.address_id for truth in self.query.truths if truth.address_id}
        if not wanted:
            return not self.ids
        best = max(self.mentions, key=lambda mention: mention.confidence, default=None)
        return best is not None and best.address_id in wanted

    @property
    def is_right_inside(self) -> bool:
        """Say whether house, apartment and floor are right."""
        truth = self.query.truths[0] if self.query.truths else None
        return truth is not None and any(
            (mention.address_id, mention.apartment, mention.floor)
            == (truth.address_id, truth.apartment, truth.floor)
            for mention in self.mentions
        )

    @property
    def is_street_level(self) -> bool:
        """Say whether the street is found and no house."""
        return not self.ids and any(
            mention.street == self.query.truths[0].street for mention in self.mentions
        )

    @property
    def is_confident_house(self) -> bool:
        """Say whether a house is pointed out at the auto threshold."""
        return any(
            mention.address_id and mention.confidence >= AUTO_THRESHOLD
            for mention in self.mentions
        )


def say(text: str) -> None:
    """Write one line."""
    sys.stdout.write(text + "\n")


def answered(resolver: Resolver, queries: Iterable[Query]) -> list[Outcome]:
    """Return the queries with their answers."""
    return [Outcome(query, resolver.resolve(query.text)) for query in queries]


def marks(name: str, outcome: Outcome) -> list[bool]:
    """Return what counts for the bar in one answer: each mention wanted for P3, else the answer as a whole."""
    if name == "P3":
        return [truth.address_id in outcome.ids for truth in outcome.query.truths]
    if name == "P5":
        return [outcome.is_street_level]
    return [outcome.is_right_inside if name == "P9" else outcome.is_right]


def figure(name: str, outcomes: Sequence[Outcome]) -> float:
    """Return the share that the bar is about."""
    return float(np.mean([mark for outcome in outcomes for mark in marks(name, outcome)]))


def report(name: str, outcomes: Sequence[Outcome], show: int) -> None:
    """Write one bar, for P1 and P2 by kind of noise, and some of what went wrong."""
    value = figure(name, outcomes)
    say(
        f"{name}  {value:.4f}  bar {BARS[name]}  {'ok' if value >= BARS[name] else 'BELOW'}  n={len(outcomes)}"
    )
    kinds: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.query.kind].append(outcome.is_right)
    if name in {"P1", "P2"}:
        say("    " + "  ".join(f"{kind} {np.mean(right):.3f}" for kind, right in kinds.items()))
    wrong = [outcome for outcome in outcomes if figure(name, [outcome]) < 1]
    for outcome in wrong[:show]:
        said = [
            (m.text, m.street, m.number, m.letter, m.level, m.apartment, m.floor, m.confidence)
            for m in outcome.mentions
        ]
        say(
            f"    {outcome.query.kind}: {outcome.query.text!r} wanted {outcome.query.truths} got {said}"
        )


def calibration_error(outcomes: Iterable[Outcome]) -> tuple[float, list[str]]:
    """Return the expected calibration error over the houses pointed out, ten bins, and a line per bin."""
    pairs = [
        (
            mention.confidence,
            any(truth.address_id == mention.address_id for truth in outcome.query.truths),
        )
        for outcome in outcomes
        for mention in outcome.mentions
        if mention.address_id
    ]
    confidences, right = (
        np.array([pair[0] for pair in pairs]),
        np.array([pair[1] for pair in pairs]),
    )
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    error, lines = 0.0, []
    for place in range(BINS):
        inside = bins == place
        if inside.any():
            said, was = confidences[inside].mean(), right[inside].mean()
            error += abs(said - was) * inside.mean()
            lines.append(
                f"    {place / BINS:.1f}–{(place + 1) / BINS:.1f}: said {said:.3f}, was {was:.3f}, n={inside.sum()}"
            )
    return error, lines


def real_register(path: Path) -> Register:
    """Return a real register as the benchmark holds it; its largest municipality is home."""
    rejected: list[object] = []
    addresses = list(read_register(path, today=TODAY, rejected=rejected.append))
    towns = [address.municipality for address in addresses]
    home = max(set(towns), key=towns.count)
    addresses = [replace(address, postcode=address.postcode or "41101") for address in addresses]
    say(f"{path.name}: {len(addresses)} addresses, {len(rejected)} rows rejected")
    return Register(addresses, home, {address.street for address in addresses})


def measure_speed(register: Register) -> Index:
    """Write P8: building, saving, opening, answering and memory; return the opened index."""
    start = time.perf_counter()
    index = Index.build(register.addresses)
    built = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.index"
        index.save(path)
        size = path.stat().st_size
        del index
        start = time.perf_counter()
        index = Index.open(path)
        opened = time.perf_counter() - start
    say(
        f"P8  built {built:.1f} s (bar 10), opened {opened:.2f} s (bar 0.5), file {size / MILLION:.0f} MB"
    )
    return index


def measure_answers(resolver: Resolver, queries: Sequence[Query]) -> None:
    """Write texts a second and the 95th percentile of one core's own time."""
    times = []
    for query in queries:
        start = time.process_time()
        resolver.resolve(query.text)
        times.append(time.process_time() - start)
    rate, slow = len(times) / sum(times), float(np.quantile(times, 0.95)) * 1000
    say(
        f"P8  {rate:.0f} texts/s (bar 1500), p95 {slow:.2f} ms (bar 5), median {np.median(times) * 1000:.2f} ms"
    )


def most_memory() -> float:
    """Return the most memory that the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_alone(size: int) -> None:
    """Write P8 for an index built from a stream, with nothing else in memory: what a load costs."""
    chance, before = np.random.default_rng(SEED_OF_REGISTER), most_memory()
    start = time.process_time()
    addresses = Timed(stream(chance, size))
    index = Index.build(addresses)
    built = time.process_time() - start - addresses.spent
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.index"
        index.save(path)
        start = time.process_time()
        opened = Index.open(path)
        took = time.process_time() - start
    resolver = Resolver(opened, home_municipality=TOWNS[0])
    say(
        f"P8  {len(opened)} addresses: built {built:.1f} s, opened {took:.2f} s, {most_memory():.0f} MB at most ({before:.0f} before)"
    )
    rows = [opened.at(int(row)) for row in chance.integers(0, len(opened), 20_000)]
    texts = place_texts.sentences(Register(rows, TOWNS[0]), chance, 1000)
    measure_answers(resolver, texts)


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


def removed_streets(register: Register, seed: int, count: int, show: int) -> list[Outcome]:
    """Write P6 with and without the country's list; return all outcomes."""
    chance = np.random.default_rng(seed + 6)
    kept, removed = place_texts.without_streets(register, chance)
    queries = place_texts.on_removed(removed, register.home, chance, count)
    index = Index.build(kept.addresses)
    outcomes: list[Outcome] = []
    for names, bar in ((register.country, 0.01), (None, 0.03)):
        resolver = Resolver(index, home_municipality=register.home, street_names_elsewhere=names)
        found = answered(resolver, queries)
        wrong = [outcome for outcome in found if outcome.is_confident_house]
        share = len(wrong) / len(found)
        how = "with" if names else "without"
        say(
            f"P6  {share:.4f} {how} the country's list, bar {bar}  {'ok' if share <= bar else 'ABOVE'}  n={len(found)}"
        )
        for outcome in wrong[:show]:
            said = [(m.street, m.number, m.letter, m.confidence) for m in outcome.mentions]
            say(
                f"    {outcome.query.text!r} wanted none ({outcome.query.truths[0].street}) got {said}"
            )
        outcomes += found
    return outcomes


def peers(register: Register, sets: dict[str, list[Query]], count: int) -> None:
    """Write what rapidfuzz and SQLite FTS5 make of the same texts."""
    for kind in (place_peers.RapidFuzz, place_peers.Trigrams):
        peer, start, asked = kind(register.addresses), time.perf_counter(), 0
        shares = []
        for name in ("P1", "P2", "P4", "P5", "P10"):
            shares.append(f"{name} {place_peers.hits(peer, sets[name][:count]):.3f}")
            asked += len(sets[name][:count])
        rate = asked / (time.perf_counter() - start)
        say(f"peer {kind.__name__}: {', '.join(shares)}, {rate:.0f} texts/s, n={count} each")


def run(options: argparse.Namespace) -> None:
    """Measure everything on one register."""
    register = (
        real_register(options.register)
        if options.register
        else make_register(SEED_OF_REGISTER, options.size)
    )
    index = measure_speed(register)
    resolver = Resolver(
        index, home_municipality=register.home, street_names_elsewhere=register.country
    )
    chance = np.random.default_rng(options.seed)
    sets = {name: make(register, chance, options.count) for name, make in place_texts.SETS.items()}
    everything: list[Outcome] = []
    for name, queries in sets.items():
        outcomes = answered(resolver, queries)
        report(name, outcomes, options.show)
        everything += outcomes
    measure_answers(resolver, [query for queries in sets.values() for query in queries[:400]])
    everything += removed_streets(register, options.seed, options.count, options.show)
    error, bins = calibration_error(everything)
    say(
        f"P7  {error:.4f}  bar {CALIBRATION_BAR}  {'ok' if error <= CALIBRATION_BAR else 'ABOVE'}  houses pointed out in all sets\n"
        + "\n".join(bins)
    )
    if options.peers:
        peers(register, sets, options.peers)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--size", type=int, default=300_000, help="addresses in the made-up register"
    )
    parser.add_argument("--register", type=Path, help="a real register instead")
    parser.add_argument("--count", type=int, default=1800, help="texts per bar")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--show", type=int, default=0, help="wrong answers to show per bar")
    parser.add_argument(
        "--peers", type=int, default=100, help="texts per bar for the peers, 0 for none"
    )
    parser.add_argument(
        "--alone",
        action="store_true",
        help="only the cost of an index of --size addresses (3500000: the country)",
    )
    parser.add_argument(
        "--fit",
        action="store_true",
        help="fit the weights of confidence.py on seed 1 and print them",
    )
    options = parser.parse_args()
    if options.fit:
        place_fit.run()
    elif options.alone:
        measure_alone(options.size)
    else:
        run(options)


if __name__ == "__main__":
    main()
