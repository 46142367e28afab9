import pytest

from nosvidere.engine.darkfigure import has_estimate, hierarchical_models, notation
from nosvidere.engine.darkfigure.models import is_hierarchical, main_effects


@pytest.mark.parametrize(
    ("lists", "order", "number"), [(2, 2, 2), (3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 2, 1024)]
)
def test_every_hierarchical_model_is_found_once(lists, order, number):
    models = hierarchical_models(lists, order)

    assert len(models) == number
    assert len({frozenset(model) for model in models}) == number
    assert all(is_hierarchical(model) for model in models)


@pytest.mark.parametrize(
    ("model", "written"),
    [
        ((0, 1, 2, 4), "[1,2,3]"),
        ((0, 1, 2, 4, 8, 3, 5), "[12,13,4]"),
        ((0, 1, 2, 4, 8, 3, 5, 6, 7), "[123,4]"),
        ((0, 1, 2, 4, 6), "[23,1]"),
    ],
)
def test_a_model_is_written_by_its_largest_terms(model, written):
    assert notation(model) == written


def test_a_model_that_lacks_a_part_of_a_term_is_refused(uk):
    with pytest.raises(ValueError, match="lacks a part"):
        has_estimate(uk, (*main_effects(5), 7))
