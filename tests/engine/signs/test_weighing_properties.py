from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.signs import SCHEME, Evidence, weigh

DAY = date(2020, 10, 20)
SCORED = [sign for sign in SCHEME.signs.values() if sign.use == "scored"]
FOR = sorted(sign.code for sign in SCORED if not sign.is_counter)
AGAINST = sorted(sign.code for sign in SCORED if sign.is_counter)
ABOUT_ADS = {code for code in FOR if code[0] == "A"}

quickly = settings(max_examples=80, deadline=None)


def evidence(signs=FOR, informants=("", "anna", "bo", "cia"), grades="ABCX"):
    return st.builds(
        Evidence,
        id=st.uuids().map(str),
        sign=st.sampled_from(list(signs)),
        observed_on=st.integers(0, 200).map(lambda days: DAY - timedelta(days=days)),
        informant=st.sampled_from(informants),
        source_item=st.sampled_from("123456"),
        info_grade=st.sampled_from("1234"),
        source_grade=st.sampled_from(grades),
        same_text=st.sampled_from(["", "", "x", "y"]),
        days=st.integers(1, 4),
    )


some = st.lists(evidence(FOR + AGAINST), max_size=9)


@quickly
@given(some, st.randoms(use_true_random=False))
def test_order_does_not_matter(pieces, chance):
    shuffled = list(pieces)
    chance.shuffle(shuffled)

    assert weigh(shuffled, on=DAY) == weigh(pieces, on=DAY)


@quickly
@given(some)
def test_the_parts_add_up_to_the_weight(pieces):
    weighing = weigh(pieces, on=DAY)

    parts = [*weighing.contributions, *weighing.counter]
    assert sum(part.delta for part in parts) == pytest.approx(weighing.weight, abs=1e-8)
    assert sorted(i for part in parts for i in part.evidence_ids) == sorted(e.id for e in pieces)


@quickly
@given(some, evidence())
def test_more_evidence_never_lowers(pieces, one_more):
    before, after = weigh(pieces, on=DAY), weigh([*pieces, one_more], on=DAY)

    assert after.weight >= before.weight
    assert after.sources >= before.sources
    assert after.is_eligible or not before.is_eligible


@quickly
@given(some, evidence(AGAINST))
def test_counter_evidence_never_raises(pieces, against):
    before, after = weigh(pieces, on=DAY), weigh([*pieces, against], on=DAY)

    assert after.weight <= before.weight
    assert before.is_eligible or not after.is_eligible


@quickly
@given(st.lists(evidence(), max_size=12), st.sampled_from(["", "mallory"]))
def test_one_informant_with_any_number_of_tips_is_never_eligible(pieces, informant):
    alone = [replace(piece, informant=informant) for piece in pieces]

    assert not weigh(alone, on=DAY).is_eligible


@quickly
@given(st.lists(evidence(sorted(set(FOR) - ABOUT_ADS), ("", "mallory"), "X"), max_size=12))
def test_one_informant_with_and_without_a_name_is_never_eligible(pieces):
    assert not weigh(pieces, on=DAY).is_eligible


@quickly
@given(st.lists(evidence(informants=("anna", "bo"), grades="X"), max_size=12))
def test_two_colluding_informants_are_flagged_before_they_count(pieces):
    weighing = weigh(pieces, on=DAY)

    assert not weighing.is_eligible or any(
        "pröva om de hör ihop" in text for text in weighing.flags
    )


@quickly
@given(st.lists(evidence(["F01", "F02", "F03"], ("a", "b", "c", "d")), max_size=8))
def test_a_family_never_passes_its_cap(pieces):
    assert weigh(pieces, on=DAY).weight <= SCHEME.caps["F"] + 1e-9
