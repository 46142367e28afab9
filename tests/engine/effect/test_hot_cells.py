import numpy as np
import pytest

from nosvidere.engine.effect import gi_star, hot_cells
from nosvidere.engine.effect.hot_cells import discovery_limit

VALUES = [3, 0, 2, 9, 14, 1, 0, 4, 12, 17, 0, 2, 1, 6, 8, 2, 0, 0, 1, 3]


def lattice(rows, columns):
    cells = [(i, j) for i in range(rows) for j in range(columns)]
    steps = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    return [
        [cells.index((i + a, j + b)) for a, b in steps if (i + a, j + b) in cells]
        for i, j in cells
    ]


def test_the_statistic_equals_an_established_package():
    # esda 2.9.0, G_Local(values, lat2W(4, 5), transform="B", star=True).Zs
    expected = [
        *(-1.0705553568233281, -1.3106219073509058, -0.21843698455848432, 2.184369845584843),
        *(3.334015254106936, -1.419840399630148, -1.437707030928246, -0.22700637330445977),
        *(2.698853549286356, 3.7134287374942327, -1.3106219073509058, -1.8412739168028411),
        *(-0.8323567021163527, 0.6810191199133796, 1.8567143687471168, -1.3152537240972317),
        *(-1.419840399630148, -1.6382773841886324, -0.7645294459546952, -0.0917618877277138),
    ]

    assert gi_star(VALUES, lattice(4, 5)) == pytest.approx(expected, abs=1e-9)


def test_the_corner_where_counts_pile_up_is_hot():
    cells = hot_cells(VALUES, lattice(4, 5))

    assert [n for n, cell in enumerate(cells) if cell.is_hot] == [4, 8, 9]


def test_a_neighbourhood_with_few_cases_is_never_hot():
    values = [0] * 40
    values[0] = 4

    cells = hot_cells(values, [[] for _ in values])

    assert cells[0].z > 5
    assert not cells[0].is_tested
    assert not cells[0].is_hot


def test_chance_alone_gives_few_hot_maps():
    maps = np.random.default_rng(4).poisson(20, (200, 20))

    hot = sum(any(cell.is_hot for cell in hot_cells(one, lattice(4, 5))) for one in maps)

    assert hot / len(maps) <= 0.08


def test_cells_all_alike_are_neither_hot_nor_cold():
    assert gi_star([7, 7, 7], [[1], [0, 2], [1]]).tolist() == [0, 0, 0]


def test_a_cell_beside_all_others_says_nothing():
    assert gi_star([1, 9], [[1], [0]]).tolist() == [0, 0]


def test_a_map_without_cells_has_no_hot_ones():
    assert hot_cells([], []) == []


def test_each_cell_needs_its_neighbours():
    with pytest.raises(ValueError, match="2 cells"):
        gi_star([1, 2], [[1]])


def test_the_limit_of_discoveries_is_the_published_one():
    # Benjamini & Hochberg 1995, the example of section 3.2: four of fifteen at 5 %
    p = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240),
        *(0.4262, 0.5719, 0.6528, 0.7590, 1.000),
    ]

    assert discovery_limit(np.array(p), 0.05) == 0.0095
