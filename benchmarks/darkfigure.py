"""Measure the dark figure against its bars: exactness, existence, speed, coverage and hidden dependence.

usage: OPENBLAS_NUM_THREADS=1 PYTHONPATH=src python benchmarks/darkfigure.py [--quick] [--pictures docs/darkfigure]

The published tables and answers are those of the tests. Everything simulated has its seed in its name.
Where Rscript is installed its draws are compared, and SparseMSE runs beside if it is there. A full run takes about
ten minutes.
"""

import argparse
import json
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
from darkfigure_pictures import draw_pictures
from scipy.optimize import linprog

from nosvidere.engine import darkfigure
from nosvidere.engine.darkfigure import CaptureTable
from nosvidere.engine.darkfigure.bic import bic_estimator
from nosvidere.engine.darkfigure.draws import draw
from nosvidere.engine.darkfigure.existence import settle
from nosvidere.engine.darkfigure.fitting import Floats, fit
from nosvidere.engine.darkfigure.intervals import Estimator, acceleration, bca_limits
from nosvidere.engine.darkfigure.models import Model
from nosvidere.engine.darkfigure.stepwise import choose

FILES = Path(__file__).parent.parent / "tests/engine/darkfigure/files"
GOLDEN = json.loads((FILES / "golden.json").read_text())
NEAR, POSITIVE = 0.05, 1e-7
FIVE_LISTS = ("uk_5", "netherlands_5", "new_orleans_5")


@dataclass(frozen=True)
class Population:
    """Four lists over a closed population: chances, and log odds of dependence between pairs."""

    name: str
    number: int
    chances: tuple[float, ...]
    dependences: dict[tuple[int, int], float]

    def cells(self) -> Floats:
        """Give the chance of each set of lists, shape (16,)."""
        k = len(self.chances)
        on = (np.arange(1 << k)[:, None] >> np.arange(k)) & 1
        odds = np.log(np.array(self.chances)) - np.log1p(-np.array(self.chances))
        logs = on @ odds
        for (a, b), size in self.dependences.items():
            logs = logs + size * on[:, a] * on[:, b]
        return np.exp(logs) / np.exp(logs).sum()


CHANCES = (0.15, 0.12, 0.10, 0.10)
TWO_WAYS = {(0, 1): 1.2, (2, 3): -1.0}  # two lists that pass cases on, two that keep apart
TWO_ALIKE = {(0, 1): 0.8, (1, 2): 0.8}
POPULATIONS = (
    Population("independence", 3_000, CHANCES, {}),
    Population("one dependence", 3_000, CHANCES, {(0, 1): 1.0}),
    Population("two dependences, one of each kind", 1_000, CHANCES, TWO_WAYS),
    Population("two dependences, both positive", 3_000, CHANCES, TWO_ALIKE),
    Population("two dependences, both positive", 1_000, CHANCES, TWO_ALIKE),
)


def table(name: str) -> CaptureTable:
    """Read a published table."""
    return darkfigure.read_table(FILES / f"{name}.csv")


def best_seconds(work: Callable[[], object], times: int = 5) -> float:
    """Give the shortest of some runs."""
    spent = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begin)
    return min(spent)


def exactness() -> None:
    """Print how far the points, models and posteriors are from the published answers (bars 1 to 3)."""
    print("## Points, models and posteriors (largest relative difference)")
    for name, known in GOLDEN.items():
        counts = table(name)
        independent, chosen = darkfigure.independence(counts), darkfigure.stepwise(counts)
        print(
            f"{name}: independence {abs(independent.estimate / known['independence'] - 1):.1e}, "
            f"stepwise {abs(chosen.estimate / known['stepwise'] - 1):.1e}"
        )
    for name in FIVE_LISTS:
        best, known = darkfigure.bic(table(name)), GOLDEN[name]["bic_order_2"]["top"]
        same = [c.model for c in best.top] == [c["model"] for c in known]
        apart = max(abs(c.bic - k["BIC"]) for c, k in zip(best.top, known, strict=True))
        averaged, posterior = darkfigure.decomposable(table(name)), GOLDEN[name]["decomposable_95"]
        equal = [averaged.estimate, *averaged.interval.limits] == [
            posterior["median"],
            *posterior["interval"],
        ]
        print(
            f"{name}: ten best models the same {same}, BIC within {apart:.1e}; graphs equal {equal}"
        )


def limits(seeds: int) -> None:
    """Print the BCa limits from the published seed, and how far other seeds move them (bar 4)."""
    print(f"\n## BCa limits: the published seed, and {seeds} other seeds with 1 000 replicates")
    for name, known in GOLDEN.items():
        for method, key in (
            ("stepwise", "stepwise_bca_95_seed_of_peer"),
            ("bic", "bic_top20_bca_95_seed_of_peer"),
        ):
            if key in known:
                counts = table(name)
                estimator = ESTIMATORS[method](counts)
                of = known["stepwise_bca_replicates"] if method == "stepwise" else 1_000
                same = drawn_limits(counts, estimator, of, published_order(name))
                runs = np.array(
                    [
                        darkfigure.bca_interval(counts, estimator, seed=s).limits
                        for s in range(seeds)
                    ]
                )
                apart = runs / known[key] - 1
                print(
                    f"{name} {method}: published {np.round(known[key])} of {of} replicates; the same seed "
                    f"{np.abs(same / known[key] - 1).max():.0e} apart; other seeds on average "
                    f"{apart.mean(axis=0)[0]:+.1%} {apart.mean(axis=0)[1]:+.1%}, standard deviation "
                    f"{apart.std(axis=0)[0]:.1%} {apart.std(axis=0)[1]:.1%}, both limits within 5 % in "
                    f"{(np.abs(apart) < NEAR).all(axis=1).mean():.0%}"
                )


ESTIMATORS: dict[str, Callable[[CaptureTable], Estimator]] = {
    "stepwise": lambda _counts: darkfigure.stepwise_estimates,
    "bic": bic_estimator,
}


def drawn_limits(
    counts: CaptureTable, estimator: Estimator, replicates: int, order: list[int]
) -> Floats:
    """Give the limits from the published seed with the histories drawn in the order published."""
    seen = counts.as_array()
    values = estimator(draw(seen, replicates, seed=darkfigure.FIRST_SEED, order=order))
    point = float(estimator(seen[None])[0])
    return np.array(bca_limits(point, values[np.isfinite(values)], acceleration(seen, estimator)))


def published_order(name: str) -> list[int]:
    """Give the histories in the order of the published file's rows."""
    rows = (FILES / f"{name}.csv").read_text().splitlines()[1:]
    seen = (row.split(",")[:-1] for row in rows)
    return [sum(1 << i for i, mark in enumerate(marks) if mark == "1") for marks in seen]


def existence(sparse: int) -> None:
    """Print how often fits and the linear program agree on whether an estimate exists (bar 5)."""
    print("\n## Existence against the linear program")
    for name in FIVE_LISTS:
        counts = table(name).as_array()
        print(f"{name}: {agreement(counts, darkfigure.hierarchical_models(5, 2))}")
    rng, total = np.random.default_rng(1), Counter[str]()
    for _ in range(sparse):
        counts = rng.poisson(rng.choice([0.3, 1, 4]) * rng.random(16) ** 3).astype(float)
        counts[0], counts[1] = 0, counts[1] + 1
        total += agreement(counts, darkfigure.hierarchical_models(4, 3))
    print(f"{sparse} sparse tables of four lists, order 3, seed 1: {total}")


def agreement(counts: Floats, models: tuple[Model, ...]) -> Counter[str]:
    """Count the models on which both say yes, both say no, or they differ."""
    widest = max(map(len, models))
    terms = np.array([[*m, *[-1] * (widest - len(m))] for m in models])
    tables = np.tile(counts, (len(models), 1))
    _, exists = settle(tables, terms, fit(tables, terms))
    known = [program(counts, model) for model in models]
    said = {(True, True): "exists", (False, False): "does not exist"}
    return Counter(said.get(pair, "DIFFER") for pair in zip(exists.tolist(), known, strict=True))


def program(counts: Floats, model: Model) -> bool:
    """Ask whether the margins can be met with all means positive (Fienberg & Rinaldo 2012), and the rank."""
    cells, terms = np.arange(1, len(counts))[:, None], np.array(model)
    design = (cells & terms == terms).astype(float)
    margins = counts[1:] @ design
    kept = ~design[:, margins == 0].any(axis=1)
    design = design[kept][:, margins > 0]
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return False
    size = len(design)
    answer = linprog(
        [*np.zeros(size), -1.0],
        A_ub=np.hstack([-np.eye(size), np.ones((size, 1))]),
        b_ub=np.zeros(size),
        A_eq=np.hstack([design.T, np.zeros((design.shape[1], 1))]),
        b_eq=margins[margins > 0],
    )
    return bool(-answer.fun > POSITIVE)


def speed() -> None:
    """Print the times of bar 6."""
    print("\n## Speed, best of five, seconds")
    uk, seeds = table("uk_5"), count(1)  # draws are kept, so each run needs a seed of its own
    for replicates, bar in ((100, 0.1), (1_000, 1.0)):
        work = lambda n=replicates: darkfigure.bca_interval(  # noqa: E731 - timed below
            uk, darkfigure.stepwise_estimates, seed=next(seeds), replicates=n
        )
        print(
            f"stepwise on uk_5 with {replicates} replicates: {best_seconds(work):.3f} (bar {bar})"
        )
    print(f"BIC over 1 024 models: {best_seconds(lambda: darkfigure.bic(uk)):.3f} (bar 0.05)")
    for name in GOLDEN:
        work = lambda n=name: darkfigure.estimate(table(n), seed=next(seeds))  # noqa: E731 - timed
        print(f"whole page on {name}: {best_seconds(work, 3):.2f} (bar 3)")


def coverage(sims: int) -> list[tuple[str, float, float]]:
    """Print how often the intervals hold the true number (bar 7); give (name, BCa, conditional)."""
    print(f"\n## Coverage of 95 % intervals, stepwise, {sims} tables each, 1 000 replicates")
    rows = []
    for seed, population in enumerate(POPULATIONS):
        rng, chances = np.random.default_rng(seed), population.cells()
        held, naive = 0, 0
        for sim in range(sims):
            counts = rng.multinomial(population.number, chances)
            counts[0] = 0
            drawn = CaptureTable(tuple("ABCD"), tuple(int(n) for n in counts))
            interval = darkfigure.bca_interval(drawn, darkfigure.stepwise_estimates, seed=sim)
            model = choose(drawn.as_array()[None]).model(0)
            conditional = darkfigure.conditional_interval(drawn, model)
            held += interval.low <= population.number <= interval.high
            naive += conditional.low <= population.number <= conditional.high
        rows.append((f"{population.name}, N = {population.number}", held / sims, naive / sims))
        print(
            f"{rows[-1][0]} (seed {seed}): BCa {held / sims:.3f}, conditional {naive / sims:.3f}"
        )
    return rows


def hidden(tables: int) -> None:
    """Print the verdicts where all lists see the same visible people, and where they do not (bar 8)."""
    print(f"\n## Verdicts under hidden differences in visibility, {tables} tables each")
    for visibility in (0.0, 0.6, 1.2):
        verdicts: Counter[str] = Counter()
        for seed in range(tables):
            rng = np.random.default_rng(seed)
            people = rng.normal(0, visibility, 2_000)[:, None] + rng.normal(-1.4, 0.3, 4)
            cells = (rng.random(people.shape) < 1 / (1 + np.exp(-people))) @ (1 << np.arange(4))
            counts = np.bincount(cells, minlength=16)
            counts[0] = 0
            seen = CaptureTable(tuple("ABCD"), tuple(int(n) for n in counts))
            verdicts[darkfigure.estimate(seen, seed=seed, replicates=200).verdict.kind] += 1
        print(f"spread of log odds {visibility}: {dict(verdicts)}")


R_DRAWS = """
counts <- read.csv(commandArgs(TRUE)[1])$count
set.seed(1234)
write(rmultinom(1000, sum(counts), counts), stdout(), ncolumns = length(counts))
"""
R_PACKAGE = """
suppressMessages(library(SparseMSE))
counts <- read.csv(commandArgs(TRUE)[1])
spent <- system.time(answer <- estimatepopulation(counts, nboot = 100))[["elapsed"]]
cat(answer$popest, answer$BCaquantiles[c(1, 8)], spent)
"""


def beside_r() -> None:
    """Compare draws with R, and run SparseMSE with 100 replicates, where they are installed."""
    print("\n## R beside")
    if shutil.which("Rscript") is None:
        print("Rscript is not installed, not measured")
        return
    for name in GOLDEN:
        told = said_by_r(R_DRAWS, name)
        order, counts = published_order(name), table(name).as_array()
        theirs = np.array([row.split() for row in told.splitlines()], dtype=float)
        ours = draw(counts, len(theirs), seed=darkfigure.FIRST_SEED, order=order)[:, order]
        print(f"{name}: {len(theirs)} tables drawn, the same as R's {(ours == theirs).all()}")
    print(f"SparseMSE on uk_5: {said_by_r(R_PACKAGE, 'uk_5') or 'not installed, not measured'}")


def said_by_r(script: str, name: str) -> str:
    """Give what R prints of a published table; nothing where a package is missing."""
    command = ["Rscript", "-e", script, str(FILES / f"{name}.csv")]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def main() -> None:
    """Measure everything, and draw the pictures when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few seeds and simulations")
    parser.add_argument("--pictures", type=Path, help="folder for the SVG pictures")
    asked = parser.parse_args()
    exactness()
    limits(3 if asked.quick else 100)
    existence(5 if asked.quick else 40)
    speed()
    rows = coverage(20 if asked.quick else 500)
    hidden(5 if asked.quick else 40)
    beside_r()
    if asked.pictures:
        uk = table("uk_5")
        replicates = darkfigure.stepwise_estimates(
            draw(uk.as_array(), 1_000, seed=darkfigure.FIRST_SEED)
        )
        answer = darkfigure.estimate(uk, seed=darkfigure.FIRST_SEED)
        draw_pictures(answer, replicates, rows, folder=asked.pictures)


if __name__ == "__main__":
    main()
