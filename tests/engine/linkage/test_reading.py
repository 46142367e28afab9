from datetime import date

import duckdb
import pytest

from nosvidere.engine.linkage import AdRow, UnusableFile, read_ads, reading

HEAD = "ad_id,seen_at,source,phone,place_text,text\n"
GOOD = "a1,2020-10-20,s,0701234567,Storgatan 1,hej\n"
TODAY = date(2020, 10, 21)


@pytest.fixture
def read(tmp_path):
    def run(content, name="ads.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        refused = []
        return list(read_ads(path, today=TODAY, rejected=refused.append)), refused

    return run


def test_a_row_is_read_as_it_stands(read):
    rows, refused = read(HEAD + GOOD)

    assert rows == [AdRow("a1", "2020-10-20", "s", "0701234567", "Storgatan 1", "hej", line=2)]
    assert refused == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a1,2020-10-20,s", "avhuggen: 3 av 6"),
        ("a1,2020-10-20,s,070,x,y,z", "för många fält: 7"),
        (",2020-10-20,s,,,hej", "ad_id saknas"),
        ("a1,2020-10-20,s,,,h\x00ej", "styrtecken"),
        ("a1,2020-10-20,s,,,h\x85ej", "styrtecken"),
        ("a1,2020-10-20,s,,x,", "varken text eller telefon"),
        ("a1,20 oktober,s,,,hej", "inte ett datum: 20 oktober"),
        ("a1,2020-13-01,s,,,hej", "inte ett datum"),
        ("a1,2020-10-22,s,,,hej", "framtiden: 2020-10-22"),
        ('a1,2020-10-20,s,,,"hej', "citattecken öppnas men stängs aldrig"),
    ],
)
def test_a_bad_row_is_handed_back_and_the_next_is_read(read, row, reason):
    rows, refused = read(f"{HEAD}{row}\nb2,2020-10-20,s,,,hej\n")

    assert [row.ad_id for row in rows] == ["b2"]
    assert refused[0].line == 2
    assert reason in refused[0].reason


def test_the_second_of_two_equal_ids_is_refused(read):
    rows, refused = read(HEAD + GOOD + GOOD)

    assert len(rows) == 1
    assert refused[0].line == 3
    assert "finns redan" in refused[0].reason


def test_a_latin_1_row_is_refused_with_what_to_do(read):
    rows, refused = read((HEAD + GOOD).encode() + "a2,,s,,,på\n".encode("latin-1"))

    assert len(rows) == 1
    assert "Latin-1" in refused[0].reason


def test_an_open_quote_swallows_no_other_row(read):
    rows, refused = read(
        f'{HEAD}a1,,s,,,"hej\n' + "".join(f'a{n},,s,,,"hej, du"\n' for n in range(2, 9))
    )

    assert [row.ad_id for row in rows] == [f"a{n}" for n in range(2, 9)]
    assert [row.line for row in rows] == list(range(3, 10))
    assert len(refused) == 1


def test_a_text_may_have_several_lines(read):
    rows, _ = read(HEAD + 'a1,,s,,,"hej\ndu"\n\na2,,s,,,hej\n')

    assert [(row.line, row.text) for row in rows] == [(2, "hej\ndu"), (5, "hej")]


def test_columns_may_be_missing_and_in_any_order_with_semicolons(read):
    rows, _ = read("\ufeffText;AD_ID;annat\nhej, du;a1;x\n")

    assert rows == [AdRow("a1", "", "", "", "", "hej, du", line=2)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "filen är tom"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"namn,text\n", "kolumner saknas"),
        (b"ad_id,source\n", "kolumner saknas"),
        (b"ad_id,text,text\n", "kolumnen text finns två gånger"),
        (b"\n", "kolumner saknas"),
        (b"ad_id,h\xe4lsning\n", "ad_id, h.lsning"),
        (b"PAR1 and then nothing", "Parquet"),
    ],
)
def test_a_file_without_ads_says_what_to_do(read, content, reason):
    with pytest.raises(UnusableFile, match=reason):
        read(content)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(UnusableFile, match="finns inte"):
        list(read_ads(tmp_path / "none.csv", today=TODAY, rejected=print))


def test_parquet_gives_the_same_rows(tmp_path):
    path = tmp_path / "ads.parquet"
    duckdb.sql(
        "SELECT 7 AS ad_id, DATE '2020-10-20' AS seen_at, 'hej' AS text, NULL AS phone "
        "UNION ALL SELECT 7, DATE '2020-10-20', 'hej', NULL"
    ).write_parquet(str(path))
    refused = []

    rows = list(read_ads(path, today=TODAY, rejected=refused.append))

    assert rows == [AdRow("7", "2020-10-20", "", "", "", "hej", line=1)]
    assert refused[0].line == 2


def test_progress_is_told_now_and_then(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_ROWS_AT_A_TIME", 2)
    path = tmp_path / "ads.csv"
    path.write_text(HEAD + "".join(f"a{n},,s,,,hej\n" for n in range(5)))
    told = []

    list(read_ads(path, today=TODAY, rejected=print, progress=told.append))

    assert told == [2, 4]


def test_a_time_of_day_is_allowed(read):
    rows, _ = read(HEAD + "a1,2020-10-20T21:05:00,s,,,hej\n")

    assert rows[0].seen_at == "2020-10-20T21:05:00"
