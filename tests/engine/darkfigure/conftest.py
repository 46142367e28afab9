from collections.abc import Callable
from pathlib import Path

import pytest

from nosvidere.engine.darkfigure import CaptureTable, read_table

FILES = Path(__file__).parent / "files"


@pytest.fixture
def published() -> Callable[[str], CaptureTable]:
    return lambda name: read_table(FILES / f"{name}.csv")


@pytest.fixture
def uk(published: Callable[[str], CaptureTable]) -> CaptureTable:
    return published("uk_5")


@pytest.fixture
def new_orleans(published: Callable[[str], CaptureTable]) -> CaptureTable:
    return published("new_orleans_5")


@pytest.fixture
def without_overlap() -> CaptureTable:
    return CaptureTable(("A", "B", "C"), (0, 20, 30, 0, 25, 0, 0, 0))
