import numpy as np
import pytest

from nosvidere.engine.darkfigure import CaptureTable, decomposable, decomposable_graphs
from nosvidere.engine.darkfigure.decomposable import average


@pytest.mark.parametrize(("lists", "number"), [(2, 2), (3, 8), (4, 61), (5, 822)])
def test_every_decomposable_graph_is_found(lists, number):
    graphs = decomposable_graphs(lists)

    assert len(graphs) == number
    assert len(set(graphs)) == number


def test_the_cycle_of_four_lists_is_not_decomposable():
    cliques = {frozenset(s for s, n in graph if n > 0) for graph in decomposable_graphs(4)}

    assert frozenset({0b0011, 0b0110, 0b1100, 0b1001}) not in cliques


def test_cliques_outnumber_separators_by_the_lists_they_cover():
    for graph in decomposable_graphs(4):
        assert sum(n * lists.bit_count() for lists, n in graph) == 4


def test_the_posterior_sums_to_one_and_its_graphs_are_ranked(new_orleans):
    posterior = average(new_orleans)
    answer = decomposable(new_orleans)

    assert posterior.weights.sum() == pytest.approx(1.0)
    chances = [candidate.probability for candidate in answer.top]
    assert chances == sorted(chances, reverse=True)
    assert answer.model == answer.top[0].model


def test_without_overlap_only_the_prior_would_speak(without_overlap):
    answer = decomposable(without_overlap)

    assert not answer.exists
    assert "Utan överlapp" in answer.reason


def test_two_overlaps_set_no_upper_limit():
    answer = decomposable(CaptureTable(("A", "B", "C"), (0, 100, 100, 1, 100, 1, 0, 0)))

    assert not answer.exists
    assert "ingen övre gräns" in answer.reason


def test_seven_lists_are_too_many(published):
    assert "högst 6 listor" in decomposable(published("new_orleans_8")).reason


def test_a_narrow_posterior_is_sought_again_on_a_finer_grid():
    chances = np.array([1.0, 0.4, 0.5, 0.2, 0.3, 0.12, 0.15, 0.06]) * 4_000
    table = CaptureTable(("A", "B", "C"), (0, *(int(n) for n in chances[1:])))

    answer = decomposable(table)

    width = answer.interval.high - answer.interval.low
    assert 10 < width < 30 * table.observed / 1_000 * 50
    assert len(set(np.diff(average(table).numbers))) <= 2


def test_last_grid_point_is_the_answer_when_rounding_leaves_the_sum_short():
    posterior = average(CaptureTable(("A", "B"), (0, 3, 4, 1)))

    assert posterior.quantile(1.1) == posterior.numbers[-1]
