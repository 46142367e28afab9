from pathlib import Path

import pytest

from nosvidere.engine.darkfigure import CaptureTable, UnusableTable, parse_table, read_table

GOOD = "A,B,C,count\n1,0,0,12\n0,1,0,9\n0,0,1,7\n1,1,0,5\n1,1,1,2\n"


def test_a_table_is_read_with_its_counts_by_bit_pattern():
    table = parse_table(GOOD.encode())

    assert table.lists == ("A", "B", "C")
    assert table.counts == (0, 12, 9, 5, 7, 0, 0, 2)
    assert table.observed == 35
    assert table.overlaps == 7
    assert table.list_totals == {"A": 19, "B": 16, "C": 9}


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("count", "Antal") + "\n\n",
        GOOD + "0,1,1,0\n",
        "count,A,B,C\n12,1,0,0\n9,0,1,0\n7,0,0,1\n5,1,1,0\n2,1,1,1\n",
    ],
)
def test_the_ways_spreadsheets_write_csv_are_understood(text):
    assert parse_table(text.encode()).counts == (0, 12, 9, 5, 7, 0, 0, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "filen är tom"),
        (" \n\n", "filen är tom"),
        ("\ufeff\n", "filen är tom"),
        (",,\n", "filen är tom"),
        ("A,B,C\n1,0,0\n", "kolumn som heter count"),
        ("A,count,count\n1,0,0\n", "kolumn som heter count"),
        (GOOD + "0,0,0,4\n", "rad 7: bara nollor"),
        (GOOD + "0,1,1,-4\n", "rad 7: antalet ”-4” är inte ett helt tal"),
        (GOOD + "0,1,1,2.5\n", "antalet ”2.5” är inte ett helt tal"),
        (GOOD + "0,1,1,\n", "antalet ”” är inte ett helt tal"),
        (GOOD + "0,1,1,٣\n", "är inte ett helt tal"),
        (GOOD + "1,1,0,3\n", "rad 7: samma kombination"),
        (GOOD + "0,1,1\n", "rad 7: 3 värden, men rubriken har 4"),
        (GOOD + "0,x,1,3\n", "”x” i kolumnen B är inte 0 eller 1"),
        ("A,count\n1,3\n", "Minst två listor"),
        (",".join("ABCDEFGHIJKL") + ",count\n" + "1," * 12 + "3\n", "12 listor, högst 9"),
        ("A,,count\n1,0,3\n", "ett namn på 1"),
        ("A,a,count\n1,0,3\n", "samma namn"),
        ("A,B,C,count\n1,0,0,12\n0,1,0,9\n1,1,0,3\n", "listan C har inga fall"),
        ("A,B,count\n1,0,0\n0,1,0\n", "tabellen har 0 fall"),
        ("A,B,count\n", "tabellen har 0 fall"),
        ("A,B,count\n1,0,999999999\n0,1,2\n", "högst 10000000"),
        ('A,B,count\n1,0,"3\n', "läsa som CSV"),
        ("A\0,B,count\n1,0,3\n", "inte en textfil"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(text, words):
    with pytest.raises(UnusableTable, match=words.replace("”", "\u201d")):
        parse_table(text.encode())


def test_other_encodings_are_refused():
    with pytest.raises(UnusableTable, match="UTF-8"):
        parse_table(GOOD.replace("A,", "Å,").encode("latin-1"))


def test_a_file_of_persons_is_refused_by_its_size():
    with pytest.raises(UnusableTable, match="inte per fall"):
        parse_table(GOOD.encode() + b"1,0,0,1\n" * 200_000)


def test_the_message_names_the_file(tmp_path: Path):
    bad = tmp_path / "lista.csv"
    bad.write_text(GOOD + "0,0,0,4\n")

    with pytest.raises(UnusableTable, match=r"^lista\.csv: rad 7: bara nollor"):
        read_table(bad)
    with pytest.raises(UnusableTable, match=r"^saknas\.csv: filen går inte att läsa"):
        read_table(tmp_path / "saknas.csv")


def test_written_and_read_again_the_table_is_the_same(uk):
    again = parse_table(uk.as_csv().encode())

    assert again.counts == uk.counts
    assert again.lists == uk.lists


def test_the_hash_is_of_the_file_read_or_of_the_tables_own_text(tmp_path: Path):
    made = CaptureTable(("A", "B"), (0, 5, 6, 2))
    read = parse_table(made.as_csv().encode())

    assert made.sha256 == read.sha256
    assert parse_table(made.as_csv().encode() + b"\n").sha256 != read.sha256


def test_a_table_is_made_of_sets_of_sources():
    table = CaptureTable.from_sets(
        ["tips", "annonser"],
        {frozenset({"tips"}): 4, frozenset({"annonser"}): 5, frozenset({"tips", "annonser"}): 2},
    )

    assert table.counts == (0, 4, 5, 2)
    assert table.overlap_table() == [[6, 2], [2, 7]]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 1, 2), "3 antal, men 2 listor"),
        ((4, 1, 2, 1), "ingen lista har sett"),
        ((0, 1, -2, 4), "negativt"),
    ],
)
def test_counts_that_no_table_can_hold_are_refused(counts, words):
    with pytest.raises(UnusableTable, match=words):
        CaptureTable(("A", "B"), counts)
