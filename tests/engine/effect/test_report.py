import json

import pytest

from nosvidere.engine.effect import UnusableEffectFile, read_effect_file

HEAD = "area,role,before,after,before_hours,after_hours\n"
WHOLE = HEAD + (
    "Norra,treated,20,10,100,100\n"
    "Södra,control,20,20,100,100\n"
    "Östra,displacement,30,20,80,82\n"
    "Västra,displacement_control,30,30,80,80\n"
)


@pytest.fixture
def written(tmp_path):
    def write(text, name="effect.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_whole_file_gives_the_published_difference(written):
    report = read_effect_file(written(WHOLE))

    assert report["difference"]["total"] == -20
    assert report["difference"]["standard_error"] == pytest.approx(13.416408, abs=1e-6)
    assert report["difference"]["includes_nearby"]
    assert next(iter(report["difference"])) == "minimum_detectable"
    assert report["quotient"]["value"] == pytest.approx(1)
    assert (report["rows"], report["rejected"]) == (4, [])


def test_each_area_has_its_rates_and_its_test(written):
    (norra, *_) = read_effect_file(written(WHOLE))["areas"]

    assert norra["p_equal_rates"] == pytest.approx(0.06883178)
    assert norra["before"]["per_hour"]["value"] == 0.2
    assert norra["per_hour"]


def test_the_report_can_be_written_as_json(written):
    assert json.loads(json.dumps(read_effect_file(written(WHOLE))))["file"] == "effect.csv"


def test_json_and_csv_say_the_same(written):
    rows = [
        {"area": "Norra", "role": "treated", "before": 20, "after": 10, "before_hours": 100.0},
        {"area": "Södra", "role": "control", "before": 20, "after": 20, "after_hours": None},
    ]
    table = HEAD + "Norra,treated,20,10,100,\nSödra,control,20,20,,\n"

    from_json = read_effect_file(written(json.dumps(rows), "effect.json"))
    from_csv = read_effect_file(written(table))

    unlike = {"file", "sha256"}
    assert {k: v for k, v in from_json.items() if k not in unlike} == {
        k: v for k, v in from_csv.items() if k not in unlike
    }
    assert "Timmar saknas för minst ett område: dess takter kan inte räknas." in from_csv["notes"]


def test_a_file_from_a_swedish_spreadsheet_is_read(written):
    text = "\ufeffArea;Role;Before;After;Before_Hours;After_Hours\nNorra;treated;20;10;99,5;120\n"

    report = read_effect_file(written(text))

    assert report["areas"][0]["before"]["per_hour"]["exposure"] == 99.5
    assert "Timmarna skiljer sig" in " ".join(report["notes"])


def test_without_a_control_there_is_no_difference(written):
    report = read_effect_file(written("area,role,before,after\nNorra,treated,20,10\n"))

    assert "kontrollområde" in report["difference"]["refused"]
    assert "kontrollområde" in report["quotient"]["refused"]


def test_without_an_area_nearby_displacement_is_not_looked_for(written):
    report = read_effect_file(written(HEAD + "N,treated,20,10,,\nS,control,20,20,,\n"))

    assert report["difference"]["total"] == -10
    assert not report["difference"]["includes_nearby"]
    assert "närområde" in report["quotient"]["refused"]


def test_an_area_nearby_without_its_control_is_left_out_and_said(written):
    rows = HEAD + "N,treated,20,10,,\nS,control,20,20,,\nÖ,displacement,30,20,,\n"

    report = read_effect_file(written(rows))

    assert report["difference"]["total"] == -10
    assert "närområdet saknar kontroll" in " ".join(report["notes"])


def test_the_risk_is_given_for_scenarios_that_can_be(written):
    report = read_effect_file(written(HEAD + "N,treated,20,80,,\n"))

    assert [band["purchases"] for band in report["detection_risk"]] == [2000, 10000, 50000]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",control,1,1,,", "area saknas"),
        ("S,elsewhere,1,1,,", "okänd roll elsewhere"),
        ("S,control,-1,1,,", "before är -1"),
        ("S,control,1,1.5,,", "after är 1.5"),
        ("S,control,1,,,", "after saknas"),
        ("S,control,1", "after saknas"),
        ("S,control,1,1,0,", "before_hours är 0"),
        ("S,control,1,1,,många", "after_hours är många"),
        ("N,treated,1,1,,", "finns redan"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line_and_the_rest_is_read(written, row, reason):
    report = read_effect_file(written(f"{HEAD}N,treated,20,10,,\n{row}\nV,control,9,9,,\n"))

    (rejected,) = report["rejected"]
    assert rejected["line"] == 3
    assert reason in rejected["reason"]
    assert report["rows"] == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "saknar area, role, before, after"),
        ("area,role,before\n", "saknar after"),
        (HEAD, "ingen användbar rad"),
        ("[{]", "rad 1 är inte JSON"),
        ('{"area": "N"}', "ingen lista"),
        ("[1]", "ingen lista"),
    ],
)
def test_an_unusable_file_says_what_is_wrong_and_what_to_do(written, text, reason):
    with pytest.raises(UnusableEffectFile, match=reason):
        read_effect_file(written(text))


def test_a_file_that_is_not_there_is_unusable(tmp_path):
    with pytest.raises(UnusableEffectFile, match=r"saknas\.csv: filen går inte att öppna"):
        read_effect_file(tmp_path / "saknas.csv")


def test_a_file_in_another_encoding_is_unusable(tmp_path):
    path = tmp_path / "effect.csv"
    path.write_bytes("area;role\nÖstra;treated".encode("latin-1"))

    with pytest.raises(UnusableEffectFile, match="UTF-8"):
        read_effect_file(path)
