import numpy as np
import pytest

from nosvidere.engine.darkfigure import CaptureTable, estimate, shared_dependence


def _seen(lists, visibility, *, seed, number=2_000):
    """A population whose cases differ in how visible they are to all lists alike."""
    rng = np.random.default_rng(seed)
    hidden = rng.normal(0, visibility, number)
    chance = 1 / (1 + np.exp(-(hidden[:, None] - 1.2)))
    cells = ((rng.random((number, lists)) < chance) * (1 << np.arange(lists))).sum(axis=1)
    counts = np.bincount(cells, minlength=1 << lists)
    counts[0] = 0
    return CaptureTable(tuple("ABCDE"[:lists]), tuple(int(n) for n in counts))


@pytest.mark.parametrize("seed", range(4))
def test_hidden_differences_in_visibility_are_never_passed_as_a_plain_estimate(seed):
    answer = estimate(_seen(4, 1.2, seed=seed), seed=seed, replicates=50)

    assert answer.verdict.kind != "estimate"
    assert answer.shared.strength > 1


def test_equal_visibility_can_be_passed():
    answer = estimate(_seen(4, 0.0, seed=2), seed=2, replicates=200)

    assert answer.verdict.kind == "estimate"
    assert answer.verdict.reasons == ()


def test_two_lists_cannot_tell_dependence_from_the_unseen():
    shared = shared_dependence(CaptureTable(("A", "B"), (0, 30, 50, 10)))

    assert (shared.estimate, shared.high, shared.strength) == (None, None, None)


def test_without_overlap_the_fit_runs_away(without_overlap):
    assert shared_dependence(without_overlap).estimate is None


def test_a_fit_that_does_not_settle_is_no_answer(uk, monkeypatch):
    monkeypatch.setattr("nosvidere.engine.darkfigure.shared.MOST_STEPS", 1)

    assert shared_dependence(uk).estimate is None
