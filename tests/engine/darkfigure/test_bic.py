import numpy as np
import pytest

from nosvidere.engine.darkfigure import (
    CaptureTable,
    best_models,
    bic,
    has_estimate,
    hierarchical_models,
)
from nosvidere.engine.darkfigure.bic import (
    _goal,
    _ranked,
    _score,
    _within_reach,
    best_of,
    bic_estimator,
)


def _six_lists(seed=3):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(200 * 0.25 ** np.array([c.bit_count() for c in range(64)]))
    counts[0] = 0
    return CaptureTable(tuple("ABCDEF"), tuple(int(n) for n in counts))


def test_bounded_models_are_few_and_hold_all_of_the_best():
    table = _six_lists()
    models = hierarchical_models(6, 2)
    kept = _within_reach(table.as_array(), models, 10)

    best = best_models(table, limit=10)

    assert len(kept) < len(models) / 2
    left_out = [models[i] for i in range(0, len(models), 41) if models[i] not in set(kept)]
    assert min(s.bic for s in _score(table.as_array(), left_out)) > best[-1].bic


def test_the_walk_goes_on_from_a_better_neighbour(published):
    answer = bic(published("netherlands_6"))

    assert len(answer.top) == 10
    assert answer.model == "[12,16,25,34,36,45,46]"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 4])
def test_bounded_models_give_the_same_best_as_all(seed):
    table = _six_lists(seed)

    every = _ranked(_score(table.as_array(), hierarchical_models(6, 2)))[:20]

    assert [s.model for s in best_models(table, limit=20)] == [s.model for s in every]


def test_where_few_neighbours_have_an_estimate_nothing_is_left_out(without_overlap):
    models = hierarchical_models(3, 2)

    assert _within_reach(without_overlap.as_array(), models, 10) == list(models)


def test_without_neighbours_to_compare_with_there_is_no_goal():
    counts = np.zeros(8)
    counts[[1, 2, 4]] = 5

    assert _goal(counts, 10) == np.inf


def test_four_lists_are_searched_to_order_three():
    rng = np.random.default_rng(1)
    counts = rng.poisson(np.where(np.arange(16) & 7 == 7, 300, 60))
    counts[0] = 0
    table = CaptureTable(tuple("ABCD"), tuple(int(n) for n in counts))

    assert bic(table).model == "[123,4]"


def test_more_than_six_lists_are_too_many(published):
    table = published("new_orleans_8")

    assert "högst 6 listor" in bic(table).reason
    assert np.isnan(bic_estimator(table)(table.as_array()[None])).all()


def test_without_a_model_there_is_no_estimate(without_overlap):
    answer = bic(without_overlap)

    assert not answer.exists
    assert answer.top == ()
    assert np.isnan(best_of(without_overlap.as_array()[None], models=[]))


def test_each_replicate_chooses_the_lowest_bic_of_the_models(uk):
    best = best_models(uk, limit=20)

    chosen = best_of(uk.as_array()[None], models=best[::-1])

    assert chosen[0] == pytest.approx(best[0].estimate, rel=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_a_model_that_holds_one_without_an_estimate_has_none(seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(3 * rng.random(16) ** 3)
    counts[[1, 2, 4, 8]] += 1
    table = CaptureTable(tuple("ABCD"), (0, *(int(n) for n in counts[1:])))
    models = hierarchical_models(4, 3)

    with_estimate = {scored.model for scored in _score(table.as_array(), models)}

    assert with_estimate == {model for model in models if has_estimate(table, model)}
