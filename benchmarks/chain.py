"""Measure the chain on the fictitious town: how good the first places are beside simple rankings, and how long it takes.

usage: PYTHONPATH=src python benchmarks/chain.py [--seeds 5] [--depth 30]

Each seed is a town and a season of its own (20 000 addresses, 500 tips, 5 000 ads) with its truth. The chain sees
the files alone. The baselines rank the addresses that the same tips name: most tips, newest tip, by chance. "In use"
counts a flat as right when the truth says that it was used; "blocked" is a place in the first ones that is known to be innocent.
"""

import argparse
import resource
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

from nosvidere.engine.town import (
    Season,
    make_season,
    make_town,
    rank_by_chance,
    rank_by_tips,
    rank_newest,
    score_ranking,
    write_town,
)
from nosvidere.sites import chain
from nosvidere.sites.whole import whole_folder

DEPTH = 30
TODAY = date(2021, 1, 1)
BAR_SECONDS = 20.0


@dataclass(frozen=True)
class Run:
    """One season: precision among the first places by ranking, and what else there is to know."""

    seed: int
    precision: dict[str, float]
    wrong_homes: dict[str, int]
    found: float
    innocent: int
    first_is_blocked: bool
    seconds: float

    @property
    def margin(self) -> float:
        """Return how far the chain is above the best of the simple rankings."""
        simple = [value for name, value in self.precision.items() if name != "chain"]
        return self.precision["chain"] - max(simple)


def run_seed(seed: int, depth: int) -> Run:
    """Return what the chain and the baselines make of the season of one seed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        town = make_town(seed)
        season = make_season(town, seed)
        write_town(town, season, folder)
        began = time.perf_counter()
        results = run_files(folder, home=town.name, seed=seed)
        seconds = time.perf_counter() - began
    return scored(results, season, seed=seed, depth=depth, seconds=seconds)


def run_files(folder: Path, *, home: str, seed: int) -> chain.Results:
    """Run the whole chain on the files of a folder, as the command does."""
    files = chain.Files(folder / "register.csv", folder / "tips.jsonl", folder / "ads.csv")
    with (
        whole_folder(folder / "out") as out,
        chain.refusals_in(out / "rejected.csv") as refused,
    ):
        gathered = chain.gather(
            files, home_municipality=home, key=bytes(32), today=TODAY, refused=refused
        )
        on = gathered.last_day(default=TODAY)
        ranked = chain.rank_places(gathered, on=on)
        laid = chain.lay_plan(ranked, shifts=4, teams=6, seed=seed)
        results = chain.Results(on, gathered, ranked, laid, chain.not_mappable(ranked))
        chain.write_results(results, out)
    return results


def rankings(results: chain.Results, *, seed: int) -> dict[str, list[str]]:
    """Return the chain's ranking and the three simple ones, all from the same resolved tips."""
    told = [
        (tip.row.received_at.isoformat(), tip.address_id)
        for tip in results.gathered.tips
        if tip.address_id
    ]
    return {
        "chain": [place.address.id for place in results.ranked],
        "most tips": rank_by_tips(told),
        "newest tip": rank_newest(told),
        "chance": rank_by_chance((address for _, address in told), seed=seed),
    }


def scored(
    results: chain.Results, season: Season, *, seed: int, depth: int, seconds: float
) -> Run:
    """Return the rankings against the truth."""
    orders = rankings(results, seed=seed)
    scores = {
        name: score_ranking(order, season.truth, depth=depth) for name, order in orders.items()
    }
    innocent = set(season.truth["innocent"])
    return Run(
        seed=seed,
        precision={name: score.precision for name, score in scores.items()},
        wrong_homes={name: score.wrong_homes for name, score in scores.items()},
        found=scores["chain"].active_found,
        innocent=sum(address in innocent for address in orders["chain"][:depth]),
        first_is_blocked=results.ranked[0].weighing.blocked_until is not None,
        seconds=seconds,
    )


def tell(runs: list[Run], depth: int) -> None:
    """Print one line per seed and the means."""
    names = list(runs[0].precision)
    print(f"Share in use among the first {depth} places")
    print(
        "seed  " + "".join(f"{name:>12}" for name in names) + "   margin  found  innocent  seconds"
    )
    for run in runs:
        cells = "".join(f"{run.precision[name]:>12.3f}" for name in names)
        print(
            f"{run.seed:>4}  {cells}{run.margin:>+9.3f}{run.found:>7.2f}{run.innocent:>10}{run.seconds:>9.1f}"
        )
    means = "".join(f"{fmean(run.precision[name] for run in runs):>12.3f}" for name in names)
    print(f"mean  {means}")
    slowest = max(run.seconds for run in runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"slowest run {slowest:.1f} s (bar {BAR_SECONDS:.0f} s), peak memory {peak:.0f} MB with the town in it"
    )
    print(
        f"blocked place ranked first: {sum(run.first_is_blocked for run in runs)} of {len(runs)} seeds"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--depth", type=int, default=DEPTH)
    asked = parser.parse_args()
    tell([run_seed(seed, asked.depth) for seed in range(1, asked.seeds + 1)], asked.depth)


if __name__ == "__main__":
    main()
