"""What a dark figure must pass before it is kept and before it is told."""

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.estimate import (
    ASSUMPTIONS,
    check_publish_estimate,
    check_save,
    public_limits,
)

SURE = {key: {"answer": "yes", "note": ""} for key in ASSUMPTIONS}
FIT = {
    "verdict": "caution",
    "band": (9_480.2, 16_710.9),
    "assumptions": SURE,
    "title": "Ärenden i regionen",
}


@pytest.mark.parametrize(
    "assumptions", [SURE, {key: {"answer": "unknown", "note": "Ingen vet."} for key in SURE}]
)
def test_a_run_is_kept_when_every_assumption_is_answered(assumptions):
    check_save(name="Ärenden", lists=["LA", "NG"], assumptions=assumptions)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"assumptions": {}}, "alla tre"),
        ({"assumptions": {**SURE, "closed": {"answer": "maybe"}}}, "alla tre"),
        ({"assumptions": {**SURE, "closed": {}}}, "alla tre"),
        ({"name": "Utsatta kvinnor"}, "kvinnor"),
        ({"lists": ["unga", "Barn, alla"]}, "unga, barn"),
        ({"name": "Thailändska fall"}, "Thailändska"),
    ],
)
def test_a_run_that_divides_people_or_leaves_a_question_open_is_refused(changes, says):
    with pytest.raises(Refused, match=says):
        check_save(**{"name": "Ärenden", "lists": ["LA"], "assumptions": SURE, **changes})


@pytest.mark.parametrize("changes", [{}, {"verdict": "estimate"}])
def test_an_interval_that_the_data_carry_may_be_published(changes):
    check_publish_estimate(**{**FIT, **changes})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"verdict": "refused"}, "bär ingen skattning"),
        ({"band": ()}, "bär ingen skattning"),
        (
            {"assumptions": {**SURE, "closed": {"answer": "no", "note": ""}}},
            "svarat nej.*samma fall",
        ),
        ({"title": " "}, "vad talet gäller"),
        ({"title": "Män i regionen"}, "män"),
    ],
)
def test_an_interval_that_does_not_hold_is_never_published(changes, says):
    with pytest.raises(Refused, match=says):
        check_publish_estimate(**{**FIT, **changes})


@pytest.mark.parametrize(
    ("band", "told"),
    [
        ((9_480.2, 16_710.9), (9_400, 17_000)),
        ((100.0, 1_000.0), (100, 1_000)),
        ((3.2, 7.8), (0, 10)),
        ((12.0, 87.4), (10, 90)),
        ((186.4, 1_184.6), (180, 1_200)),
    ],
)
def test_limits_are_rounded_outwards_to_two_figures(band, told):
    assert public_limits(band) == told
