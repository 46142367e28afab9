"""The town: its size, its form, and that it is nowhere."""

import shlex
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from nosvidere.engine.town import Town, dwellings_of, make_town
from nosvidere.engine.town.ad_words import ELSEWHERE
from nosvidere.engine.town.addresses import place_addresses
from nosvidere.engine.town.chance import chance
from nosvidere.engine.town.gazetteer import DISTRICTS, MUNICIPALITIES, REGION
from nosvidere.engine.town.names import StreetNames
from nosvidere.engine.town.plane import (
    EAST,
    NORTH,
    SOUTH,
    WEST,
    clip_half_plane,
    densify,
    make_plane,
)
from nosvidere.engine.town.streets import lay_streets

REAL_PLACES = set(
    shlex.split(Path(__file__).with_name("real_places.txt").read_text(encoding="utf-8"))
)


def test_the_town_has_twenty_thousand_entrances_and_about_a_hundred_thousand_dwellings(
    town: Town,
) -> None:
    dwellings = sum(len(address.dwellings) for address in town.addresses)

    assert len(town.addresses) == 20_000
    assert 95_000 <= dwellings <= 112_000


def test_the_same_seed_gives_the_same_town(town: Town) -> None:
    again = make_town(7)

    assert again == town


def test_another_seed_gives_another_town(town: Town) -> None:
    other = make_town(8)

    assert other.addresses != town.addresses
    assert other.layers["streets"] != town.layers["streets"]


def test_everything_lies_in_open_sea_in_kattegat(town: Town) -> None:
    land = town.layers["land"]["features"][0]["geometry"]["coordinates"][0]
    places = [
        *((lon, lat) for lat, lon in town.nodes),
        *land,
        *((row.lon, row.lat) for row in town.addresses),
    ]

    longitudes, latitudes = np.asarray(places).T

    assert longitudes.min() > WEST
    assert longitudes.max() < EAST
    assert latitudes.min() > SOUTH
    assert latitudes.max() < NORTH


@pytest.mark.parametrize("seed", [0, 1, 2020])
def test_no_name_is_that_of_a_real_place(seed: int) -> None:
    small = make_town(seed, addresses=500)
    names = (
        {place.name for place in MUNICIPALITIES}
        | {plan.name for plan in DISTRICTS}
        | set(ELSEWHERE)
    )
    names |= {REGION, small.name} | {street.name for street in small.streets}

    assert len(REAL_PLACES) > 300
    assert not names & REAL_PLACES


def test_no_postcode_exists_in_sweden(town: Town) -> None:
    codes = {int(address.postcode.replace(" ", "")) for address in town.addresses}

    assert min(codes) > 98499
    assert all(len(address.postcode) == 6 for address in town.addresses)


def test_an_address_stands_once_and_its_id_too(town: Town) -> None:
    labels = Counter(
        (row.municipality, row.street, row.number, row.letter) for row in town.addresses
    )
    ids = {row.id for row in town.addresses}

    assert max(labels.values()) == 1
    assert len(ids) == len(town.addresses)


def test_a_street_name_is_unique_within_its_municipality_and_repeated_across(town: Town) -> None:
    names = Counter((street.municipality, street.name) for street in town.streets)
    across = Counter(name for _, name in names)

    assert max(names.values()) == 1
    assert across["Storgatan"] == len(MUNICIPALITIES)


def test_names_never_repeat_and_end_only_when_all_words_are_used() -> None:
    names = list(StreetNames(1).for_district(DISTRICTS[0], is_centre=True))

    assert len(names) == len(set(names)) > 300


def test_odd_numbers_stand_on_one_side_and_even_on_the_other(town: Town) -> None:
    rows = [
        row
        for row in town.addresses
        if (row.municipality, row.street) == ("Videhamn", "Storgatan")
    ]
    odd = {int(row.number) for row in rows if int(row.number) % 2}
    even = {int(row.number) for row in rows if not int(row.number) % 2}

    assert odd == set(range(1, max(odd) + 1, 2))
    assert even == set(range(2, max(even) + 1, 2))


def test_lettered_entrances_start_at_a_and_leave_no_gap(town: Town) -> None:
    letters = defaultdict(list)
    for row in town.addresses:
        letters[row.municipality, row.street, row.number].append(row.letter)

    runs = {"".join(run) for run in letters.values()}

    assert runs == {"", "AB", "ABC", "ABCD"}


def test_dwellings_are_numbered_by_floor_and_door() -> None:
    numbers = dwellings_of(9, 3, 2)

    assert numbers == ("0901", "0902", "1001", "1002", "1101", "1102")


def test_kinds_of_houses_differ(town: Town) -> None:
    sizes = defaultdict(list)
    for row in town.addresses:
        sizes[row.district].append(len(row.dwellings))

    average = {district: float(np.mean(numbers)) for district, numbers in sizes.items()}

    assert average["Orrslätten"] == 1
    assert 8 < average["Torgstaden"] < 13
    assert average["Slussgärdet"] > 20


def test_one_can_drive_from_any_node_to_any_other(town: Town) -> None:
    neighbours = defaultdict(set)
    for road in town.roads:
        neighbours[road.start].add(road.end)
        neighbours[road.end].add(road.start)
    reached, waiting = {0}, [0]

    while waiting:
        new = neighbours[waiting.pop()] - reached
        reached |= new
        waiting += new

    assert reached == set(range(len(town.nodes)))


def test_roads_are_as_long_as_their_ends_lie_apart(town: Town) -> None:
    ends = np.asarray([(town.nodes[road.start], town.nodes[road.end]) for road in town.roads])
    north = (ends[:, 0, 0] - ends[:, 1, 0]) * 111_195
    east = (ends[:, 0, 1] - ends[:, 1, 1]) * 60_561

    straight = np.hypot(north, east)

    assert np.abs(straight - [road.metres for road in town.roads]).max() < 3


def test_the_river_is_crossed_by_bridges_only(town: Town) -> None:
    ground = lay_streets(7)
    crossings = [
        (start, end)
        for start, end in ground.links
        if ground.points[start][0] * ground.points[end][0] < 0
    ]

    assert len(crossings) == 4


def test_the_police_has_one_region_six_areas_and_parents_for_all(town: Town) -> None:
    kinds = Counter(unit.kind for unit in town.units)
    codes = [unit.code for unit in town.units]

    assert (kinds["region"], kinds["area"], kinds["lpo"]) == (1, 6, 14)
    assert len(set(codes)) == len(codes)
    assert all(
        unit.parent in codes[:place] or unit.parent == "" for place, unit in enumerate(town.units)
    )
    assert town.leading_unit in codes
    assert {row.local_area for row in town.addresses} | {
        row.police_area for row in town.addresses
    } <= set(codes)


def test_the_layers_are_closed_areas_and_lines(town: Town) -> None:
    shapes = {
        name: {f["geometry"]["type"] for f in layer["features"]}
        for name, layer in town.layers.items()
    }
    rings = [
        feature["geometry"]["coordinates"][0]
        for name in ("land", "water", "municipalities", "districts")
        for feature in town.layers[name]["features"]
    ]

    assert shapes.pop("streets") == {"LineString"}
    assert set(map(tuple, shapes.values())) == {("Polygon",)}
    assert all(ring[0] == ring[-1] for ring in rings)
    assert len(town.layers["districts"]["features"]) == len(town.districts) == 26


def test_the_municipalities_divide_the_land_without_gap_or_overlap(town: Town) -> None:
    def area(name: str) -> float:
        total = 0.0
        for feature in town.layers[name]["features"]:
            x, y = np.asarray(feature["geometry"]["coordinates"][0]).T
            total += abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2
        return total

    assert area("municipalities") == pytest.approx(area("land"), rel=0.002)


def test_a_small_town_has_exactly_as_many_entrances_as_asked_for() -> None:
    addresses = place_addresses(lay_streets(3), make_plane(3), seed=3, count=123)

    assert len(addresses) == 123


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="got -1"):
        chance(-1, "anything")


def test_a_ring_is_cut_where_it_crosses_a_line() -> None:
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]

    left = clip_half_plane(square, normal=(1.0, 0.0), limit=1.0)

    assert left == [(0.0, 0.0), (1.0, 0.0), (1.0, 2.0), (0.0, 2.0)]
    assert len(densify(square, step_km=1.0)) == 8
