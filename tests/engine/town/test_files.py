"""What the town is written as: small, the same for the same seed, and readable."""

import csv
import gzip
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import h3
import mapbox_vector_tile
import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles

from nosvidere.engine.town import Season, Town, cells_layer, make_archive

SCRIPT = """
import sys
from pathlib import Path
from nosvidere.engine.town import make_season, make_town, write_town
town = make_town(5, addresses=3000)
write_town(town, make_season(town, 5, tips=60, ads=200), Path(sys.argv[1]))
"""


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_everything_fits_in_five_megabytes(written: Path) -> None:
    size = sum(path.stat().st_size for path in written.rglob("*") if path.is_file())

    assert size < 5_000_000


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    for number in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": number,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path / number)], check=True, env=environment
        )

    assert digests(tmp_path / "1") == digests(tmp_path / "2")


def test_the_register_has_the_columns_of_the_own_format(written: Path, town: Town) -> None:
    with (written / "register.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert list(rows[0]) == [
        "id",
        "street",
        "number",
        "letter",
        "postcode",
        "locality",
        "municipality",
        "district",
        "lat",
        "lon",
    ]
    assert len(rows) == len(town.addresses)
    assert float(rows[0]["lat"]) == town.addresses[0].lat


def test_dwellings_can_be_rebuilt_from_floors_and_doors(written: Path, town: Town) -> None:
    with (written / "dwellings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    rebuilt = [
        tuple(
            f"{floor:02d}{door:02d}"
            for floor in range(
                int(row["first_floor"]), int(row["first_floor"]) + int(row["floors"])
            )
            for door in range(1, int(row["doors"]) + 1)
        )
        for row in rows
    ]

    assert rebuilt == [address.dwellings for address in town.addresses]


def test_tips_and_ads_are_written_as_made(written: Path, season: Season) -> None:
    lines = (written / "tips.jsonl").read_text(encoding="utf-8").splitlines()
    with (written / "ads.csv").open(encoding="utf-8", newline="") as file:
        ads = list(csv.DictReader(file))

    assert [json.loads(line) for line in lines] == season.tips
    assert ads == season.ads


def test_the_truth_lies_beside_and_nowhere_else(written: Path) -> None:
    beside = {path.name for path in (written / "truth").iterdir()}
    seen = [path for path in written.iterdir() if path.is_file() and path.suffix != ".pmtiles"]

    assert {
        "active.json",
        "stays.csv",
        "tips.csv",
        "ads.csv",
        "operation.json",
        "landlords.csv",
    } <= beside
    assert not any("o-01" in path.read_text(encoding="utf-8") for path in seen)


def test_the_town_says_that_it_is_made_up(written: Path) -> None:
    about = json.loads((written / "town.json").read_text(encoding="utf-8"))

    assert "påhittad" in about["about"]
    assert about["addresses"] == 20_000


def test_the_road_graph_names_existing_nodes(written: Path) -> None:
    graph = json.loads((written / "roads.json").read_text(encoding="utf-8"))

    assert max(max(edge[:2]) for edge in graph["edges"]) == len(graph["nodes"]) - 1
    assert min(edge[2] for edge in graph["edges"]) > 0


def test_the_archive_holds_all_layers_from_zoom_8_to_14(written: Path) -> None:
    with (written / "map.pmtiles").open("rb") as file:
        source = MmapSource(file)
        header = Reader(source).header()
        tiles = {
            key: mapbox_vector_tile.decode(gzip.decompress(data))
            for key, data in all_tiles(source)
        }

    layers = {name for tile in tiles.values() for name in tile}
    assert (header["min_zoom"], header["max_zoom"]) == (8, 14)
    assert layers == {
        "land",
        "municipalities",
        "water",
        "districts",
        "streets",
        "cells",
        "addresses",
    }
    assert (
        sum(len(tile.get("addresses", {"features": ()})["features"]) for tile in tiles.values())
        == 20_000
    )


def test_single_places_are_only_in_the_closest_zoom(written: Path) -> None:
    with (written / "map.pmtiles").open("rb") as file:
        tiles = all_tiles(MmapSource(file))
        zooms = {
            zoom
            for (zoom, _, _), data in tiles
            if "addresses" in mapbox_vector_tile.decode(gzip.decompress(data))
        }

    assert zooms == {14}


@pytest.mark.slow
def test_the_archive_is_the_same_each_time(town: Town, written: Path) -> None:
    assert make_archive(town) == (written / "map.pmtiles").read_bytes()


def test_cells_lie_at_their_centres_and_count_all(town: Town) -> None:
    cells = cells_layer(town.addresses)["features"]

    for cell in cells:
        lon, lat = cell["geometry"]["coordinates"]
        assert h3.cell_to_latlng(cell["properties"]["cell"]) == pytest.approx((lat, lon))
    assert sum(cell["properties"]["addresses"] for cell in cells) == len(town.addresses)
