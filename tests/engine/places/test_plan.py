"""The map of a register: squares within squares, bounded in what they show, and no aggregate that tells an address."""

import pytest

from nosvidere.engine.places import Address, Index, Plan, Square, has_points
from nosvidere.engine.places.plan import BINS, LISTED, MOST_DOTS, UNITS

MIDDLES = {UNITS // BINS * place + UNITS // BINS // 2 for place in range(BINS)}


def register(count=900, *, places=1, **where):
    """Yield houses in a square town, thirty to a street, in so many localities or districts by turns."""
    for number in range(count):
        street, house = divmod(number, 30)
        named = {field: f"{text}{number % places}" for field, text in where.items()}
        yield Address(
            **{"locality": "Lid", "district": "", **named},
            id=str(number),
            street=f"Gata {street}",
            number=str(house + 1),
            letter="",
            postcode="",
            municipality="Lid",
            lat=57 + street * 0.0003,
            lon=12 + house * 0.0006,
        )


def leaves(plan, square):
    """Yield the rows that are listed in all squares under one."""
    drawing = plan.draw(square)
    yield from drawing.rows
    for part in drawing.parts:
        yield from leaves(plan, part.square)


def test_every_address_of_a_town_is_reached_once():
    plan = Plan(Index.build(register()))

    assert sorted(leaves(plan, Square())) == list(range(900))


def test_an_aggregate_is_drawn_at_middles_alone():
    drawing = Plan(Index.build(register())).draw(Square())

    assert 0 < len(drawing.dots) <= MOST_DOTS
    assert {x for x, _, _ in drawing.dots} | {y for _, y, _ in drawing.dots} <= MIDDLES
    assert {size for _, _, size in drawing.dots} <= {1, 2, 3}
    assert drawing.labels


@pytest.mark.parametrize(
    ("field", "name"), [("locality", "By "), ("district", "Del "), ("street", "Gata ")]
)
def test_parts_are_told_by_what_tells_them_apart(field, name):
    where = {} if field == "street" else {field: name}
    drawing = Plan(Index.build(register(places=5, **where))).draw(Square())

    assert drawing.labels
    assert all(label.text.startswith(name) for label in drawing.labels)


def test_names_lie_within_the_map_and_apart():
    labels = Plan(Index.build(register())).draw(Square()).labels

    assert all(0 < label.x < UNITS and 0 < label.y < UNITS for label in labels)
    assert len({(label.x, label.y) for label in labels}) == len(labels)


def test_a_house_of_too_many_addresses_is_cut_off_at_the_deepest():
    house = [
        Address(
            str(door), "Torget", "1", chr(65 + door % 26), "", "Lid", "Lid", lat=57.0, lon=12.0
        )
        for door in range(3 * LISTED)
    ]

    assert len(list(leaves(Plan(Index.build(house)), Square()))) == LISTED


def test_outliers_do_not_widen_the_map_and_addresses_without_a_point_are_left_out():
    far = Address("far", "Långt bort", "1", "", "", "Lid", "Lid", lat=68.0, lon=23.0)
    nowhere = Address("nowhere", "Ingenstans", "1", "", "", "Lid", "Lid")
    index = Index.build([*register(), far, nowhere])

    streets = {index.text("street", row) for row in leaves(Plan(index), Square())}

    assert len(streets) == 30
    assert not streets & {"Långt bort", "Ingenstans"}


def test_the_map_begins_at_home_where_there_is_one():
    away = [
        Address(f"a{n}", "Bortgatan", str(n), "", "", "Bort", "Bort", lat=60 + n / 1e4, lon=18.0)
        for n in range(900)
    ]
    index = Index.build([*register(), *away])

    assert Plan(index, "Lid").north < 58
    assert Plan(index, "Bort").north > 60
    assert Plan(index, "Okänd").high > 3


def test_a_square_is_read_as_it_is_written():
    square = Square(3, 17, 63)

    assert Square.read(str(square)) == square
    assert square.wider() == Square(2, 4, 15)
    assert square.wider().part(1, 3) == square
    assert Square().wider() == Square()


@pytest.mark.parametrize(("lat", "there"), [(57.0, True), (None, False)])
def test_an_index_says_whether_it_has_points(tmp_path, lat, there):
    address = Address("a", "Fyrgatan", "3", "", "", "Lid", "Lid", lat=lat, lon=12.0)
    Index.build([address]).save(tmp_path / "places.index")

    assert has_points(tmp_path / "places.index") is there
