"""The published operation and how a ranking is scored."""

import pytest

from nosvidere.engine.town import (
    Season,
    Town,
    play_operation,
    press_figures,
    rank_by_chance,
    rank_by_tips,
    rank_newest,
    score_ranking,
)


def test_the_season_reproduces_the_published_figures(season: Season) -> None:
    figures = season.truth["operation"]["figures"]
    published = {
        "addresses_checked": 30, "from_ads_or_tips": 30, "evening_shifts": 4, "police_areas": 6, "leading_units": 1, "fronts": 3,
        "men_reported": 8, "youngest": 24, "oldest": 41, "attempts": 1, "buyers_informed": 8,
    }  # fmt: skip

    assert published.items() <= figures.items()
    assert figures["help_offered"] >= 5
    assert figures["landlords_told"] >= 5


def test_the_evenings_end_a_week_before_the_publication(season: Season) -> None:
    dates = season.truth["season"]

    assert dates["evenings"] == ["2020-10-08", "2020-10-09", "2020-10-12", "2020-10-13"]
    assert dates["published"] == "2020-10-20"


def test_each_shift_draws_on_all_six_police_areas(town: Town, season: Season) -> None:
    areas = {unit.code for unit in town.units if unit.kind == "area"}

    for shift in season.shifts:
        lent = {"-".join(team["unit"].split("-")[:2]) for team in shift["teams"]}
        assert lent == areas
        assert shift["leading_unit"] == town.leading_unit


def test_reports_fall_only_where_a_flat_was_in_use(season: Season) -> None:
    script = season.truth["operation"]
    outcomes = {check["id"]: check["outcome"] for check in script["checks"]}

    assert {outcomes[report["check"]] for report in script["offence_reports"]} == {"CONFIRMED"}
    assert {check["outcome"] for check in script["checks"]} == {
        "CONFIRMED",
        "NOT_CONFIRMED",
        "INNOCENT",
    }


def test_any_thirty_addresses_with_one_in_use_give_the_same_eight_reports(season: Season) -> None:
    decoys = [decoy["address_id"] for decoy in season.truth["decoys"]]
    checked = [*decoys[:29], season.truth["active"][0]]

    script = play_operation(season.truth, checked, seed=1, by_ad=checked[:3], by_tip=checked[:1])

    figures = press_figures(script, season.shifts)
    assert (
        figures["men_reported"],
        figures["youngest"],
        figures["oldest"],
        figures["attempts"],
    ) == (8, 24, 41, 1)
    assert [check["origin"] for check in script["checks"]][:4] == ["BOTH", "AD", "AD", "TIP"]


def test_an_operation_without_any_flat_in_use_cannot_be_played(season: Season) -> None:
    with pytest.raises(ValueError, match="None of the 1 addresses"):
        play_operation(season.truth, [season.truth["decoys"][0]["address_id"]], seed=1)


def test_a_perfect_ranking_has_no_wrong_home(season: Season) -> None:
    active = season.truth["active"]

    score = score_ranking(active, season.truth)

    assert (score.precision, score.wrong_homes, score.depth) == (1.0, 0, 30)
    assert score.active_found == 30 / len(active)


def test_a_wrong_home_costs_precision_and_a_repeat_counts_once(season: Season) -> None:
    ranked = [season.truth["active"][0], "elsewhere", season.truth["active"][0]]

    score = score_ranking(ranked, season.truth)

    assert (score.precision, score.wrong_homes, score.depth) == (0.5, 1, 2)


def test_an_empty_ranking_finds_nothing(season: Season) -> None:
    score = score_ranking([], season.truth)

    assert (score.precision, score.active_found, score.wrong_homes) == (0.0, 0.0, 0)


def test_the_simple_rankings_order_as_they_say() -> None:
    told = [("2020-09-01", "a"), ("2020-09-02", "b"), ("2020-09-03", "a"), ("2020-09-04", "c")]

    assert rank_by_tips(told) == ["a", "b", "c"]
    assert rank_newest(told) == ["c", "a", "b"]
    assert sorted(rank_by_chance("cabb", seed=4)) == ["a", "b", "c"]
    assert rank_by_chance("abc", seed=4) == rank_by_chance("cba", seed=4)


def test_the_simple_rankings_leave_room_for_a_better_one(season: Season) -> None:
    told = [
        (tip["received_at"], fact["address_id"])
        for tip, fact in zip(season.tips, season.truth["tips"], strict=True)
    ]

    scores = [
        score_ranking(ranked, season.truth).precision
        for ranked in (
            rank_by_tips(told),
            rank_newest(told),
            rank_by_chance((place for _, place in told), seed=1),
        )
    ]

    assert max(scores) < 0.85
    assert scores[2] < 0.45
