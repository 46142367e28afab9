import pytest

from nosvidere.engine.disclosure import Figure, check_difference


def figure(value, *covers, name="adresser"):
    return Figure(name, frozenset(covers), value)


def test_a_figure_that_grows_by_one_shows_the_one():
    (leak,) = check_difference([figure(30, "norra")], [figure(31, "norra")])

    assert (leak.low, leak.high) == (1, 1)
    assert leak.reason == "”adresser” ändrades med 1 mellan publiceringarna."


@pytest.mark.parametrize("value", [30, 35])
def test_a_figure_that_stays_or_grows_a_lot_shows_nothing(value):
    assert check_difference([figure(30, "norra")], [figure(value, "norra")]) == []


def test_a_whole_less_its_part_shows_the_rest():
    earlier = [figure(30, "norra", "södra", name="hela")]

    (leak,) = check_difference(earlier, [figure(27, "norra", name="norra")])

    assert leak.covers == {"södra"}
    assert leak.reason == "”hela” minus ”norra” ger 3."


def test_a_whole_and_its_part_in_one_publication_are_looked_at_too():
    later = [figure(27, "norra"), figure(30, "norra", "södra")]

    assert [leak.covers for leak in check_difference([], later)] == [{"södra"}]


def test_a_rest_that_is_large_shows_nothing():
    assert check_difference([figure(30, "norra", "södra")], [figure(20, "norra")]) == []


def test_figures_about_different_things_show_nothing():
    assert check_difference([figure(30, "norra", "södra")], [figure(29, "norra", "östra")]) == []


def test_several_parts_together_show_the_last_one():
    earlier = [figure(30, "norra", "södra", "östra")]
    later = [figure(12, "norra"), figure(16, "södra")]

    (leak,) = check_difference(earlier, later)

    assert leak.covers == {"östra"}
    assert leak.reason == "Alla tal tillsammans ger 2–2 för östra."


def test_a_small_number_that_was_decided_on_is_no_leak():
    assert check_difference([], [figure(1, "försök")]) == []


def test_earlier_figures_that_were_corrected_since_do_not_stop_the_check():
    earlier = [figure(10, "norra", "södra")]
    later = [figure(20, "norra"), figure(30, "södra")]

    assert check_difference(earlier, later) == []


def test_later_figures_that_contradict_each_other_are_refused():
    later = [figure(40, "norra"), figure(30, "norra", "södra")]

    with pytest.raises(ValueError, match="contradict"):
        check_difference([], later)


def test_nothing_published_shows_nothing():
    assert check_difference([], []) == []
