"""A made-up register in miniature."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from nosvidere.engine.places import Address, Index, Rejected, Resolver, read_register

TODAY = date(2020, 10, 20)
STREETS = (
    ("Storgatan", "Videhamn", "99101", "Innerstaden", "1 2 3 4 5 7 9 11 12 12B 14A 14B 14C"),
    ("Norra Storgatan", "Videhamn", "99101", "Innerstaden", "2 4 6"),
    ("Kapten Brolunds gata", "Videhamn", "99102", "Hamnen", "3 5 7"),
    ("Sankt Eskils gata", "Videhamn", "99102", "Hamnen", "8 10A"),
    ("Glasbruksgatan", "Videhamn", "99102", "Hamnen", "6 8 10 21"),
    ("Lavendelvägen", "Videhamn", "99103", "Lid", "2 4 1203"),
    ("Odens plan", "Videhamn", "99101", "Innerstaden", "3 5"),
    ("Kråkvik", "Videhamn", "99103", "Lid", "2 4"),
    ("Vallen", "Videhamn", "99103", "Lid", "2 4"),
    ("Vallens gård", "Videhamn", "99103", "Lid", "4"),
    ("Porten", "Videhamn", "99103", "Lid", "4"),
    ("Lund", "Videhamn", "99103", "Lid", "4"),
    ("Bryggare Lunds gata", "Videhamn", "99103", "Lid", "6"),
    ("Drottninggatan", "Videhamn", "99101", "Innerstaden", "5"),
    ("Linnégatan", "Videhamn", "99101", "Innerstaden", "12 37"),
    ("Långgatan", "Videhamn", "99101", "Innerstaden", "4"),
    ("Langgatan", "Videhamn", "99101", "Innerstaden", "4"),
    ("Nygård", "Videhamn", "99103", "Lid", ""),
    ("Storgatan", "Sandby", "99201", "Centrum", "4 40"),
    ("Tegelvägen", "Sandby", "99201", "Centrum", "4"),
)


def made_addresses() -> list[Address]:
    """Return the register: ids are street, number and town, run together."""
    found = []
    for street, town, postcode, district, numbers in STREETS:
        for written in numbers.split() or [""]:
            number, letter = written.rstrip("ABC"), written.lstrip("0123456789")
            name = f"{street} {written} {town}"
            found.append(
                Address(name, street, number, letter, postcode, town, town, district, 57.0, 11.4)
            )
    return found


@pytest.fixture(scope="session")
def addresses() -> list[Address]:
    return made_addresses()


@pytest.fixture(scope="session")
def index(addresses: list[Address]) -> Index:
    return Index.build(addresses)


@pytest.fixture(scope="session")
def resolver(index: Index) -> Resolver:
    return Resolver(
        index,
        home_municipality="Videhamn",
        nicknames={"Raksträckan": "Storgatan", "Borta": "Ingen gata"},
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture
def read() -> Callable[[Path], tuple[list[Address], Sequence[Rejected]]]:
    def read_file(path: Path) -> tuple[list[Address], Sequence[Rejected]]:
        rejected: list[Rejected] = []
        return list(read_register(path, today=TODAY, rejected=rejected.append)), rejected

    return read_file
