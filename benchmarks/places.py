"""Measure text → address against the bars P1–P10: `python benchmarks/places.py [--size N] [--register FILE] [--blind FILE]`."""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import place_blind
import place_costs
import place_fit
import place_peers
import place_pictures
import place_texts
import place_writers
from place_measures import (
    Outcome,
    answered,
    bins_of,
    report,
    report_calibration,
    say,
    told,
)
from place_queries import Chance, Query, Register, make_register

from nosvidere.engine.places import Address, Index, Resolver, read_register

TODAY = date(2020, 10, 20)
SEED_OF_REGISTER = 7
MILLION = 1_000_000
Maker = Callable[[Register, Chance, int], list[Query]]


@dataclass(frozen=True, slots=True)
class Generator:
    """One generator of texts: its sets, and its texts about streets that were taken away."""

    title: str
    sets: dict[str, Maker]
    on_removed: Callable[[Sequence[Address], str, Chance, int], list[Query]]


GENERATORS = (
    Generator(
        "first generator (tuned on)",
        place_texts.SETS,
        lambda removed, home, chance, count: place_texts.on_removed(
            list(removed), home, chance, count
        ),
    ),
    Generator(
        "second generator (other rules, written before the tuning that followed it)",
        place_writers.SETS,
        place_writers.on_removed,
    ),
)


def real_register(path: Path) -> Register:
    """Return a real register as the benchmark holds it; its largest municipality is home."""
    rejected: list[object] = []
    addresses = list(read_register(path, today=TODAY, rejected=rejected.append))
    towns = [address.municipality for address in addresses]
    home = max(set(towns), key=towns.count)
    addresses = [replace(address, postcode=address.postcode or "41101") for address in addresses]
    say(f"{path.name}: {len(addresses)} addresses, {len(rejected)} rows rejected")
    return Register(addresses, home, {address.street for address in addresses})


def measured_index(addresses: Iterable[Address]) -> Index:
    """Write P8 of building, saving and opening; return the opened index."""
    start = time.perf_counter()
    index = Index.build(addresses)
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
        f"P8  {len(index)} addresses: built {built:.1f} s (bar 10), opened {opened:.2f} s (bar 0.5), "
        f"file {size / MILLION:.0f} MB"
    )
    return index


def removed_streets(
    generator: Generator, register: Register, options: argparse.Namespace
) -> list[Outcome]:
    """Write P6 with and without the country's list; return all outcomes."""
    chance = np.random.default_rng(options.seed + 6)
    kept, removed = place_texts.without_streets(register, chance)
    queries = generator.on_removed(removed, register.home, chance, options.count)
    index = Index.build(kept.addresses)
    outcomes: list[Outcome] = []
    for names, bar in ((register.country, 0.01), (None, 0.03)):
        resolver = Resolver(index, home_municipality=register.home, street_names_elsewhere=names)
        found = answered(resolver, queries)
        wrong = [outcome for outcome in found if outcome.is_confident_house]
        share = len(wrong) / len(found)
        how = "with" if names else "without"
        verdict = "ok" if share <= bar else "ABOVE"
        say(f"P6  {share:.4f} {how} the country's list, bar {bar}  {verdict}  n={len(found)}")
        for outcome in wrong[: options.show]:
            say(f"    {told(outcome)}")
        outcomes += found
    return outcomes


def measure(
    generator: Generator, register: Register, index: Index, options: argparse.Namespace
) -> tuple[dict[str, list[Query]], list[Outcome]]:
    """Write P1 to P10 of one generator; return its sets and all outcomes."""
    say(f"\n{generator.title}")
    resolver = Resolver(
        index, home_municipality=register.home, street_names_elsewhere=register.country
    )
    chance = np.random.default_rng(options.seed)
    sets = {name: make(register, chance, options.count) for name, make in generator.sets.items()}
    everything: list[Outcome] = []
    for name, queries in sets.items():
        outcomes = answered(resolver, queries)
        report(name, outcomes, show=options.show)
        everything += outcomes
    everything += removed_streets(generator, register, options)
    report_calibration(bins_of(everything))
    place_costs.report_answers(resolver, [q for queries in sets.values() for q in queries[:400]])
    return sets, everything


def run(options: argparse.Namespace) -> None:
    """Measure both generators on one register, and the peers on the same texts."""
    register = (
        real_register(options.register)
        if options.register
        else make_register(SEED_OF_REGISTER, options.size)
    )
    index = measured_index(register.addresses)
    curves = {}
    for generator in GENERATORS:
        sets, outcomes = measure(generator, register, index, options)
        curves[generator.title] = bins_of(outcomes)
        if options.peers:
            place_peers.compare(register.addresses, sets, options.peers)
    if options.draw:
        place_pictures.draw_calibration(curves, options.draw / "calibration.svg")


def parsed() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--size", type=int, default=300_000, help="addresses in the made-up register")
    add("--register", type=Path, help="a register file instead, or the one of --blind")
    add("--blind", type=Path, help="texts with their answers (JSON lines), asked of --register")
    add("--count", type=int, default=1800, help="texts per bar")
    add("--seed", type=int, default=2)
    add("--show", type=int, default=0, help="wrong answers to show per bar")
    add("--peers", type=int, default=100, help="texts per bar for the peers, 0 for none")
    add("--costs", action="store_true", help="only P8, from 10 000 addresses to the country")
    add("--fit", action="store_true", help="fit confidence.py on seed 1 and print the weights")
    add("--draw", type=Path, help="write the pictures to this folder")
    return parser.parse_args()


def main() -> None:
    """Read the options and measure."""
    options = parsed()
    if options.fit:
        place_fit.run()
    elif options.costs:
        costs = place_costs.run()
        if options.draw:
            place_pictures.draw_costs(costs, options.draw / "cost.svg")
    elif options.blind:
        place_blind.run(options)
    else:
        run(options)


if __name__ == "__main__":
    main()
