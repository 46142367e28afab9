from dataclasses import replace
from datetime import date, timedelta

import pytest

from nosvidere.engine.signs import SCHEME, Evidence, weigh

DAY = date(2020, 10, 20)


def tip(sign, informant="anna", **values):
    item = values.pop("source_item", f"tip-{sign}-{informant}")
    on = values.pop("observed_on", DAY)
    return Evidence(values.pop("id", f"{item}/{sign}"), sign, on, informant, item, **values)


def check(sign, **values):
    return tip(sign, "patrol", **{"source_grade": "A", "info_grade": "1"} | values)


def weight(*evidence, on=DAY):
    return weigh(evidence, on=on).weight


def test_a_tip_weighs_points_times_grade_times_age():
    two_weeks_old = tip("F02", observed_on=DAY - timedelta(days=14), info_grade="2")

    weighing = weigh([two_weeks_old], on=DAY)

    assert weighing.weight == pytest.approx(2 * 0.8 * 0.5)
    assert weighing.reasons() == [
        "En uppgift från ett håll, ingen egen iakttagelse.",
        "Korta besök (ca 15–60 min) en i taget: 2 × 0,8 × 0,5 = 0,8 (poäng, uppgiftens grad 2, ålder).",
    ]


@pytest.mark.parametrize(
    ("family", "cap", "sign"), [("F", 4, "F02"), ("T", 3, "T05"), ("P", 3, "P07"), ("A", 5, "A05")]
)
def test_a_family_weighs_no_more_than_its_cap(family, cap, sign):
    many = [tip(sign, f"neighbour {n}", info_grade="1") for n in range(9)]

    weighing = weigh(many, on=DAY)

    assert weighing.weight == cap
    assert weighing.families == {family}
    assert any("taket för" in part.text for part in weighing.contributions if part.delta == 0)


def test_what_only_partly_fits_under_the_cap_says_so():
    three = [tip("T05", f"neighbour {n}", info_grade="1") for n in range(2)]

    weighing = weigh(three, on=DAY)

    assert [part.delta for part in weighing.contributions] == [2.0, 1.0]
    assert weighing.contributions[1].text.endswith("räknas till 1, taket för uthyrning är 3.")


def test_the_same_informant_counts_once_in_a_family_with_the_heaviest_sign():
    weighing = weigh([tip("F02"), tip("F03"), tip("F05")], on=DAY)

    assert weighing.weight == pytest.approx(2 * 0.4)
    assert [(part.sign, part.delta) for part in weighing.contributions if part.delta] == [
        ("F02", 0.8)
    ]
    assert sum("räknas inte" in part.text for part in weighing.contributions) == 2


def test_near_identical_tips_are_one_source():
    same = [tip("F02", who, same_text="label 7") for who in ("anna", "bo", "cia", "")]

    weighing = weigh([*same, tip("T05", "anna", same_text="label 7")], on=DAY)

    assert weighing.sources == 1
    assert weighing.weight == pytest.approx(2 * 0.4 * 2)
    assert not weighing.is_eligible
    assert "Samma text från olika uppgiftslämnare: räknas som ett håll." in weighing.flags


def test_two_families_from_two_informants_are_eligible():
    weighing = weigh(
        [tip("F02", "anna"), tip("T05", "bo", observed_on=date(2020, 10, 18))], on=DAY
    )

    assert weighing.is_eligible
    assert not weighing.needs_decision
    assert weighing.summary == "Två uppgifter från två oberoende håll, ingen egen iakttagelse."
    assert weighing.missing == ("En egen iakttagelse.",)


def test_two_informants_in_one_family_are_not_eligible():
    weighing = weigh([tip("F02", "anna"), tip("F04", "bo")], on=DAY)

    assert not weighing.is_eligible
    assert weighing.missing[0] == "Tecken av ett slag till: hittills bara rörelser."


def test_unknown_informants_alone_are_one_source():
    unknown = [tip(sign, "", source_item=f"t{n}") for n, sign in enumerate(("F02", "T05", "P07"))]

    weighing = weigh(unknown, on=DAY)

    assert weighing.sources == 1
    assert not weighing.is_eligible
    assert (
        "Flera tips från okända: det går inte att se om de kommer från olika personer."
        in weighing.flags
    )


def test_an_unassessed_name_beside_an_unknown_one_may_be_the_same_person():
    assert weigh([tip("F02", "anna"), tip("T05", "")], on=DAY).sources == 1


@pytest.mark.parametrize("beside", [tip("A01", "ads 4"), tip("F02", "landlord", source_grade="B")])
def test_an_unknown_informant_counts_beside_an_ad_or_an_assessed_source(beside):
    weighing = weigh([beside, tip("T05", "")], on=DAY)

    assert weighing.sources == 2
    assert weighing.is_eligible


def test_a_scheme_may_take_unknown_informants_at_their_word():
    trusting = replace(SCHEME, unknown_is_distinct=True)

    assert weigh([tip("F02", ""), tip("T05", "")], on=DAY, scheme=trusting).sources == 2


def test_ads_of_one_organiser_are_one_source():
    ads = [tip("A01", "ads 4", source_item=f"ad {n}") for n in range(5)]

    weighing = weigh([*ads, tip("A06", "ads 4", source_item="ad 9")], on=DAY)

    assert weighing.sources == 1
    assert weighing.weight == pytest.approx(0.8)
    assert "Tecknet A06 ska också prövas som skyddsärende." in weighing.flags


def test_a_source_known_to_be_unreliable_is_not_a_source():
    weighing = weigh([tip("F02", "anna", source_grade="C")], on=DAY)

    assert weighing.sources == 0
    assert weighing.weight > 0
    assert weighing.summary == "En uppgift från opålitligt håll, ingen egen iakttagelse."


def test_one_strong_sign_needs_the_decision_of_an_analyst():
    weighing = weigh([tip("P05", "landlord", source_grade="B", info_grade="2")], on=DAY)

    assert weighing.is_strong
    assert weighing.needs_decision
    assert not weighing.is_eligible


def test_a_sign_that_takes_lawful_access_does_not_count_from_just_anybody():
    weighing = weigh([tip("P05", "anna")], on=DAY)

    assert (weighing.weight, weighing.is_strong, weighing.sources) == (0, False, 0)
    assert "kräver laglig insyn" in weighing.contributions[0].text
    assert weighing.missing[0] == "Tecken som väger."


def test_an_own_observation_is_strong_for_fourteen_days():
    seen = check("V01")

    assert weigh([seen], on=DAY + timedelta(days=14)).is_strong
    assert not weigh([seen], on=DAY + timedelta(days=15)).is_strong
    assert weigh([seen], on=DAY).summary == "En uppgift från ett håll, en egen iakttagelse."
    assert weigh([seen, check("V01", source_item="k2")], on=DAY).summary.endswith(
        "två egna iakttagelser."
    )


def test_unknown_visitors_weigh_little_until_they_came_on_three_days():
    days = [
        tip("F01", "anna", source_item=f"t{n}", observed_on=DAY - timedelta(n)) for n in range(3)
    ]

    assert weight(tip("F01")) == pytest.approx(1 * 0.4)
    assert weight(*days) == pytest.approx(2 * 0.4)
    assert weight(tip("F01", days=3)) == pytest.approx(2 * 0.4)


def test_short_lets_weigh_more_beside_unknown_visitors():
    assert weight(tip("T01")) == pytest.approx(0.4)
    assert weight(tip("T01"), tip("F01")) == pytest.approx(0.8 + 0.4)


def test_old_evidence_stops_counting_and_says_why():
    old = tip("F02", observed_on=DAY - timedelta(days=57))

    weighing = weigh([old], on=DAY)

    assert weighing.weight == 0
    assert weighing.contributions[0].text.endswith("räknas inte, för gammalt.")


def test_an_earlier_check_without_finding_subtracts_and_fades():
    seen = tip("F02", info_grade="1")

    assert weight(seen, check("V02")) == 2 - 4
    assert weight(seen, check("V02", observed_on=DAY - timedelta(days=60))) == 2 - 1
    assert weight(seen, check("V02", observed_on=DAY - timedelta(days=61))) == 2
    assert weigh([seen, check("V02")], on=DAY).missing[0] == "Mer som talar för än emot."


def test_one_check_written_down_twice_subtracts_once():
    twice = [check("V02", id=name, source_item="k1") for name in ("a", "b")]

    weighing = weigh(twice, on=DAY)

    assert weighing.weight == -4
    assert weighing.counter[0].evidence_ids == ("a", "b")


def test_a_counter_sign_from_a_stranger_does_not_count():
    weighing = weigh([tip("F02"), tip("V02"), tip("V03")], on=DAY)

    assert weighing.weight > 0
    assert all("räknas inte" in part.text for part in weighing.counter)
    assert weighing.blocked_until is None


def test_a_confirmed_innocent_explanation_blocks_for_180_days():
    evidence = [tip("F02"), tip("T05", "bo"), check("V03")]

    blocked = weigh(evidence, on=DAY)

    assert (blocked.weight, blocked.is_eligible, blocked.needs_decision) == (0, False, False)
    assert blocked.blocked_until == date(2021, 4, 19)
    assert blocked.missing[0].startswith("Spärrad till och med 2021-04-18")
    assert not weigh(evidence, on=date(2021, 4, 18)).is_eligible
    assert weigh(evidence, on=date(2021, 4, 19)).blocked_until is None


def test_a_known_dispute_subtracts_only_while_the_informant_is_alone():
    dispute = tip("V04", "desk")

    assert weight(tip("F02", info_grade="1"), dispute) == pytest.approx(2 - 2 * 0.4)
    together = weigh([tip("F02"), tip("F04", "bo"), dispute], on=DAY)
    assert together.weight == pytest.approx(2 * 0.8)
    assert together.counter[0].text.endswith("det finns mer än en uppgiftslämnare.")


def test_two_who_say_the_same_on_the_same_night_are_flagged():
    evidence = [tip(sign, who) for who in ("anna", "bo") for sign in ("F02", "T05")]

    weighing = weigh(evidence, on=DAY)

    assert weighing.is_eligible
    assert weighing.flags == (
        "Vilar på två uppgiftslämnare som ingen har bedömt: pröva om de hör ihop.",
        "De två uppgiftslämnarna anger precis samma tecken.",
        "Alla uppgifter gäller samma dygn.",
    )


def test_one_informant_with_many_tips_is_flagged():
    weighing = weigh([tip("F02", source_item=f"t{n}") for n in range(6)], on=DAY)

    assert "En uppgiftslämnare har lämnat sex uppgifter: räknas som ett håll." in weighing.flags
    assert weigh([tip("F02", source_item=f"t{n}") for n in range(20)], on=DAY).summary.startswith(
        "20"
    )


def test_an_informant_and_a_text_are_each_counted_once_in_the_best_way():
    crossed = [
        tip("F02", "anna", source_item="1", same_text="x", info_grade="1"),
        tip("F02", "anna", source_item="2", same_text="y", info_grade="2"),
        tip("F02", "bo", source_item="3", same_text="x", info_grade="2"),
    ]

    assert weight(*crossed) == pytest.approx(1.6 + 1.6)


def test_a_place_without_evidence_weighs_nothing():
    weighing = weigh([], on=DAY)

    assert weighing.weight == 0
    assert weighing.reasons() == ["Inga uppgifter som väger."]
    assert weighing.scheme == "1"


@pytest.mark.parametrize("sign", ["X01", "X08", "C01", "C02", "P08", "A03"])
def test_what_may_never_be_weighed_is_refused(sign):
    with pytest.raises(ValueError, match="may never be weighed"):
        weigh([tip(sign)], on=DAY)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (tip("Q99"), "unknown sign"),
        (tip("F02", info_grade="5"), "expected"),
        (tip("F02", source_grade="D"), "expected"),
        (tip("F02", observed_on=DAY + timedelta(days=1)), "after the day"),
    ],
)
def test_wrong_evidence_is_refused_with_its_id(wrong, message):
    with pytest.raises(ValueError, match=message) as refused:
        weigh([wrong], on=DAY)

    assert wrong.id in str(refused.value)
