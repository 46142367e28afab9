import dataclasses

import pytest

from nosvidere.engine.darkfigure import (
    Candidate,
    CaptureTable,
    Interval,
    MethodResult,
    Sensitivity,
    SharedDependence,
    Thresholds,
    band,
    verdict,
)

TABLE = CaptureTable(("A", "B", "C"), (0, 30, 25, 11, 40, 9, 8, 4))
STEADY = Sensitivity(100.0, {"A": 110.0}, {}, {}, {}, {})
CLEAR = SharedDependence(100.0, 120.0, 0.0)


def _method(name, low=80.0, high=130.0, *, without=0.0, top=()):
    return MethodResult(
        name, 100.0, interval=Interval(low, high, without), model="[1,2,3]", top=top
    )


def _drawn(*methods, table=TABLE, sensitivity=STEADY, shared=CLEAR):
    by_name = {m.method: m for m in methods or (_method("stepwise"), _method("bic"))}
    return verdict(table, by_name, sensitivity=sensitivity, shared=shared)


def test_a_table_with_nothing_against_it_is_an_estimate():
    assert _drawn().kind == "estimate"


@pytest.mark.parametrize(
    ("counts", "lists", "words"),
    [
        ((0, 30, 25, 11), ("A", "B"), "2 listor, minst 3 behövs"),
        ((0, 30, 25, 3, 40, 2, 2, 0), ("A", "B", "C"), "7 överlapp, minst 10 behövs"),
        ((0, 30, 25, 15, 2, 1, 1, 0), ("A", "B", "C"), "Listan C har 4 fall, minst 5"),
    ],
)
def test_a_thin_table_is_refused_with_what_is_needed(counts, lists, words):
    drawn = _drawn(table=CaptureTable(lists, counts))

    assert drawn.kind == "refused"
    assert any(words in reason for reason in drawn.reasons)


@pytest.mark.parametrize(
    ("methods", "words"),
    [
        ((MethodResult("stepwise", None),), "Ingen metod ger en ändlig skattning"),
        ((_method("stepwise", without=0.06),), "6 % av omräkningarna"),
        ((_method("stepwise", 10.0, 101.0),), "Bandet är för brett"),
        ((_method("stepwise", 80, 90), _method("bic", 95, 99)), "säger emot varandra"),
        ((_method("stepwise", 95, 99), _method("bic", 80, 90)), "säger emot varandra"),
    ],
)
def test_weak_methods_are_refused(methods, words):
    drawn = _drawn(*methods)

    assert drawn.kind == "refused"
    assert any(words in reason for reason in drawn.reasons)


def test_an_estimate_that_hangs_on_one_list_is_refused():
    drawn = _drawn(sensitivity=dataclasses.replace(STEADY, dropped={"A": 301.0}))

    assert drawn.kind == "refused"
    assert "3,0 gånger, högst 3 godtas" in drawn.reasons[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sensitivity": dataclasses.replace(STEADY, dropped={"A": 210.0})}, "känslig"),
        ({"sensitivity": dataclasses.replace(STEADY, dropped={"A": None})}, "1 av prövningarna"),
        ({"shared": SharedDependence(300.0, 400.0, 0.0)}, "4,0 gånger högre"),
        ({"shared": SharedDependence(100.0, 120.0, 1.2)}, "inte att utesluta"),
        ({"shared": SharedDependence()}, "Data kan inte visa"),
    ],
)
def test_doubts_call_for_caution(changes, words):
    drawn = _drawn(**changes)

    assert drawn.kind == "caution"
    assert words in drawn.reasons[0]


def test_near_models_that_disagree_call_for_caution():
    top = (Candidate("[1,2,3]", 100.0, bic=50.0), Candidate("[12,3]", 250.0, bic=52.0))

    drawn = _drawn(_method("bic", top=top))

    assert drawn.kind == "caution"
    assert "2,5 gånger" in drawn.reasons[0]


def test_a_far_model_that_disagrees_does_not():
    top = (Candidate("[1,2,3]", 100.0, bic=50.0), Candidate("[12,3]", 250.0, bic=57.0))

    assert _drawn(_method("bic", top=top)).kind == "estimate"


def test_a_method_without_an_answer_calls_for_caution():
    drawn = _drawn(_method("stepwise"), MethodResult("bic", None, reason="För många listor."))

    assert drawn.kind == "caution"
    assert "BIC ger ingen skattning. För många listor." in drawn.reasons[0]


def test_the_band_is_the_union_of_the_methods_that_choose():
    methods = {
        "independence": _method("independence", 10, 20),
        "stepwise": _method("stepwise", 80, 120),
        "bic": _method("bic", 90, 150),
    }

    assert band(methods) == Interval(80, 150)
    assert band({"independence": methods["independence"]}) == Interval(10, 20)
    assert band({"stepwise": MethodResult("stepwise", None)}) is None


def test_thresholds_are_settings():
    lax = Thresholds(fewest_lists=2, fewest_overlaps=1, smallest_list=1)
    table = CaptureTable(("A", "B"), (0, 4, 3, 2))

    drawn = verdict(
        table,
        {"stepwise": _method("stepwise")},
        sensitivity=STEADY,
        shared=CLEAR,
        thresholds=lax,
    )

    assert drawn.kind == "estimate"
