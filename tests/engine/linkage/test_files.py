import csv
from datetime import date

import pytest

from nosvidere.engine.linkage import LinkReport, UnusableFile, link_file

KEY = b"a key for tests only, 32 bytes.."
TEXT = "välkommen hem till lugna sköna ylva vid parken med doft av lavendel"
ADS = f"""ad_id,seen_at,source,phone,place_text,text
a1,2020-10-20,s,0701234567,Storgatan 1,{TEXT}
a2,2020-10-20,s,,,{TEXT} nu
a3,2020-10-20,s,070-123 45 67,storgatan 1,snabb bil söker garage nära stationen
a4,2020-10-20,s,,,grå katt bortsprungen senast sedd bakom skolan
a5,2021-01-01,s,,,{TEXT}
"""


def linked(tmp_path, content=ADS, **more):
    path = tmp_path / "ads.csv"
    path.write_text(content, encoding="utf-8")
    return link_file(path, out=tmp_path / "groups.csv", key=KEY, today=date(2020, 10, 21), **more)


def test_the_groups_are_written_with_a_row_per_ad(tmp_path):
    report = linked(tmp_path)

    with (tmp_path / "groups.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["ad_id"] for row in rows] == ["a1", "a2", "a3", "a4"]
    assert len({row["text_group"] for row in rows}) == 3
    assert len({row["organiser_group"] for row in rows}) == 2
    assert report == LinkReport(
        ads=4, rejected=1, text_groups=1, organiser_groups=1, ads_grouped=3, quarantined=0
    )


def test_bad_rows_are_written_with_line_and_reason(tmp_path):
    linked(tmp_path, rejected=tmp_path / "rejected.csv")

    with (tmp_path / "rejected.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["line", "reason", "row"]
    assert rows[1][:2] == ["6", "seen_at ligger i framtiden: 2021-01-01"]


def test_the_places_may_be_named_by_a_register(tmp_path):
    asked = []

    linked(tmp_path, place_of=lambda text: asked.append(text) or "adr-1")

    assert asked == ["Storgatan 1", "storgatan 1"]


def test_several_processes_give_the_same_groups(tmp_path, corpora, monkeypatch):
    monkeypatch.setattr("nosvidere.engine.linkage.files._ADS_AT_A_TIME", 100)
    corpora.write_csv(corpora.organisers(1_000, 3), tmp_path / "many.csv")
    content = (tmp_path / "many.csv").read_text("utf-8")

    alone = linked(tmp_path, content), (tmp_path / "groups.csv").read_bytes()
    shared = linked(tmp_path, content, workers=2), (tmp_path / "groups.csv").read_bytes()

    assert shared == alone
    assert alone[0].organiser_groups > 20


def test_a_file_that_cannot_be_read_leaves_the_old_groups(tmp_path):
    linked(tmp_path)
    before = (tmp_path / "groups.csv").read_bytes()

    with pytest.raises(UnusableFile):
        linked(tmp_path, "")

    assert (tmp_path / "groups.csv").read_bytes() == before


def test_nothing_half_written_is_left(tmp_path):
    (tmp_path / "groups.csv").mkdir()

    with pytest.raises(OSError, match="groups"):
        linked(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["ads.csv", "groups.csv"]


def test_a_file_with_only_bad_rows_gives_an_empty_list(tmp_path):
    report = linked(tmp_path, "ad_id,text\n,hej\n")

    assert (report.ads, report.rejected) == (0, 1)
    assert (tmp_path / "groups.csv").read_text() == "ad_id,text_group,organiser_group\n"
