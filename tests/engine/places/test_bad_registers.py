"""Bad files are refused with file, line, reason and what to do; bad rows are named and passed over."""

import sqlite3
import struct
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from nosvidere.engine.places import REJECTIONS, Address, Rejected, UnusableFile, read_register

HEADER = "id,street,number,letter,postcode,locality,municipality,district,lat,lon\n"
ROW = "a1,Storgatan,4,,99101,Videhamn,Videhamn,,57.0,11.4\n"
Write = Callable[[str, str | bytes], Path]
Read = Callable[[Path], tuple[list[Address], Sequence[Rejected]]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "filen är tom"),
        ("\ufeff \r\n\n".encode(), "filen är tom"),
        ((HEADER + ROW + "a2,Lillgatan,4,,9910").encode(), "rad 3: sista raden är avklippt"),
        (
            (HEADER + ROW + 'a2,"Lillgatan,4,,99101,V,V,,57.0,11.4').encode(),
            "rad 3: sista raden är avklippt",
        ),
        (
            (HEADER + ROW).encode() + "a2,Gränden".encode()[:-5],
            "rad 3: filen är avklippt mitt i ett tecken",
        ),
        (
            (HEADER + ROW + "a2,Gränden,4,,,,V,,,\n").encode("latin-1"),
            "rad 3: texten är inte UTF-8 utan ser ut som Latin-1",
        ),
        ((HEADER + ROW).encode("utf-16"), "UTF-16"),
        (b"id,street\na1,Storgatan\n", "kolumner saknas: number (filen har: id, street)"),
        (b"lon,lat,unit\n11,57,2\n", "rad 1: kolumner saknas: street, number (filen har: lon,"),
        (b"SQLite format 3\x00 and then nothing", "ingen hel GeoPackage"),
        (
            b"id,street,number,municipality,street\na1,Storgatan,4,V,S\n",
            "finns två gånger: street",
        ),
        (
            (HEADER + ROW + 'a2,"Lill\x00').encode() + b"x" * 200_000 + b'",1\n',
            "rad 3: raden kan inte läsas",
        ),
        (b"PK\x03\x04zip", "packad"),
        (b"\x1f\x8bgzip", "packad"),
        (b'{"type": "FeatureCollection", "features": []}', "inga adresser"),
        (b'{"features": [{"geometry": 1}' + b" " * (1 << 20), "allt på en rad"),
    ],
)
def test_an_unusable_file_says_why_and_what_to_do(
    content: bytes, said: str, write: Write, read: Read
) -> None:
    path = write("register.csv", content)

    with pytest.raises(UnusableFile) as refusal:
        read(path)

    assert said in str(refusal.value)
    assert str(refusal.value).startswith("register.csv")
    assert "Gör så här:" in str(refusal.value)


def test_a_missing_file_is_told(tmp_path: Path, read: Read) -> None:
    with pytest.raises(UnusableFile, match="filen finns inte"):
        read(tmp_path / "ingen.csv")


def test_a_folder_is_told(tmp_path: Path, read: Read) -> None:
    with pytest.raises(UnusableFile, match=r"mapp, ingen fil\. Gör så här: läs in filerna i den"):
        read(tmp_path)


def test_a_file_without_the_right_to_read_is_told(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    path = tmp_path / "a.csv"
    path.write_text(HEADER)
    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(UnusableFile, match="får inte läsas"):
        read(path)


def test_nothing_is_read_from_a_cut_file_before_it_is_refused(write: Write) -> None:
    rows = read_register(
        write("r.csv", HEADER + ROW + "a2,Li"), today=date(2020, 10, 20), rejected=print
    )

    with pytest.raises(UnusableFile):
        next(rows)


def test_a_last_row_without_line_end_is_whole(write: Write, read: Read) -> None:
    addresses, _ = read(write("register.csv", HEADER + ROW.rstrip()))

    assert len(addresses) == 1


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("11.4,57.0", "omkastade"),
        ("6319046,321104", "SWEREF 99 TM"),
        ("321104,6319046", "omkastade koordinater i SWEREF 99 TM"),
        ("6319046,1270000", "RT 90"),
        ("1270000,6319046", "omkastade koordinater i RT 90"),
        ("40.7,-74.0", "utanför Sverige"),
    ],
)
def test_a_file_of_other_coordinates_is_refused(
    pair: str, said: str, write: Write, read: Read
) -> None:
    rows = (
        "".join(f"a{n},Storgatan,{n},,,,V,,{pair}\n" for n in range(1, 4))
        + "a9,Storgatan,9,,,,V,,norr,1\n"
    )

    with pytest.raises(UnusableFile, match=said):
        read(write("register.csv", HEADER + rows))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a2,Storgatan,4,,,,V,,11.4,57.0", "omkastade"),
        ("a2,Storgatan,4,,,,V,,57.0,", "bara den ena"),
        ('a2,Storgatan,4,,,,V,,"57,0",11.4', "decimalpunkt"),
        ("a2,Storgatan,4,,,,V,,norr,11.4", "inget tal"),
        ("a2,Storgatan,4,,,,V,,nan,11.4", "inget tal"),
        ("a1,Storgatan,6,,,,V,,,", "har redan lästs"),
        (",Storgatan,4,,,,V,,,", "id saknas"),
        ("a2,,4,,,,V,,,", "gatunamn saknas"),
        ("a2,Storgatan,,,,,V,,,", "husnummer saknas"),
        ("a2,Storgatan,fyra,,,,V,,,", "börjar inte med ett tal"),
        ("a2,Storgatan,4B,C,,,V,,,", "säger olika"),
        ("a2,Storgatan,4,,991,,V,,,", "fem siffror"),
        ("a2,Stor\x07gatan,4,,,,V,,,", "styrtecken"),
        ("a2,Stor\x00gatan,4,,,,V,,,", "styrtecken"),
        ("a2,Storgatan", "kolumner"),
        (f"a2,{'Lång' * 40}gatan,4,,,,V,,,", "högst 120 går att lagra"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(
    row: str, said: str, write: Write, read: Read
) -> None:
    addresses, rejected = read(
        write("register.csv", HEADER + ROW + row + "\na9,Storgatan,9,,,,V,,57.0,11.4\n")
    )

    assert [address.id for address in addresses] == ["a1", "a9"]
    assert [said in line.reason for line in rejected] == [True]
    assert rejected[0].line == 3
    assert "rad 3" in rejected[0].reason
    assert rejected[0].kind in REJECTIONS


def test_of_rows_with_one_id_the_first_that_passes_is_taken(write: Write, read: Read) -> None:
    rows = (
        "a2,Storgatan,6,,991,V,V,,57.0,11.4", "a2,Storgatan,6,,99101,V,V,,57.0,11.4",
        "a2,Storgatan,8,,99101,V,V,,57.0,11.4", ",Storgatan,9,,,,V,,,", ",Storgatan,9,,,,V,,,",
    )  # fmt: skip

    addresses, rejected = read(write("register.csv", HEADER + ROW + "\n".join(rows) + "\n"))

    assert [(a.id, a.number, a.postcode) for a in addresses] == [
        ("a1", "4", "99101"),
        ("a2", "6", "99101"),
    ]
    assert [(row.line, row.kind) for row in rejected] == [
        (3, "postcode"), (5, "duplicate"), (6, "identity"), (7, "identity"),
    ]  # fmt: skip


def test_a_thousand_bad_rows_hide_no_good_one(write: Write, read: Read) -> None:
    bad = "".join(f"a{n},Storgatan,,,,,V,,,\n" for n in range(1000))

    addresses, rejected = read(write("register.csv", HEADER + bad + ROW * 2))

    assert [address.id for address in addresses] == ["a1"]
    assert [row.kind for row in rejected[999:]] == ["number", "duplicate"]


def test_an_id_leaves_room_for_the_number_of_a_dwelling(write: Write, read: Read) -> None:
    fits, too_long = "i" * 59, "j" * 60
    rows = "".join(f"{identity},Storgatan,4,,,,V,,,\n" for identity in (fits, too_long))

    addresses, rejected = read(write("register.csv", HEADER + rows))

    assert [address.id for address in addresses] == [fits]
    assert [row.kind for row in rejected] == ["length"]


def most_memory(path: Path) -> int:
    """Return the most bytes that reading the file takes at once."""
    tracemalloc.start()
    for _ in read_register(path, today=date(2020, 10, 20), rejected=print):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_longer_file_takes_hardly_more_memory(write: Write) -> None:
    rows = [f"a{n},Storgatan,4,,,,V,,57.0,11.4" + " " * 400 + "\n" for n in range(12_000)]
    short = write("short.csv", HEADER + "".join(rows[:4000]))
    long = write("long.csv", HEADER + "".join(rows))

    more = most_memory(long) - most_memory(short)

    assert more < 0.1 * (long.stat().st_size - short.stat().st_size)


def geopackage(path: Path, *statements: str) -> Path:
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    return path


CATALOGUE = (
    "CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)",
    "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization_coordsys_id)",
    "INSERT INTO gpkg_spatial_ref_sys VALUES (3006, 3006)",
)


def test_a_geopackage_without_the_layer_is_refused(tmp_path: Path, read: Read) -> None:
    with pytest.raises(
        UnusableFile, match=r"lagret belagenhetsadress saknas \(lager i filen: inga\)"
    ):
        read(geopackage(tmp_path / "a.gpkg", *CATALOGUE))


@pytest.mark.parametrize(
    ("columns", "said"),
    [("objektidentitet, geom", "adressomrade_faststalltnamn"),
     ("adressomrade_faststalltnamn, adressplatsnummer, geom", "belagenhetsadress_objektidentitet")],
)  # fmt: skip
def test_a_geopackage_without_the_columns_is_refused(
    columns: str, said: str, tmp_path: Path, read: Read
) -> None:
    path = geopackage(
        tmp_path / "a.gpkg", *CATALOGUE, f"CREATE TABLE belagenhetsadress ({columns})",
        "INSERT INTO gpkg_geometry_columns VALUES ('belagenhetsadress', 'geom', 3006)",
    )  # fmt: skip

    with pytest.raises(UnusableFile, match=said):
        read(path)


def test_a_geopackage_row_without_a_point_is_named(tmp_path: Path, read: Read) -> None:
    path = geopackage(
        tmp_path / "a.gpkg", *CATALOGUE,
        "CREATE TABLE belagenhetsadress (objektidentitet, adressomrade_faststalltnamn, adressplatsnummer, geom)",
        "INSERT INTO gpkg_geometry_columns VALUES ('belagenhetsadress', 'geom', 3006)",
        "INSERT INTO belagenhetsadress VALUES ('u1', 'Storgatan', '4', NULL)",
    )  # fmt: skip

    addresses, rejected = read(path)

    assert addresses == []
    assert "ingen punkt" in rejected[0].reason


def test_an_ended_row_before_the_one_in_force_hides_it_not(tmp_path: Path, read: Read) -> None:
    point = b"GP\0\1" + struct.pack("<iBidd", 3006, 1, 1, 321_104, 6_319_748)
    path = geopackage(
        tmp_path / "a.gpkg", *CATALOGUE,
        "CREATE TABLE belagenhetsadress (objektidentitet, adressomrade_faststalltnamn, adressplatsnummer, "
        "statusforbelagenhetsadress, geom)",
        "INSERT INTO gpkg_geometry_columns VALUES ('belagenhetsadress', 'geom', 3006)",
        *(f"INSERT INTO belagenhetsadress VALUES ('u1', 'Storgatan', '4', '{status}', X'{point.hex()}')"
          for status in ("Avregistrerad", "Gällande")),
    )  # fmt: skip

    addresses, rejected = read(path)

    assert [(a.id, a.number) for a in addresses] == [("u1", "4")]
    assert [row.kind for row in rejected] == ["not_in_force"]


@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet"])
def test_a_damaged_binary_file_is_refused(name: str, write: Write, read: Read) -> None:
    with pytest.raises(UnusableFile, match="filen är ingen hel"):
        read(
            write(
                name,
                b"SQLite format 3\x00 and then nothing" if name == "a.gpkg" else b"PAR1nothing",
            )
        )


def test_a_cut_geopackage_is_refused(tmp_path: Path, read: Read) -> None:
    whole = (Path(__file__).with_name("files") / "belagenhetsadresser_kn9901.gpkg").read_bytes()
    path = tmp_path / "cut.gpkg"

    for size in (len(whole) // 4, len(whole) // 2, len(whole) - 4096):
        path.write_bytes(whole[:size])
        with pytest.raises(UnusableFile, match="filen är ingen hel GeoPackage"):
            read(path)


def test_a_cut_parquet_file_is_refused(tmp_path: Path, read: Read) -> None:
    whole, cut = tmp_path / "a.parquet", tmp_path / "cut.parquet"
    with duckdb.connect() as database:
        database.execute(f"COPY (SELECT 1 AS x) TO '{whole}' (FORMAT parquet)")
    cut.write_bytes(whole.read_bytes()[:-20])

    with pytest.raises(UnusableFile, match="filen är ingen hel Parquet"):
        read(cut)


def test_a_parquet_file_of_something_else_is_refused(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.parquet"
    with duckdb.connect() as database:
        database.execute(f"COPY (SELECT 1 AS x) TO '{path}' (FORMAT parquet)")

    with pytest.raises(UnusableFile, match="kolumner saknas: id, geometry, number, street"):
        read(path)
