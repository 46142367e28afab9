"""Measure on texts that somebody wrote without having seen the resolver: JSON lines, asked of their own register.

Each line is {"id", "part": "P1"…"P10", "kind", "text", "home_municipality", "expected": [{"street", "number", "letter",
"level", "apartment", "floor", "municipality" where the street lies in several}]}.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import place_costs
import place_peers
import place_pictures
from place_measures import (
    BLIND_BARS,
    Outcome,
    answered,
    bins_of,
    report,
    report_calibration,
    say,
)
from place_queries import Query, Truth

from nosvidere.engine.places import Address, Index, Resolver, read_register
from nosvidere.kernel.time import today

EXACT = "exact"
Key = tuple[str, str, str]


class Answers:
    """Finds the registered address that an expected answer names."""

    def __init__(self, addresses: list[Address], home: str) -> None:
        """Take the register; where nothing else is said, an address lies in the home municipality."""
        self.home = home
        self.houses: dict[Key, list[Address]] = {}
        for address in addresses:
            key = (address.street, address.number, address.letter)
            self.houses.setdefault(key, []).append(address)

    def truth(self, expected: dict[str, Any]) -> Truth:
        """Return one expected mention as the measures take it; raise KeyError for a house that no register row holds."""
        key = (expected["street"], expected["number"], expected["letter"])
        house = ""
        if expected["level"] == EXACT:
            wanted = expected.get("municipality") or self.home
            there = self.houses[key]
            house = next((a for a in there if a.municipality == wanted), there[0]).id
        inside = [expected[name] or "" for name in ("apartment", "floor")]
        return Truth(house, *key, *inside, level=expected["level"])


def queries_of(path: Path, answers: Answers) -> Iterator[tuple[str, Query]]:
    """Yield (bar, query) of each line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        truths = tuple(answers.truth(expected) for expected in row["expected"])
        yield row["part"], Query(row["text"], row["kind"], truths)


def run(options: argparse.Namespace) -> None:
    """Write every bar that the texts are about."""
    rejected: list[object] = []
    addresses = list(read_register(options.register, today=today(), rejected=rejected.append))
    home = json.loads(options.blind.read_text(encoding="utf-8").split("\n", 1)[0])[
        "home_municipality"
    ]
    say(f"{options.blind.name} on {len(addresses)} addresses, {len(rejected)} rows rejected")
    sets: dict[str, list[Query]] = {}
    for part, query in queries_of(options.blind, Answers(addresses, home)):
        sets.setdefault(part, []).append(query)
    resolver = Resolver(Index.build(addresses), home_municipality=home)
    everything: list[Outcome] = []
    for part in sorted(sets, key=lambda name: int(name[1:])):
        outcomes = answered(resolver, sets[part])
        report(part, outcomes, bars=BLIND_BARS, show=options.show)
        everything += outcomes
    report_calibration(bins_of(everything))
    place_costs.report_answers(resolver, [query for queries in sets.values() for query in queries])
    if options.peers:
        place_peers.compare(addresses, sets, options.peers)
    if options.draw:
        curve = {f"{options.blind.stem}": bins_of(everything)}
        place_pictures.draw_calibration(curve, options.draw / f"{options.blind.stem}.svg")
