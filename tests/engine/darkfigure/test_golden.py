import csv
import json
from pathlib import Path

import numpy as np
import pytest

from nosvidere.engine.darkfigure import (
    bca_interval,
    bic,
    decomposable,
    estimate,
    independence,
    stepwise,
    stepwise_estimates,
)
from nosvidere.engine.darkfigure.bic import bic_estimator
from nosvidere.engine.darkfigure.draws import FIRST_SEED, draw
from nosvidere.engine.darkfigure.intervals import acceleration, bca_limits

FILES = Path(__file__).parent / "files"
GOLDEN = json.loads((FILES / "golden.json").read_text())
FIVE_LISTS = ["uk_5", "netherlands_5", "new_orleans_5"]


@pytest.mark.parametrize("name", GOLDEN)
def test_independence_and_stepwise_give_the_published_points(name, published):
    table, known = published(name), GOLDEN[name]

    assert independence(table).estimate == pytest.approx(known["independence"], rel=1e-6)
    assert stepwise(table).estimate == pytest.approx(known["stepwise"], rel=1e-6)
    assert table.observed == known["observed"]


@pytest.mark.parametrize("name", FIVE_LISTS)
def test_bic_gives_the_published_ten_best_models(name, published):
    known = GOLDEN[name]["bic_order_2"]

    answer = bic(published(name))

    assert answer.model == known["model"]
    assert [c.model for c in answer.top] == [c["model"] for c in known["top"]]
    assert [c.bic for c in answer.top] == pytest.approx([c["BIC"] for c in known["top"]], abs=1e-6)
    assert [c.estimate for c in answer.top] == pytest.approx(
        [c["abundance"] for c in known["top"]], rel=1e-6
    )


@pytest.mark.parametrize("name", FIVE_LISTS)
def test_averaging_over_graphs_gives_the_published_median_and_interval(name, published):
    known = GOLDEN[name]["decomposable_95"]

    answer = decomposable(published(name))

    assert answer.estimate == known["median"]
    assert list(answer.interval.limits) == known["interval"]


def _limits(table, estimator, *, replicates, order):
    """The limits of replicates drawn from the published seed, with the histories in the order published."""
    counts = table.as_array()
    values = estimator(draw(counts, replicates, seed=FIRST_SEED, order=order))
    point = float(estimator(counts[None])[0])
    return bca_limits(point, values[np.isfinite(values)], acceleration(counts, estimator))


def _order(name):
    """The histories as the published table has its rows."""
    with (FILES / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return [sum(1 << i for i, seen in enumerate(row[:-1]) if seen == "1") for row in rows]


@pytest.mark.parametrize("name", GOLDEN)
def test_the_published_seed_gives_the_published_limits_of_stepwise(name, published):
    known = GOLDEN[name]

    limits = _limits(
        published(name),
        stepwise_estimates,
        replicates=known["stepwise_bca_replicates"],
        order=_order(name),
    )

    assert limits == pytest.approx(known["stepwise_bca_95_seed_of_peer"], rel=1e-8)


@pytest.mark.parametrize("name", ["uk_5", "new_orleans_5"])
def test_the_published_seed_gives_the_published_limits_of_bic(name, published):
    table = published(name)

    answer = bca_interval(table, bic_estimator(table), seed=FIRST_SEED)

    assert answer.limits == pytest.approx(GOLDEN[name]["bic_top20_bca_95_seed_of_peer"], rel=1e-8)


@pytest.mark.parametrize("name", ["uk_5", "new_orleans_5"])
def test_the_limits_of_the_whole_answer_are_the_published_ones(name, published):
    answer = estimate(published(name), seed=FIRST_SEED, method="stepwise")

    limits = answer.methods["stepwise"].interval.limits
    assert limits == pytest.approx(GOLDEN[name]["stepwise_bca_95_seed_of_peer"], rel=1e-8)
