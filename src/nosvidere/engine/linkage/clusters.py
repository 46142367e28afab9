"""Pairs → groups, without chains: a thin bridge does not join two groups."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.ragged import Flags, Ints, Ragged

_BRIDGE_SUPPORT = 2


def joined(count: int, pairs: Pairs) -> Ints:
    """Return a group number for each of `count` nodes; numbers follow the first member of the group."""
    ones = np.ones(len(pairs), dtype=np.int8)
    graph = csr_array((ones, (pairs.left, pairs.right)), shape=(count, count))
    return renumbered(connected_components(graph, directed=False)[1])


def renumbered(groups: "np.typing.NDArray[np.integer]") -> Ints:
    """Return the same groups numbered in the order of their first member."""
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)


def supported(count: int, pairs: Pairs, asked: Pairs) -> Flags:
    """Say for each asked edge whether a third node is tied to both its ends."""
    ones = np.ones(len(pairs), dtype=np.int8)
    one_way = csr_array((ones, (pairs.left, pairs.right)), shape=(count, count))
    graph = csr_array(one_way + one_way.T)
    near = Ragged(graph.indices.astype(np.int64), graph.indptr[1:].astype(np.int64))
    degree = near.lengths()
    is_left_less = degree[asked.left] <= degree[asked.right]
    less = np.where(is_left_less, asked.left, asked.right)
    more = np.where(is_left_less, asked.right, asked.left)
    thirds = near.take(less)
    edge = thirds.owners()
    ends = np.sort(np.stack([thirds.values, more[edge]]), axis=0)
    is_tied = _are_in(ends[0] * count + ends[1], pairs.left * count + pairs.right)
    return np.bincount(edge[is_tied], minlength=len(asked)) > 0


def _are_in(asked: Ints, held: Ints) -> Flags:
    """Say which of the asked numbers are among the held ones, which are sorted."""
    at = np.minimum(np.searchsorted(held, asked), max(len(held) - 1, 0))
    return np.asarray(held[at] == asked) if len(held) else np.zeros(len(asked), dtype=bool)


def without_bridges(count: int, pairs: Pairs, is_strong: Flags) -> tuple[Ints, Flags]:
    """Return the groups, and which edges are bridges too thin to join two groups of several texts.

    Strong or supported edges make kernels. Two kernels of several texts join when at least two
    weaker edges tie them; a text on its own joins with one.
    """
    firm = is_strong.copy()
    firm[~is_strong] = supported(count, pairs, pairs.where(~is_strong))
    kernel = joined(count, pairs.where(firm))
    size = np.bincount(kernel)
    ends = np.sort(np.stack([kernel[pairs.left], kernel[pairs.right]]), axis=0)
    across = ends[0] != ends[1]
    _, which, ties = np.unique(
        ends[0] * (count + 1) + ends[1], return_inverse=True, return_counts=True
    )
    both_large = (size[ends[0]] > 1) & (size[ends[1]] > 1)
    is_bridge = across & both_large & (ties[which] < _BRIDGE_SUPPORT)
    return joined(count, pairs.where(~is_bridge)), is_bridge
