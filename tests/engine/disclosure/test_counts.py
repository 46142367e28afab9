import pytest

from nosvidere.engine.disclosure import publish_count, publish_range, round_to


@pytest.mark.parametrize(
    ("n", "shown"), [(0, "färre än 5"), (4, "färre än 5"), (5, "5"), (30, "30")]
)
def test_a_count_under_five_is_held_back(n, shown):
    published = publish_count(n)

    assert published.shown == shown
    assert published.is_suppressed == (n < 5)


def test_a_small_count_is_shown_by_decision_with_its_reason():
    published = publish_count(1, decision="Redan känt genom åtalet.")

    assert (published.value, published.decision) == (1, "Redan känt genom åtalet.")


def test_a_decision_without_a_reason_is_no_decision():
    assert publish_count(1, decision="  ").is_suppressed


def test_a_decision_is_not_noted_where_none_was_needed():
    assert publish_count(8, decision="I onödan").decision == ""


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="-1"):
        publish_count(-1)


def test_ages_of_eight_may_be_given_as_a_range_with_a_caution():
    published = publish_range([24, 31, 29, 41, 35, 38, 27, 33])

    assert (published.low, published.high, published.shown) == (24, 41, "24–41")
    assert published.caution
    assert not published.is_suppressed


def test_the_range_of_four_is_held_back():
    published = publish_range([24, 31, 29, 41])

    assert published.is_suppressed
    assert published.shown == "visas inte"


@pytest.mark.parametrize(
    ("n", "base", "rounded"), [(0, 5, 0), (2, 5, 0), (3, 5, 5), (7, 5, 5), (8, 5, 10), (5, 10, 10)]
)
def test_counts_on_maps_are_rounded(n, base, rounded):
    assert round_to(n, base) == rounded


def test_a_negative_count_is_not_rounded():
    with pytest.raises(ValueError, match="-3"):
        round_to(-3)
