"""The choice of visits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosvidere.engine.planning import choose_visits, worths


def test_the_highest_ranked_go_first_and_a_share_is_drawn_from_the_rest(visit):
    visits = [visit(f"v{number:02}", priority=float(number)) for number in range(40)]

    chosen = choose_visits(visits, limit=20, seed=1)

    assert [one.id for one in chosen[:18]] == [f"v{number}" for number in range(39, 21, -1)]
    assert [one.is_exploration for one in chosen] == [False] * 18 + [True] * 2
    assert all(one.priority < 22 for one in chosen[18:])


def test_at_least_one_is_drawn_even_of_a_share_of_nothing(visit):
    visits = [visit(f"v{number}") for number in range(9)]

    chosen = choose_visits(visits, limit=3, exploration_share=0.0, seed=1)

    assert sum(one.is_exploration for one in chosen) == 1


def test_when_everybody_has_room_nobody_is_drawn(visit):
    chosen = choose_visits([visit("a"), visit("b", priority=2.0)], limit=2, seed=1)

    assert [one.id for one in chosen] == ["b", "a"]
    assert not any(one.is_exploration for one in chosen)


@given(st.permutations(range(12)), st.integers(0, 5))
def test_the_draw_depends_on_the_seed_not_on_the_order(visit, order, seed):
    visits = [visit(f"v{number:02}", priority=float(number % 4)) for number in range(12)]

    again = choose_visits([visits[number] for number in order], limit=5, seed=seed)

    assert again == choose_visits(visits, limit=5, seed=seed)


def test_every_lower_ranked_visit_can_be_drawn(visit):
    visits = [visit(f"v{number}", priority=float(number)) for number in range(6)]

    drawn = {choose_visits(visits, limit=3, seed=seed)[-1].id for seed in range(60)}

    assert drawn == {"v0", "v1", "v2", "v3"}


@pytest.mark.parametrize(("limit", "share"), [(1, 0.1), (5, 1.5), (5, -0.1)])
def test_a_limit_or_share_that_cannot_be_kept_is_an_error(visit, limit, share):
    with pytest.raises(ValueError, match="minst 2 besök"):
        choose_visits([visit("a")], limit=limit, exploration_share=share, seed=1)


def test_a_drawn_visit_is_worth_the_median_of_the_ranked(visit):
    visits = [visit("a", priority=1.0), visit("b", priority=3.0), visit("c", priority=8.0)]
    drawn = visit("d", priority=0.1, is_exploration=True)

    assert worths([*visits, drawn]) == {"a": 1.0, "b": 3.0, "c": 8.0, "d": 3.0}


def test_drawn_visits_alone_are_worth_their_priority(visit):
    assert worths([visit("d", priority=0.5, is_exploration=True)]) == {"d": 0.5}
