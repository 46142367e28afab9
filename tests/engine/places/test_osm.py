"""OpenStreetMap files: points, ways and areas, several numbers on one object, and what is no address of its own."""

from collections.abc import Callable, Sequence
from pathlib import Path

import osmium
import pytest
from osmium.osm.mutable import Node, Relation, Way

from nosvidere.engine.places import Address, Rejected, UnusableFile
from nosvidere.engine.places.formats.osm import centroid, numbers_in
from nosvidere.engine.places.formats.read import source_of

Read = Callable[[Path], tuple[list[Address], Sequence[Rejected]]]
HERE = (11.4, 57.0)
CORNERS = ((11.41, 57.0), (11.43, 57.0), (11.43, 57.01), (11.41, 57.01))
RING = [2, 3, 4, 5, 2]


def tagged(**tags: str) -> dict[str, str]:
    return {f"addr:{name}": text for name, text in tags.items()}


def pbf(path: Path, *things: Node | Way | Relation) -> Path:
    """Write the things, after the corners of a square that ways may refer to."""
    writer = osmium.SimpleWriter(str(path))
    for number, corner in enumerate(CORNERS, start=2):
        writer.add_node(Node(id=number, location=corner))
    for thing in things:
        name = type(thing).__name__.lower()
        getattr(writer, f"add_{name}")(thing)
    writer.close()
    return path


def test_a_node_gives_every_field(tmp_path: Path, read: Read) -> None:
    tags = tagged(street="Storgatan", housenumber="4 b", postcode="991 01", city="Videhamn")
    path = pbf(
        tmp_path / "a.osm.pbf", Node(id=9, location=HERE, tags=tags | tagged(suburb="Hamnen"))
    )

    addresses, rejected = read(path)

    held = ("node/9", "Storgatan", "4", "B", "99101", "Videhamn", "Videhamn", "Hamnen", 57.0, 11.4)
    assert addresses == [Address(*held)]
    assert rejected == []


def test_a_way_and_an_area_lie_at_their_middle(tmp_path: Path, read: Read) -> None:
    way = Way(id=1, nodes=RING, tags=tagged(place="Nygård", housenumber="2"))
    bare = Way(id=2, nodes=RING)
    parts = [("w", 2, "outer"), ("w", 3, "inner")]
    area = Relation(id=3, members=parts, tags=tagged(street="Torget", housenumber="1"))

    addresses, _ = read(pbf(tmp_path / "a.osm.pbf", way, bare, area))

    assert [(a.id, a.street) for a in addresses] == [("way/1", "Nygård"), ("relation/3", "Torget")]
    assert (addresses[0].lat, addresses[0].lon) == pytest.approx((57.005, 11.42))


def test_an_interpolated_way_is_named_and_passed_over(tmp_path: Path, read: Read) -> None:
    way = Way(id=7, nodes=[2, 3], tags=tagged(interpolation="even"))

    addresses, rejected = read(pbf(tmp_path / "a.osm.pbf", way))

    assert addresses == []
    assert [(r.line, r.kind) for r in rejected] == [(7, "interpolation")]
    assert "way/7" in rejected[0].reason


def test_a_way_whose_points_are_not_in_the_file_is_named(tmp_path: Path, read: Read) -> None:
    way = Way(id=7, nodes=[98, 99], tags=tagged(street="Storgatan", housenumber="4"))

    addresses, rejected = read(pbf(tmp_path / "a.osm.pbf", way))

    assert addresses == []
    assert [r.kind for r in rejected] == ["geometry"]


def test_one_house_on_two_objects_is_taken_once(tmp_path: Path, read: Read) -> None:
    tags = tagged(street="Storgatan", housenumber="4", city="Videhamn")
    things = [Node(id=number, location=HERE, tags=tags) for number in (8, 9)]

    addresses, rejected = read(pbf(tmp_path / "a.osm.pbf", *things))

    assert [address.id for address in addresses] == ["node/8"]
    assert [(r.line, r.kind) for r in rejected] == [(9, "same_address")]


def test_an_object_with_several_numbers_gives_an_address_for_each(
    tmp_path: Path, read: Read
) -> None:
    tags = tagged(street="Storgatan", housenumber="4;6B", unit="1101")

    addresses, _ = read(pbf(tmp_path / "a.osm.pbf", Node(id=9, location=HERE, tags=tags)))

    assert [(a.id, a.number, a.letter) for a in addresses] == [
        ("node/9/4", "4", ""),
        ("node/9/6B", "6", "B"),
    ]


def test_a_bad_object_is_named_by_what_it_is(tmp_path: Path, read: Read) -> None:
    node = Node(id=9, location=HERE, tags=tagged(housenumber="4"))

    _, rejected = read(pbf(tmp_path / "a.osm.pbf", node))

    assert rejected[0].reason == "a.osm.pbf, node 9: gatunamn saknas."


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("4", ["4"]),
        ("4;6", ["4", "6"]),
        ("4, 4", ["4"]),
        ("2A-2D", ["2A", "2B", "2C", "2D"]),
        ("2a-c", ["2A", "2B", "2C"]),
        ("4-6", ["4-6"]),
        ("2D-2A", ["2D-2A"]),
        ("", [""]),
    ],
)
def test_numbers_of_one_tag_are_told_apart(written: str, numbers: list[str]) -> None:
    assert numbers_in(written) == numbers


def test_a_line_has_the_mean_of_its_points() -> None:
    assert centroid([(57.0, 11.0), (57.2, 11.4)]) == pytest.approx((57.1, 11.2))
    assert centroid([(57.0, 11.0)]) == (57.0, 11.0)


@pytest.mark.parametrize("keep", [-40, 300])
def test_a_cut_file_is_refused_before_the_first_address(
    keep: int, tmp_path: Path, read: Read
) -> None:
    tags = tagged(street="Storgatan", housenumber="4")
    things = [
        Node(id=number, location=HERE, tags=tags | {"ref": str(number)})
        for number in range(9, 3000)
    ]
    whole = pbf(tmp_path / "whole.osm.pbf", *things)
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole.read_bytes()[:keep])

    with pytest.raises(
        UnusableFile, match=r"cut.osm.pbf: filen är ingen hel OpenStreetMap-fil.*Gör så här"
    ):
        read(cut)


def test_the_licence_asks_for_a_name(tmp_path: Path) -> None:
    source = source_of(pbf(tmp_path / "a.osm.pbf"))

    assert (source.form, source.attribution) == (
        "OpenStreetMap",
        "© OpenStreetMaps bidragsgivare, ODbL 1.0",
    )
