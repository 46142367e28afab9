"""From what came in to evidence on a place."""

from datetime import date, timedelta

import pytest

from nosvidere.engine.signs import SCHEME
from nosvidere.kernel.refused import Refused
from nosvidere.rules.evidence import (
    AD_MOVES_BETWEEN_TOWNS,
    AD_ON_PLACE,
    CONCURRENT_DAYS,
    DISPUTE,
    SEVERAL_ADS_AT_ONCE,
    AdSighting,
    calls_for_help,
    check_signs,
    evidence_of_ad,
    evidence_of_tip,
    origin_of,
    safeguarding_signs,
    scored_signs,
    signs_of_ad_group,
    usable_signs,
)

DAY = date(2020, 9, 20)
NEVER = [code for code, sign in SCHEME.signs.items() if sign.use == "never"]


def sighting(number: int = 0, *, days: int = 0, municipality: str = "Havsby") -> AdSighting:
    return AdSighting(f"ad-{number}", DAY + timedelta(days=days), municipality)


def test_only_scored_signs_weigh_each_once_and_in_order():
    assert scored_signs(["T01", "F01", "C01", "X01", "okänt", "F01"]) == ["T01", "F01"]


def test_protection_is_told_apart():
    assert safeguarding_signs(["C02", "F01", "C01", "Q99", "C02"]) == ["C02", "C01"]


@pytest.mark.parametrize(
    ("codes", "at_once"), [(["C01"], True), (["F01", "C04"], True), (["C06"], False), ([], False)]
)
def test_some_signs_are_told_on_at_once(codes, at_once):
    assert calls_for_help(codes) is at_once


@pytest.mark.parametrize("code", NEVER)
def test_a_tip_never_carries_a_sign_of_who_somebody_is(code):
    assert usable_signs(["F01", code, "zzz", "F01"]) == ["F01"]
    with pytest.raises(Refused, match="används aldrig"):
        check_signs(["F01", code])


def test_signs_of_the_table_pass_and_others_are_named():
    check_signs(["F01", "C01"])

    with pytest.raises(Refused, match="Q99"):
        check_signs(["Q99"])


def test_a_tip_gives_one_piece_of_evidence_for_each_scored_sign():
    evidence = evidence_of_tip(
        item="t1",
        signs=["F01", "C01", "T01"],
        observed_on=DAY,
        informant="a",
        source_grade="B",
        info_grade="2",
        same_text="t0",
        days=4,
    )

    assert [(e.id, e.sign, e.days, e.informant, e.same_text) for e in evidence] == [
        ("t1:F01", "F01", 4, "a", "t0"),
        ("t1:T01", "T01", 4, "a", "t0"),
    ]


def test_a_dispute_counts_against():
    evidence = evidence_of_tip(
        item="t1",
        signs=[],
        observed_on=DAY,
        informant="",
        source_grade="X",
        info_grade="4",
        is_dispute=True,
    )

    assert [e.sign for e in evidence] == [DISPUTE]
    assert SCHEME.signs[DISPUTE].is_counter


@pytest.mark.parametrize(
    ("sightings", "signs"),
    [
        ([sighting()], [AD_ON_PLACE]),
        ([sighting(), sighting(1, municipality="")], [AD_ON_PLACE]),
        ([sighting(), sighting(1, municipality="Sjöby")], [AD_ON_PLACE, AD_MOVES_BETWEEN_TOWNS]),
        ([sighting(n, days=n * 7) for n in range(3)], [AD_ON_PLACE, SEVERAL_ADS_AT_ONCE]),
        ([sighting(n, days=n * (CONCURRENT_DAYS + 1)) for n in range(3)], [AD_ON_PLACE]),
    ],
)
def test_what_a_group_of_ads_says_of_its_places(sightings, signs):
    assert signs_of_ad_group(sightings) == signs


def test_the_ads_of_a_group_are_one_source():
    one = evidence_of_ad(ad_id="a1", group="g", sightings=[sighting()], seen_on=DAY)
    other = evidence_of_ad(ad_id="a2", group="g", sightings=[sighting()], seen_on=DAY)

    assert {e.informant for e in (*one, *other)} == {"annonsgrupp g"}
    assert {(e.source_grade, e.info_grade) for e in one} == {("X", "4")}


@pytest.mark.parametrize(
    ("kinds", "origin"),
    [
        (["tip", "ad"], "BOTH"),
        (["ad"], "AD"),
        (["tip"], "TIP"),
        (["landlord"], "TIP"),
        (["observation"], "OWN_OBS"),
        ([], "OWN_OBS"),
    ],
)
def test_from_where_a_place_became_known(kinds, origin):
    assert origin_of(kinds) == origin
