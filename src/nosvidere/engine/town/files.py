"""The town and its season as files: what is seen in the folder itself, the truth in a folder beside."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from .season import Season
from .tiles import make_archive
from .town import Town

REGISTER: Final = (
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
)
ADS: Final = ("ad_id", "seen_at", "source", "phone", "place_text", "text")
TRUTH_TABLES: Final = ("stays", "visits", "ads", "tips", "landlords")
ABOUT: Final = (
    "Staden är påhittad. Den ligger i öppet hav i Kattegatt, postnumren finns inte i den svenska serien (den slutar på 984 99), "
    "telefonnumren är avsatta för böcker och film och organisationsnumren har fel kontrollsiffra."
)


def write_town(town: Town, season: Season, out: Path) -> None:
    """Write the register, map, road graph, units, tips, ads and the rest to `out`, and the truth to `out/truth`."""
    (out / "truth").mkdir(parents=True, exist_ok=True)
    _write_place(town, out)
    _write_seen(town, season, out)
    _write_truth(season, out / "truth")


def _write_place(town: Town, out: Path) -> None:
    _write_csv(
        out / "register.csv",
        REGISTER,
        ([getattr(row, name) for name in REGISTER] for row in town.addresses),
    )
    _write_csv(out / "dwellings.csv", ("address_id", "first_floor", "floors", "doors"),
               ([row.id, *_compact(row.dwellings)] for row in town.addresses))  # fmt: skip
    _write_csv(out / "police_areas.csv", ("municipality", "district", "police_area", "local_area"),
               dict.fromkeys((row.municipality, row.district, row.police_area, row.local_area) for row in town.addresses))  # fmt: skip
    _write_csv(out / "nicknames.csv", ("nickname", "street"), town.nicknames.items())
    _write_json(out / "units.json", [asdict(unit) for unit in town.units])
    _write_json(out / "roads.json", _road_graph(town))
    for name, layer in town.layers.items():
        _write_json(out / f"{name}.geojson", layer)
    (out / "map.pmtiles").write_bytes(make_archive(town))


def _write_seen(town: Town, season: Season, out: Path) -> None:
    _write_lines(out / "tips.jsonl", season.tips)
    _write_csv(out / "ads.csv", ADS, ([row[name] for name in ADS] for row in season.ads))
    _write_lines(out / "observations.jsonl", season.observations)
    _write_json(out / "landlords.json", season.landlords)
    _write_json(out / "shifts.json", season.shifts)
    _write_json(out / "town.json", {
        "name": town.name, "seed": town.seed, "about": ABOUT, "leading_unit": town.leading_unit, "districts": town.districts,
        "addresses": len(town.addresses), "dwellings": sum(len(row.dwellings) for row in town.addresses), **season.truth["season"],
    })  # fmt: skip


def _write_truth(season: Season, out: Path) -> None:
    for name, value in season.truth.items():
        if name in TRUTH_TABLES:
            _write_csv(out / f"{name}.csv", tuple(value[0]), (row.values() for row in value))
        else:
            _write_json(out / f"{name}.json", value)


def _compact(dwellings: Sequence[str]) -> tuple[int, int, int]:
    """Return first floor code, number of floors and doors per floor: all that the numbers of an entrance say."""
    first, last = int(dwellings[0][:2]), int(dwellings[-1][:2])
    floors = last - first + 1
    return first, floors, len(dwellings) // floors


def _road_graph(town: Town) -> dict[str, Any]:
    """Return the graph as compact lists: nodes [lat, lon], edges [from, to, metres, kmh] by place in the node list."""
    edges = [[road.start, road.end, road.metres, road.kmh] for road in town.roads]
    return {"nodes": town.nodes, "edges": edges}


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_json(path: Path, value: Any) -> None:
    path.write_text(_json(value) + "\n", encoding="utf-8")


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(_json(row) + "\n" for row in rows), encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
