"""A site's own folder, and register files of a made-up town."""

from pathlib import Path

import pytest

HEAD = "id,street,number,letter,postcode,locality,municipality,district,lat,lon"
TOWN = (
    "h-1,Tångvägen,1,,99001,Havsby,Havsby,Norra hamnen,57.0001,11.4001",
    "h-2,Tångvägen,2,A,99001,Havsby,Havsby,Norra hamnen,57.0002,11.4002",
    "h-3,Sjöstjärnegatan,10,,99002,Havsby,Havsby,Norra hamnen,57.0003,11.4003",
    "h-4,Sjöstjärnegatan,2,,99002,Havsby,Havsby,Norra hamnen,,",
)


@pytest.fixture
def home(settings, tmp_path) -> Path:
    """An empty folder of the site, so that no test meets another's index."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.HOME_MUNICIPALITY = "Havsby"
    return settings.HOME


@pytest.fixture
def register_file(tmp_path):
    """Return a function that writes a register file of the given rows."""

    def write(*rows: str, name: str = "register.csv") -> Path:
        file = tmp_path / name
        file.write_text("\n".join([HEAD, *(rows or TOWN)]) + "\n", encoding="utf-8")
        return file

    return write
