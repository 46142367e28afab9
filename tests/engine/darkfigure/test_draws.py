import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, chisquare

from nosvidere.engine.darkfigure.draws import (
    _binomial,
    _inverted,
    _uniform,
    draw,
    drawing_order,
)

DRAWN_BY_R = json.loads((Path(__file__).parent / "files" / "drawn_by_r.json").read_text())


def test_uniform_numbers_are_those_of_r():
    """As R prints them after `set.seed(1234); runif(3)`."""
    numbers = list(islice(_uniform(1234), 3))

    assert numbers == pytest.approx(
        [0.113703411305323, 0.622299404814839, 0.609274732880294], abs=1e-14
    )


@pytest.mark.parametrize("known", DRAWN_BY_R["binomial"], ids=lambda k: f"{k['n']}, {k['p']}")
def test_binomial_numbers_are_those_of_r(known):
    uniform = _uniform(DRAWN_BY_R["seed"])

    drawn = [_binomial(known["n"], known["p"], uniform) for _ in known["drawn"]]

    assert drawn == known["drawn"]


def test_tables_are_those_of_r():
    known = DRAWN_BY_R["multinomial"]

    drawn = draw(np.array([0, *known["counts"]]), 5, seed=DRAWN_BY_R["seed"], order=range(1, 8))

    assert drawn[:, 1:].tolist() == known["drawn"]


@pytest.mark.parametrize(("n", "p"), [(40, 0.3), (900, 0.5), (5_000, 0.9)])
def test_binomial_numbers_have_their_distribution(n, p):
    uniform = _uniform(5)
    drawn = [_binomial(n, p, uniform) for _ in range(20_000)]

    edges = np.unique(binom.ppf(np.linspace(0.05, 0.95, 10), n, p))
    seen = np.bincount(np.searchsorted(edges, drawn), minlength=len(edges) + 1)
    expected = np.diff(binom.cdf(edges, n, p), prepend=0, append=1)
    assert chisquare(seen, expected * 20_000).pvalue > 0.001


def test_replicates_hold_as_many_cases_and_only_seen_histories(uk):
    drawn = draw(uk.as_array(), 50, seed=3)

    assert (drawn.sum(axis=1) == uk.observed).all()
    assert (drawn[:, uk.as_array() == 0] == 0).all()
    assert drawn.mean(axis=0) == pytest.approx(uk.as_array(), abs=15)


def test_a_seed_draws_the_same_tables_and_another_seed_others(uk):
    first, again, other = (draw(uk.as_array(), 5, seed=seed) for seed in (1, 1, 2))

    assert (first == again).all()
    assert (first != other).any()


def test_a_walk_that_rounding_leaves_without_an_end_begins_again():
    past_the_end = iter([1.5, 0.0])

    assert _inverted(5, 0.5, past_the_end) == 0


def test_one_history_alone_is_drawn_each_time():
    assert draw(np.array([0.0, 0, 7, 0]), 3, seed=1).tolist() == [[0, 0, 7, 0]] * 3


def test_cells_are_drawn_singles_first():
    assert drawing_order(8) == [0, 1, 2, 4, 3, 5, 6, 7]
