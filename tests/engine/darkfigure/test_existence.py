import numpy as np
import pytest
from scipy.optimize import OptimizeResult, linprog

from nosvidere.engine.darkfigure import CaptureTable, has_estimate, hierarchical_models
from nosvidere.engine.darkfigure.existence import _lowest, decide, settle
from nosvidere.engine.darkfigure.fitting import NO_TERM, fit, fit_one
from nosvidere.engine.darkfigure.models import main_effects


def _known(counts, model):
    """The primal program of Fienberg & Rinaldo: can the margins be met with all means positive?"""
    cells = range(1, len(counts))
    margin = {t: sum(counts[c] for c in cells if c & t == t) for t in model}
    live = [t for t in model if margin[t] > 0]
    kept = [c for c in cells if not any(c & t == t for t in model if margin[t] == 0)]
    design = np.array([[float(c & t == t) for t in live] for c in kept])
    if np.linalg.matrix_rank(design) < len(live):
        return False
    answer = linprog(
        [*np.zeros(len(kept)), -1.0],
        A_ub=np.hstack([-np.eye(len(kept)), np.ones((len(kept), 1))]),
        b_ub=np.zeros(len(kept)),
        A_eq=np.hstack([design.T, np.zeros((len(live), 1))]),
        b_eq=design.T @ np.array([counts[c] for c in kept]),
    )
    return -answer.fun > 1e-7


def _batch(counts, models):
    widest = max(map(len, models))
    terms = np.array([[*m, *[NO_TERM] * (widest - len(m))] for m in models])
    tables = np.tile(np.array(counts, dtype=float), (len(models), 1))
    return tables, terms


def _exists(counts, models):
    tables, terms = _batch(counts, models)
    return settle(tables, terms, fit(tables, terms))[1].tolist()


def _sparse(seed, lists):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.choice([0.3, 1, 4]) * rng.random(1 << lists) ** 3)
    counts[0] = 0
    counts[1 << rng.integers(lists)] += 1
    return counts


@pytest.mark.parametrize("seed", range(12))
def test_fits_and_program_agree_on_sparse_tables(seed):
    lists = 2 + seed % 4
    counts = _sparse(seed, lists)
    models = hierarchical_models(lists, 3 if lists == 4 else 2)
    chosen = [models[i] for i in np.random.default_rng(seed).permutation(len(models))[:12]]

    assert _exists(counts, chosen) == [_known(counts, model) for model in chosen]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["uk_5", "netherlands_5", "new_orleans_5"])
def test_fits_and_program_agree_on_every_model_of_the_tables(name, published):
    counts = published(name).as_array()
    models = hierarchical_models(5, 2)

    assert _exists(counts, models) == [_known(counts, model) for model in models]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_fits_and_program_agree_on_every_model_of_four_sparse_lists(seed):
    counts = _sparse(100 + seed, 4)
    models = hierarchical_models(4, 3)

    assert _exists(counts, models) == [_known(counts, model) for model in models]


def test_the_program_alone_says_the_same(uk, without_overlap):
    assert has_estimate(uk, main_effects(5))
    assert not has_estimate(without_overlap, main_effects(3))


def test_all_pairs_of_three_lists_need_a_case_on_all_three():
    model = (*main_effects(3), 3, 5, 6)
    without = CaptureTable(("A", "B", "C"), (0, 9, 8, 3, 7, 4, 5, 0))
    with_one = CaptureTable(("A", "B", "C"), (0, 9, 8, 3, 7, 4, 5, 1))

    assert not has_estimate(without, model)
    assert has_estimate(with_one, model)


def test_a_fit_cut_short_is_finished_when_the_program_says_it_exists(uk):
    tables, terms = _batch(uk.counts, [main_effects(5)])
    whole = fit(tables, terms)

    fits, exists = settle(tables, terms, fit(tables, terms, steps=1))

    assert exists.all()
    assert fits.unseen == pytest.approx(whole.unseen, rel=1e-9)


def test_fits_do_not_depend_on_their_neighbours_in_the_batch(uk):
    models = [*hierarchical_models(5, 2)[::97]]
    tables, terms = _batch(uk.counts, models)

    together = fit(tables, terms)

    for row, model in enumerate(models):
        alone = fit_one(uk.as_array()[None], model)
        assert together.unseen[row] == pytest.approx(alone.unseen[0], rel=1e-9)
        assert together.loglik[row] == pytest.approx(alone.loglik[0], rel=1e-9)


def test_fitted_means_reproduce_the_margins_of_the_model(uk):
    model = (*main_effects(5), 3, 18)
    means = fit_one(uk.as_array()[None], model).means[0]

    for term in model:
        fitted = sum(means[c] for c in range(1, 32) if c & term == term)
        assert fitted == pytest.approx(uk.margin(term), rel=1e-9)


def test_a_table_with_a_case_in_every_cell_needs_no_program():
    assert decide(3, (*main_effects(3), 3, 5, 6), 0b11111110)


def test_a_program_without_an_answer_is_an_error(monkeypatch):
    monkeypatch.setattr(
        "nosvidere.engine.darkfigure.existence.linprog",
        lambda *_args, **_settings: OptimizeResult(fun=None, message="time limit"),
    )

    with pytest.raises(ArithmeticError, match="no answer: time limit"):
        _lowest(np.array([[1.0], [1.0]]), np.array([False, True]))
