"""Every register format becomes the same addresses."""

import json
import struct
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from nosvidere.engine.places import Address, Rejected, read_register, source_of
from nosvidere.engine.places.formats.seen import Seen
from nosvidere.engine.places.formats.wkb import NO_POINT, geopackage_point, wkb_point

FILES = Path(__file__).with_name("files")
HEADER = "id,street,number,letter,postcode,locality,municipality,district,lat,lon\n"
Write = Callable[[str, str | bytes], Path]
Read = Callable[[Path], tuple[list[Address], Sequence[Rejected]]]


def test_our_own_csv_gives_every_field(write: Write, read: Read) -> None:
    path = write(
        "register.csv", HEADER + "a1,Storgatan,4,b,991 01,Videhamn,Videhamn,Hamnen,57.0,11.4\n"
    )

    addresses, rejected = read(path)

    assert addresses == [
        Address("a1", "Storgatan", "4", "B", "99101", "Videhamn", "Videhamn", "Hamnen", 57.0, 11.4)
    ]
    assert rejected == []


def test_rows_without_coordinates_load(write: Write, read: Read) -> None:
    path = write("register.csv", HEADER + "a1,Storgatan,4,,,,Videhamn,,,\n")

    addresses, _ = read(path)

    assert (addresses[0].lat, addresses[0].lon) == (None, None)


def test_semicolons_a_byte_order_mark_and_swedish_headings_are_read(
    write: Write, read: Read
) -> None:
    path = write(
        "register.csv", "\ufeffid;Gatunamn;Husnummer;Kommun\r\na1;Storgatan;4B;Videhamn\r\n\r\n"
    )

    addresses, rejected = read(path)

    assert (addresses[0].number, addresses[0].letter, addresses[0].municipality) == (
        "4",
        "B",
        "Videhamn",
    )
    assert rejected == []


def test_a_number_range_is_one_address(write: Write, read: Read) -> None:
    addresses, _ = read(write("register.csv", HEADER + "a1,Storgatan,12 – 14,,,,Videhamn,,,\n"))

    assert addresses[0].number == "12-14"


def test_addresses_not_in_force_today_are_named(write: Write, read: Read) -> None:
    rows = (
        "a1,Storgatan,1,Videhamn,2021-01-01,\n"
        "a2,Storgatan,2,Videhamn,,2019-12-31\n"
        "a3,Storgatan,3,Videhamn,2000-01-01,2030-01-01\n"
        "a4,Storgatan,4,Videhamn,snart,\n"
    )
    path = write("register.csv", "id,street,number,municipality,valid_from,valid_to\n" + rows)

    addresses, rejected = read(path)

    assert [address.id for address in addresses] == ["a3"]
    assert [
        "först från 2021-01-01" in rejected[0].reason,
        "till och med 2019-12-31" in rejected[1].reason,
    ] == [True, True]
    assert "2020-10-20" in rejected[2].reason


@pytest.mark.parametrize(
    "name", ["belagenhetsadresser_kn9901.gpkg", "belagenhetsadresser_kn9902.gpkg"]
)
def test_both_layouts_of_lantmateriet_give_the_same(name: str, read: Read) -> None:
    addresses, rejected = read(FILES / name)

    held = {
        address.id[-1]: (address.street, address.number, address.letter) for address in addresses
    }
    assert held == {
        "1": ("Storgatan", "4", ""),
        "2": ("Storgatan", "4", "B"),
        "3": ("Storgatan", "4", ""),
        "4": ("Storgatan", "6", "A U1"),
        "5": ("Lid Nygård", "1", ""),
        "6": ("Kvarnbacken", "", ""),
        "8": ("Hamngatan", "3", ""),
    }
    assert [(row.line, "Reserverad" in row.reason) for row in rejected] == [(7, True)]


def test_a_popular_name_is_kept(read: Read) -> None:
    addresses, _ = read(FILES / "belagenhetsadresser_kn9901.gpkg")

    assert {a.id[-1]: a.popular_name for a in addresses if a.popular_name} == {
        "5": "Gamla prästgården"
    }
    assert (
        source_of(FILES / "belagenhetsadresser_kn9901.gpkg").attribution
        == "© Lantmäteriet, CC BY 4.0"
    )


def test_metres_of_lantmateriet_become_degrees(read: Read) -> None:
    addresses, _ = read(FILES / "belagenhetsadresser_kn9901.gpkg")

    assert addresses[0].lat == pytest.approx(57.0, abs=1e-6)
    assert addresses[0].lon == pytest.approx(11.4, abs=1e-6)
    assert (addresses[0].postcode, addresses[0].locality, addresses[0].district) == (
        "99101",
        "Videhamn",
        "Innerstaden",
    )
    assert addresses[2].district == "Hamnen"


def test_openaddresses_csv_splits_number_and_letter(write: Write, read: Read) -> None:
    rows = "LON,LAT,NUMBER,STREET,UNIT,CITY,DISTRICT,REGION,POSTCODE,ID,HASH\n"
    path = write(
        "se.csv", rows.replace(",ID,", ",") + "11.4,57.0,74B,Storgatan,,Videhamn,,,99101,abc\n"
    )

    addresses, _ = read(path)

    assert addresses == [
        Address("abc", "Storgatan", "74", "B", "99101", "Videhamn", "Videhamn", "", 57.0, 11.4)
    ]


def test_openaddresses_without_identity_is_known_by_its_content(write: Write, read: Read) -> None:
    row = "11.4,57.0,4,Storgatan,,Videhamn,99101\n"
    path = write("se.csv", "lon,lat,number,street,unit,city,postcode\n" + row + row)

    addresses, rejected = read(path)

    assert len(addresses) == 1
    assert "har redan lästs" in rejected[0].reason


def test_openaddresses_geojson_is_read_line_by_line(write: Write, read: Read) -> None:
    feature = {
        "type": "Feature",
        "properties": {
            "hash": "abc",
            "number": "4",
            "street": "Storgatan",
            "city": "Videhamn",
            "unit": None,
        },
        "geometry": {"type": "Point", "coordinates": [11.4, 57.0]},
    }
    broken = '{"type": "Feature", "geometry": null, "properties": {}}'
    lines = [
        '{"type": "FeatureCollection", "features": [',
        json.dumps(feature) + ",",
        broken,
        "]}",
    ]

    addresses, rejected = read(write("se.geojson", "\n".join(lines)))

    assert [(address.id, address.lat, address.lon) for address in addresses] == [
        ("abc", 57.0, 11.4)
    ]
    assert rejected[0].line == 3


@pytest.mark.parametrize(
    ("content", "form", "unread"),
    [
        (HEADER, "CSV", ()),
        (HEADER.replace("\n", ",fastighet,Anm\n"), "CSV", ("fastighet", "Anm")),
        ("lon,lat,number,street,unit,city,accuracy\n", "OpenAddresses", ("accuracy",)),
        ('{"type": "FeatureCollection"}', "OpenAddresses", ()),
    ],
)
def test_a_file_tells_its_form_and_what_is_not_read(
    content: str, form: str, unread: tuple[str, ...], write: Write
) -> None:
    source = source_of(write("register.csv", content))

    assert (source.form, source.unread) == (form, unread)


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_repeated_identity_is_known_across_batches(size: int) -> None:
    seen, said = Seen(), []
    written = [str(number % 400) for number in range(1000)]

    for start in range(0, len(written), size):
        said += seen.are_new(written[start : start + size])

    assert said == [number < 400 for number in range(1000)]


def overture(
    path: Path,
    geometry: bytes | None,
    columns: str = "geometry BLOB, number VARCHAR, street VARCHAR",
) -> Path:
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE a (id VARCHAR, {columns}, postal_city VARCHAR)")
        if "geometry" in columns:
            database.execute(
                "INSERT INTO a VALUES ('x', ?, '74B', 'Storgatan', 'Videhamn')", [geometry]
            )
        database.execute("COPY a TO '" + str(path) + "' (FORMAT parquet)")
    return path


def test_overture_parquet_is_read(tmp_path: Path, read: Read) -> None:
    path = overture(tmp_path / "se.parquet", struct.pack("<BIdd", 1, 1, 11.4, 57.0))

    addresses, _ = read(path)

    assert addresses == [
        Address("x", "Storgatan", "74", "B", "", "Videhamn", "Videhamn", "", 57.0, 11.4)
    ]


def test_an_overture_row_without_a_point_is_named(tmp_path: Path, read: Read) -> None:
    addresses, rejected = read(overture(tmp_path / "se.parquet", None))

    assert addresses == []
    assert "ingen punkt" in rejected[0].reason


def test_progress_is_told(write: Write) -> None:
    rows = "".join(f"a{n},Storgatan,{n},,,,Videhamn,,,\n" for n in range(1, 10_002))
    done: list[int] = []

    list(
        read_register(
            write("r.csv", HEADER + rows),
            today=date(2020, 10, 20),
            rejected=print,
            progress=done.append,
        )
    )

    assert done == [10_000, 10_001]


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"XX\x00\x00",
        b"GP\x00\x11" + bytes(30),
        b"GP\x00\x01\x00\x00\x00\x00" + struct.pack("<BI", 1, 4) + struct.pack("<I", 0),
        b"GP\x00\x01\x00\x00\x00\x00" + struct.pack("<BI", 1, 2) + bytes(20),
        b"GP\x00\x0f\x00\x00\x00\x00",
        b"GP\x00\x01\x00\x00\x00\x00" + struct.pack("<BI", 1, 1),
    ],
)
def test_what_is_no_point_is_refused(blob: bytes) -> None:
    with pytest.raises(NO_POINT):
        geopackage_point(blob)


def test_a_point_in_the_other_byte_order_is_read() -> None:
    assert wkb_point(struct.pack(">BIdd", 0, 1001, 1.0, 2.0)) == (1.0, 2.0)
