import pytest

from nosvidere.engine.linkage import aligned, link, minimise, named_as_before, singles_grouped
from nosvidere.engine.linkage.background import Background


def test_a_name_goes_where_most_of_its_ads_go():
    names, changes = named_as_before(
        {"a": "o1", "b": "o1", "c": "o1"}, {"a": "o1", "b": "o2", "c": "o2"}
    )

    assert names == {"a": "o1x", "b": "o1", "c": "o1"}
    assert [(c.kind, c.before, c.after, c.ads) for c in changes] == [
        ("split", ("o1",), ("o1", "o1x"), 3)
    ]


def test_groups_that_become_one_are_told_and_the_larger_gives_its_name():
    names, changes = named_as_before(
        {"a": "o1", "b": "o2", "c": "o2", "d": ""}, dict.fromkeys("abcd", "o9")
    )

    assert set(names.values()) == {"o2"}
    assert [(c.kind, c.before, c.after, c.ads) for c in changes] == [
        ("merged", ("o1", "o2"), ("o2",), 4)
    ]


def test_two_singles_that_meet_are_no_merge():
    _, changes = named_as_before({"a": "o1", "b": "o2"}, {"a": "o1", "b": "o1"})

    assert changes == ()


def test_texts_laid_over_each_other_have_slots_where_they_differ():
    first, second = aligned(["röd dörr två trappor", "blå dörr två trappor upp"])

    assert [(piece.words, piece.is_slot) for piece in first] == [
        ("röd", True),
        ("dörr två trappor", False),
    ]
    assert second[-1].words == "upp"


def test_no_more_texts_than_can_be_read_are_laid_over_each_other():
    with pytest.raises(ValueError, match="högst 50"):
        aligned(["text"] * 51)


def records(count):
    return [
        minimise(
            ad_id=f"a{n}",
            seen_at="",
            source="",
            phone="",
            place="",
            text=" ".join(
                f"ord{chr(97 + n % 26)}{chr(97 + n // 26)}{chr(97 + at)}" for at in range(9)
            ),
            key=b"a key for tests only, 32 bytes..",
        )
        for n in range(count)
    ]


def test_made_up_singles_stay_alone():
    ads = records(60)

    assert singles_grouped(ads, link(ads).text_group, Background.blank()) == 0.0


def test_of_few_hands_no_control_can_be_made():
    ads = records(5)

    assert singles_grouped(ads, link(ads).text_group, Background.blank()) is None
