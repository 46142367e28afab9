"""The index answers the same from memory and from its file, and a bad file is refused."""

import os
from pathlib import Path

import numpy as np
import pytest

from nosvidere.engine.places import Address, Index, Resolver, UnusableFile, storage
from nosvidere.engine.places.deletions import Neighbours
from nosvidere.engine.places.index import leading_number


def test_every_address_is_found_by_its_id(index: Index, addresses: list[Address]) -> None:
    assert [index.address(address.id) for address in addresses] == addresses
    assert len(index) == len(addresses)


def test_an_address_without_coordinates_has_none() -> None:
    index = Index.build([Address("a", "Storgatan", "4")])

    assert (index.address("a").lat, index.address("a").lon) == (None, None)


def test_an_unknown_id_is_a_key_error(index: Index) -> None:
    with pytest.raises(KeyError):
        index.address("okänd")


def test_ids_with_the_same_checksum_are_told_apart() -> None:
    index = Index.build(
        [Address("plumless", "Storgatan", "4"), Address("buckeroo", "Storgatan", "6")]
    )

    assert index.address("buckeroo").number == "6"
    assert index.address("plumless").number == "4"


def test_the_file_answers_as_the_index_did(
    index: Index, resolver: Resolver, tmp_path: Path
) -> None:
    path = tmp_path / "places.index"
    index.save(path)

    opened = Resolver(Index.open(path), home_municipality="Videhamn")

    for text in ("Storgatan 4", "kapten brolunds g 5", "Glasburksgatan 8", "Linné 12"):
        assert opened.resolve(text) == resolver.resolve(text)
    assert [file.name for file in tmp_path.iterdir()] == ["places.index"]


def test_the_order_of_the_addresses_does_not_matter(
    addresses: list[Address], resolver: Resolver
) -> None:
    turned = Resolver(Index.build(addresses[::-1]), home_municipality="Videhamn")

    assert turned.resolve("Storgatn 4 och 5") == resolver.resolve("Storgatn 4 och 5")


def test_an_empty_register_makes_an_index_that_finds_nothing(tmp_path: Path) -> None:
    Index.build([]).save(tmp_path / "empty.index")

    index = Index.open(tmp_path / "empty.index")

    assert len(index) == 0
    assert Resolver(index).resolve("Storgatan 4") == []


def test_building_tells_its_progress(addresses: list[Address]) -> None:
    done: list[int] = []
    many = [Address(f"a{n}", "Storgatan", str(n)) for n in range(1, 10_002)]

    Index.build(many, progress=done.append)

    assert done == [10_000, 10_001]


def test_a_failed_save_leaves_the_old_file(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "places.index"
    path.mkdir()

    with pytest.raises(OSError, match="places"):
        index.save(path)

    assert [file.name for file in tmp_path.iterdir()] == ["places.index"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "filen är tom"),
        (b"something else", "inget adressindex"),
        (b"NVPLACES\x01\x00\x00\x00\x00\x00\x00\x00", "version 1, programmet läser version 2"),
        (b"NVPLACES\x09\x00\x00\x00\x00\x00\x00\x00", "version 9"),
        (b"NVPLACES\x02\x00\x00\x00\x02\x00\x00\x00{]", "huvud är skadat"),
    ],
)
def test_a_file_that_is_no_index_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "places.index"
    path.write_bytes(content)

    with pytest.raises(UnusableFile, match=said):
        Index.open(path)


def test_a_cut_index_is_refused(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "places.index"
    index.save(path)
    path.write_bytes(path.read_bytes()[:-10])

    with pytest.raises(UnusableFile, match="avklippt eller skadad"):
        Index.open(path)


def test_a_missing_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="filen finns inte"):
        Index.open(tmp_path / "ingen.index")


def test_a_file_tells_what_it_was_built_of(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path / "a.index", stamp="17")

    assert storage.about(tmp_path / "a.index") == {"addresses": len(index), "stamp": "17"}


def test_what_a_killed_process_left_half_written_is_swept(index: Index, tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (".a.index.x1", ".a.index.x2", ".b.index.x3"))
    for file in (old, young, other):
        file.write_bytes(b"NVPLACES")
    for file in (old, other):
        os.utime(file, (1, 1))

    index.save(tmp_path / "a.index")

    assert sorted(f.name for f in tmp_path.iterdir()) == [young.name, other.name, "a.index"]


def test_strings_come_back_as_they_were(tmp_path: Path) -> None:
    strings = ["", "Storgatan", "Älvgränd", "🏠"]
    storage.write_arrays(tmp_path / "a", storage.as_arrays("names", strings))

    assert storage.strings_of(storage.open_arrays(tmp_path / "a"), "names") == strings


@pytest.mark.parametrize(("number", "value"), [("12", 12), ("12-14", 12), ("", -1), ("B", -1)])
def test_a_number_is_known_by_what_it_begins_with(number: str, value: int) -> None:
    assert leading_number(number) == value


NAMES = ["storgatan", "glasbruksgatan", "ek", "ekvag", "norrastorgatan"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("strogatan", 0),
        ("storgtan", 0),
        ("glasburksgatan", 1),
        ("ek", 2),
        ("ekvg", 3),
        ("nora storgatan".replace(" ", ""), 4),
    ],
)
def test_neighbours_within_two_edits_are_found(written: str, name: int) -> None:
    assert name in Neighbours.of(NAMES).near(written)


def test_short_names_have_no_neighbours() -> None:
    assert 2 not in Neighbours.of(NAMES).near("ak")


def test_no_names_have_no_neighbours() -> None:
    assert Neighbours.of([]).near("storgatan") == []


def test_every_name_with_one_letter_gone_is_found() -> None:
    names = [
        "".join(chr(97 + (seed * 7 + place * place) % 26) for place in range(9))
        for seed in range(26)
    ]
    neighbours = Neighbours.of(names)

    for number, name in enumerate(names):
        for gone in range(len(name)):
            assert number in neighbours.near(name[:gone] + name[gone + 1 :])


def test_arrays_of_the_file_cannot_be_changed(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path / "a.index")
    opened = Index.open(tmp_path / "a.index")

    with pytest.raises(ValueError, match="read-only"):
        opened.arrays["value"][0] = np.int32(7)
