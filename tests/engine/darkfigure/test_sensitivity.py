import pytest

from nosvidere.engine.darkfigure import CaptureTable, sensitivity, stepwise


def test_a_list_pretended_unknown_is_set_beside_its_true_size(uk):
    pretended = sensitivity(uk).pretended["NG"]

    assert pretended.true == 567
    assert pretended.seen == 104
    assert round(pretended.estimate) == 426


def test_dropping_a_list_is_the_table_without_it(uk):
    without = CaptureTable.from_sets(
        uk.lists[:-1],
        {
            frozenset(uk.lists[i] for i in range(4) if c >> i & 1): uk.counts[c]
            + uk.counts[c + 16]
            for c in range(1, 16)
        },
    )

    assert sensitivity(uk).dropped["GP"] == pytest.approx(stepwise(without).estimate)


def test_merging_two_lists_is_the_table_with_them_as_one():
    table = CaptureTable(("A", "B", "C"), (0, 30, 25, 11, 40, 9, 8, 4))
    merged = CaptureTable(("A+B", "C"), (0, 66, 40, 21))

    assert sensitivity(table).merged["A", "B"] == pytest.approx(stepwise(merged).estimate)


def test_one_case_more_or_less_is_asked_of_every_cell(uk):
    changed = sensitivity(uk)

    assert len(changed.more) == 31
    assert set(changed.fewer) == {c for c, n in enumerate(uk.counts) if n}
    more = list(uk.counts)
    more[5] += 1
    assert changed.more[5] == pytest.approx(stepwise(CaptureTable(uk.lists, tuple(more))).estimate)


def test_the_ratio_spans_all_changed_tables(uk):
    changed = sensitivity(uk)

    assert changed.ratio == pytest.approx(26_441.503 / 10_202.002, rel=1e-6)
    assert changed.without_estimate == 0


def test_two_lists_cannot_lose_one():
    changed = sensitivity(CaptureTable(("A", "B"), (0, 30, 50, 10)))

    assert changed.dropped == {}
    assert changed.merged == {}
    assert changed.pretended == {}
    assert changed.ratio > 1


def test_without_estimates_there_is_no_ratio(without_overlap):
    changed = sensitivity(without_overlap)

    assert changed.main is None
    assert changed.as_json()["one_case_fewer"] is None
    assert changed.without_estimate > 0
    assert all(p.estimate is None for p in changed.pretended.values())


def test_no_estimate_at_all_gives_no_ratio(without_overlap):
    changed = sensitivity(without_overlap)
    silent = type(changed)(None, {"A": None}, {}, {}, {}, {})

    assert silent.ratio is None
