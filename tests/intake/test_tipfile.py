"""Files of tips → rows; what cannot be read is handed back with line and reason."""

import json
from datetime import UTC, date, datetime

import pytest
from tests.intake.conftest import told

from nosvidere.engine.places import UnusableFile
from nosvidere.intake.tipfile import LONGEST_LINE, read_tips

TODAY = date(2020, 10, 1)


def read(file):
    rejected, counted = [], []
    rows = list(read_tips(file, today=TODAY, rejected=rejected.append, progress=counted.append))
    return rows, rejected, counted


def test_a_row_keeps_all_its_fields(tips_file):
    (row,), rejected, counted = read(tips_file(told(informant="i-7", signs=["F01", "T01"])))

    assert (row.id, row.channel, row.signs, row.place_text, row.informant) == (
        "t-1",
        "web",
        ("F01", "T01"),
        "Tångvägen 1",
        "i-7",
    )
    assert row.received_at == datetime(2020, 9, 20, 16, 30, tzinfo=UTC)
    assert (rejected, counted) == ([], [1])


def test_what_may_be_missing_has_a_default(tips_file):
    (row,), _, _ = read(
        tips_file({"id": "t", "received_at": "2020-09-20T18:30:00", "text": "Något"})
    )

    assert (row.channel, row.signs, row.place_text, row.informant) == ("import", (), "", "")
    assert row.received_at == datetime(2020, 9, 20, 18, 30, tzinfo=UTC)


def test_a_byte_order_mark_and_empty_lines_are_no_matter(tmp_path):
    file = tmp_path / "tips.jsonl"
    file.write_bytes(
        b"\xef\xbb\xbf" + json.dumps(told()).encode() + b"\n\n  \n" + json.dumps(told(2)).encode()
    )

    rows, rejected, _ = read(file)

    assert [row.id for row in rows] == ["t-1", "t-2"]
    assert not rejected


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('{"id": "t-1", "rec', "avklippt"),
        ("[1, 2]", "JSON-objekt"),
        ("[" * 100_000, "fält i fält"),
        (told(id=""), "id saknas"),
        (told(id=7), "id saknas"),
        (told(text=None, place_text=None), "varken text eller plats"),
        (told(text=["a"]), "text saknas eller är inte text"),
        (told(text="a\x00b"), "styrtecken"),
        (told(received_at="i går"), "ingen tid"),
        (told(received_at="2020-10-02T12:00:00+02:00"), "framåt i tiden"),
        (told(channel="telex"), "telex"),
        (told(signs="F01"), "lista med koder"),
        (told(signs=[1]), "lista med koder"),
        (told(signs=["Q99"]), "Q99"),
    ],
)
def test_a_row_that_cannot_be_taken_is_handed_back(tips_file, row, says):
    rows, (rejected,), _ = read(tips_file(row))

    assert not rows
    assert rejected.line == 1
    assert says in rejected.reason


def test_the_same_id_twice_is_taken_once(tips_file):
    rows, (rejected,), counted = read(tips_file(told(), told(), told(2)))

    assert [row.id for row in rows] == ["t-1", "t-2"]
    assert (rejected.line, "redan" in rejected.reason, counted) == (2, True, [1, 2, 3])


def test_a_line_without_end_is_one_bad_row(tips_file):
    rows, rejected, _ = read(
        tips_file(told(), json.dumps(told(2, text="x" * (LONGEST_LINE + 50))), told(3))
    )

    assert [row.id for row in rows] == ["t-1", "t-3"]
    assert "längre än" in rejected[0].reason


@pytest.mark.parametrize("content", [None, b"", b"\n\n"])
def test_a_file_without_rows_is_unusable(tmp_path, content):
    file = tmp_path / "tips.jsonl"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(UnusableFile, match="Gör så här"):
        read(file)


def test_a_file_in_latin_1_says_where_and_what_to_do(tmp_path):
    file = tmp_path / "tips.jsonl"
    file.write_bytes(json.dumps(told()).encode() + b"\n" + "Tångvägen".encode("latin-1"))

    with pytest.raises(UnusableFile, match=r"rad 2.*iconv"):
        read(file)
