import pytest

from nosvidere.engine.signs import SCHEME, load_scheme

POINTS = {"weak": 1, "medium": 2, "strong": 4}
SCORED = [sign for sign in SCHEME.signs.values() if sign.use == "scored"]


def test_the_table_is_whole():
    families = {family: sum(code[0] == family for code in SCHEME.signs) for family in "FTPAVCX"}

    assert families == {"F": 7, "T": 8, "P": 8, "A": 6, "V": 4, "C": 6, "X": 8}


@pytest.mark.parametrize("sign", SCHEME.signs.values(), ids=lambda sign: sign.code)
def test_each_sign_has_a_source_and_a_reason(sign):
    assert sign.sv
    assert sign.en
    assert sign.source
    assert sign.reason


@pytest.mark.parametrize(
    "sign", [sign for sign in SCORED if not sign.is_counter], ids=lambda sign: sign.code
)
def test_each_scored_sign_has_its_points_a_half_life_and_an_innocent_explanation(sign):
    assert sign.points == POINTS[sign.strength]
    assert sign.half_life_days > 0
    assert sign.half_life_reason
    assert sign.innocent_sv


def test_what_is_never_scored_has_no_points():
    never = {sign.code for sign in SCHEME.signs.values() if sign.use == "never"}

    assert never == {"P08", "A03", *(f"X0{n}" for n in range(1, 9))}
    assert all(sign.points == 0 for sign in SCHEME.signs.values() if sign.use != "scored")


def test_an_unknown_version_is_an_error():
    with pytest.raises(FileNotFoundError):
        load_scheme("0")
