"""Bayesian averaging over all decomposable graphs of dependence between the lists.

Madigan & York 1997: hyper-Dirichlet prior, each graph equally likely beforehand, and 1/N for the whole number.
The sum over graphs and numbers is exact on a grid; nothing is simulated.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import gammaln

from nosvidere.engine.darkfigure.fitting import Floats
from nosvidere.engine.darkfigure.models import interactions, notation
from nosvidere.engine.darkfigure.results import (
    Candidate,
    Interval,
    MethodResult,
    none_exists,
)
from nosvidere.engine.darkfigure.tables import CaptureTable

MOST_LISTS_FOR_GRAPHS = 6  # 18 154 graphs; seven lists have 617 675
GRID_TIMES_OBSERVED = 30  # the unseen are sought up to this many times the seen
GRID_POINTS = 1_000
GRAPHS_SHOWN = 10
NEGLIGIBLE = 40.0  # log odds against the best graph under which a graph is left out of the sum
FEWEST_STEPS = 50  # an interval of fewer grid steps is sought again on a finer grid
COARSE = 25  # every so many grid points are enough to tell which graphs are negligible
EDGE = 0.95  # an upper limit past this part of the grid is set by the grid, not by the data
TOO_MANY_LISTS = f"Medelvärdet över grafer går för högst {MOST_LISTS_FOR_GRAPHS} listor."
NO_OVERLAP = "Utan överlapp mellan listorna kommer svaret bara från antagandena."
NOT_HELD = "Data sätter ingen övre gräns för antalet."

Shape = tuple[
    tuple[int, int], ...
]  # (set of lists, how many more times it is a clique than a separator)


@dataclass(frozen=True, slots=True)
class Posterior:
    """The posterior of the whole number: `numbers` (M,) and, per kept graph, `weights` (G, M) that sum to 1."""

    numbers: Floats
    weights: Floats
    graphs: tuple[Shape, ...]

    def quantile(self, part: float) -> float:
        """Give the first number at which the posterior reaches the part."""
        return _quantile(self.numbers, self.weights.sum(axis=0), part)


def decomposable(table: CaptureTable) -> MethodResult:
    """Give the posterior median and the central 95 % interval; `top` holds the most probable graphs.

    Assumes a closed population and correct matching; dependence that all lists share is not seen. Equal to dga
    2.0.2 (prior weight 1 spread over the 2**k cells, grid of 1 000 numbers) on the published tables.
    """
    if len(table.lists) > MOST_LISTS_FOR_GRAPHS:
        return none_exists("decomposable", TOO_MANY_LISTS)
    if not table.overlaps:
        return none_exists("decomposable", NO_OVERLAP)
    posterior = average(table)
    interval = Interval(posterior.quantile(0.025), posterior.quantile(0.975))
    if interval.high > EDGE * (1 + GRID_TIMES_OBSERVED) * table.observed:
        return none_exists("decomposable", NOT_HELD)
    top = _most_probable(posterior)
    median = posterior.quantile(0.5)
    return MethodResult("decomposable", median, interval=interval, model=top[0].model, top=top)


def average(table: CaptureTable) -> Posterior:
    """Give the joint posterior of graph and number."""
    seen = table.observed
    posterior = _average_between(table, 1.0, float(GRID_TIMES_OBSERVED * seen))
    step = GRID_TIMES_OBSERVED * seen / GRID_POINTS
    low, high = posterior.quantile(0.025), posterior.quantile(0.975)
    if step > 1 and high - low < FEWEST_STEPS * step:
        around = FEWEST_STEPS * step
        return _average_between(table, max(1.0, low - seen - around), high - seen + around)
    return posterior


def _average_between(table: CaptureTable, fewest: float, most: float) -> Posterior:
    """Give the posterior on a grid of unseen between two numbers."""
    counts = table.as_array()
    seen = counts.sum()
    grid: Floats = np.linspace(fewest, most, GRID_POINTS)
    unseen = np.unique(np.round(grid))
    graphs, shapes = _graph_matrix(len(table.lists))
    of_sets = np.array([_log_marginal(counts, lists, unseen) for lists in range(len(counts))])
    prior = gammaln(seen + unseen + 1) - gammaln(unseen + 1) - np.log(seen + unseen)
    sketch = (shapes @ of_sets[:, ::COARSE] + prior[::COARSE]).max(axis=1)
    kept = np.flatnonzero(sketch > sketch.max() - NEGLIGIBLE)
    log_weights = shapes[kept] @ of_sets + prior
    weights = np.exp(log_weights - log_weights.max())
    return Posterior(seen + unseen, weights / weights.sum(), tuple(graphs[i] for i in kept))


@lru_cache(maxsize=8)
def decomposable_graphs(k: int) -> tuple[Shape, ...]:
    """Give every decomposable graph on k lists as its cliques and separators: 8, 61, 822, 18 154 for 3 to 6.

    Every such graph has a list whose neighbours are all joined, so all are found by joining one more list to
    the complete sets of each smaller graph.
    """
    return tuple(tuple(sorted(shape.items())) for shape in _grown(k).values())


def _grown(k: int) -> dict[int, dict[int, int]]:
    """Give the graphs on lists 0..k-1 by their edges (packed in bits)."""
    if k == 1:
        return {0: {1: 1}}
    pairs = interactions(k, 2)
    grown: dict[int, dict[int, int]] = {}
    for shape in _grown(k - 1).values():
        complete = _complete_sets(shape, k - 1)
        for last in range(k):
            moved = {_relabelled(s, last, k): n for s, n in shape.items()}
            for joined in complete:
                graph = _joined(moved, _relabelled(joined, last, k), last)
                grown[_edges(_cliques(graph), pairs)] = graph
    return grown


def _complete_sets(shape: dict[int, int], k: int) -> list[int]:
    """Give every set of lists that are all joined to each other, the empty one too."""
    cliques = _cliques(shape)
    return [lists for lists in range(1 << k) if any(lists & ~c == 0 for c in cliques)]


def _cliques(shape: dict[int, int]) -> list[int]:
    """Give the sets that are cliques more often than separators."""
    return [lists for lists, times in shape.items() if times > 0]


def _relabelled(lists: int, last: int, k: int) -> int:
    """Let the new list take the number `last`, and the old last one the number k-1."""
    moved = lists & ~(1 << last)
    return moved | (1 << (k - 1)) if lists >> last & 1 else moved


def _joined(shape: dict[int, int], neighbours: int, new: int) -> dict[int, int]:
    """Join a list to a complete set: one clique more, and the set one separator more."""
    graph = dict(shape)
    graph[neighbours | 1 << new] = 1
    if neighbours:
        graph[neighbours] = graph.get(neighbours, 0) - 1
    return {lists: times for lists, times in graph.items() if times}


def _edges(cliques: list[int], pairs: tuple[int, ...]) -> int:
    """Pack the edges into bits."""
    return sum(any(c & pair == pair for c in cliques) << at for at, pair in enumerate(pairs))


@lru_cache(maxsize=8)
def _graph_matrix(k: int) -> tuple[tuple[Shape, ...], Floats]:
    """Give the graphs and, per graph, how often each of the 2**k sets counts."""
    graphs = decomposable_graphs(k)
    matrix = np.zeros((len(graphs), 1 << k))
    for row, shape in enumerate(graphs):
        for lists, times in shape:
            matrix[row, lists] = times
    return graphs, matrix


def _log_marginal(counts: Floats, lists: int, unseen: Floats) -> Floats:
    """Give the log marginal likelihood of the table over some lists, for each number of unseen.

    Each of the 2**k cells has prior weight 2**-k, so a cell of the table over d lists has 2**-d.
    """
    if not lists:
        return np.zeros(len(unseen))
    cells = np.arange(len(counts)) & lists
    margins = np.bincount(cells, weights=counts)
    weight = 2.0 ** -lists.bit_count()
    nowhere, others = (
        margins[0],
        margins[1:],
    )  # cells that are no subset have count 0 and add nothing
    fixed = (gammaln(others + weight) - gammaln(weight)).sum() - gammaln(weight)
    return np.asarray(
        gammaln(nowhere + unseen + weight) + fixed - gammaln(counts.sum() + unseen + 1.0)
    )


def _most_probable(posterior: Posterior) -> tuple[Candidate, ...]:
    """Give the most probable graphs with their own medians."""
    chances = posterior.weights.sum(axis=1)
    best = np.argsort(-chances, kind="stable")[:GRAPHS_SHOWN]
    return tuple(
        Candidate(
            notation(_cliques(dict(posterior.graphs[i]))),
            _quantile(posterior.numbers, posterior.weights[i] / chances[i], 0.5),
            probability=float(chances[i]),
        )
        for i in best
    )


def _quantile(numbers: Floats, weights: Floats, part: float) -> float:
    """Give the first number at which the running sum reaches the part."""
    at = int(np.searchsorted(np.cumsum(weights), part))
    return float(numbers[min(at, len(numbers) - 1)])
