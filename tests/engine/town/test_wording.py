"""How addresses are written by people in a hurry."""

import pytest

from nosvidere.engine.town import TownAddress
from nosvidere.engine.town.ads import fix_slots
from nosvidere.engine.town.chance import chance
from nosvidere.engine.town.phones import phone_words
from nosvidere.engine.town.wording import floor_words, mistype, place_words, shorten, tidy

ADDRESS = TownAddress(
    id="x", street="Norra Ankargatan", number="12", letter="B", postcode="991 01", locality="Videhamn", municipality="Videhamn",
    district="Tågvirket", lat=57.0, lon=11.4, police_area="", local_area="", dwellings=("1001",),
)  # fmt: skip


def ways(make: object, count: int = 600) -> set[str]:
    assert callable(make)
    return {make(chance(seed, "words")) for seed in range(count)}


@pytest.mark.parametrize(
    ("dwelling", "expected"),
    [
        ("1302", {"3 tr", "3tr", "tre trappor upp", "3 trappor", "lgh 1302", "lägenhet 1302"}),
        ("1101", {"1 tr", "1tr", "en trappa upp", "1 trappa", "lgh 1101", "lägenhet 1101"}),
        ("1001", {"bv", "nb", "bottenvåningen", "lgh 1001", "lägenhet 1001"}),
        ("0901", {"källarplanet", "souterrängplanet", "lgh 0901", "lägenhet 0901"}),
    ],
)
def test_a_floor_is_told_in_many_ways(dwelling: str, expected: set[str]) -> None:
    assert ways(lambda rng: floor_words(dwelling, rng)) == expected


def test_a_street_is_shortened_by_its_ending_and_direction() -> None:
    assert {"N Ankarg", "N:a Ankarg.", "N. Ankargat"} <= ways(
        lambda rng: shorten("Norra Ankargatan", rng)
    )
    assert ways(lambda rng: shorten("Kolkajen", rng)) == {"Kolkajen"}


def test_a_slip_of_the_finger_changes_one_place() -> None:
    slips = ways(lambda rng: mistype("gata", rng))

    assert {"gta", "gaata", "gtaa"} <= slips
    assert all(abs(len(slip) - 4) <= 1 for slip in slips)


def test_an_address_is_written_in_many_ways() -> None:
    written = ways(
        lambda rng: place_words(ADDRESS, "1001", nicknames={"Norris": "Norra Ankargatan"}, rng=rng)
    )

    assert {
        "Norra Ankargatan 12B",
        "norra ankargatan 12 b",
        "Norris 12B",
        "Norra Ankargatan12B",
    } <= written
    assert any(text.startswith("Norra Ankar gatan 12") for text in written)
    assert any("Videhamn" in text for text in written)


def test_sentences_begin_with_a_capital_and_end_once() -> None:
    assert tidy("  hej..  på dig,. ") == "Hej. på dig,"


def test_a_telephone_is_written_in_many_ways_with_the_same_digits() -> None:
    written = ways(lambda rng: phone_words("0701740612", rng))

    assert {
        "0701740612",
        "070-174 06 12",
        "+46701740612",
        "+46 701740612",
        "0 7 0 1 7 4 0 6 1 2",
    } <= written
    assert ways(lambda rng: phone_words("+447700900123", rng)) >= {"+44 7700900123"}
    assert ways(lambda rng: phone_words("", rng)) == {""}


def test_slots_are_settled_all_or_left_open() -> None:
    rng = chance(1, "slots")

    assert fix_slots("{a|b} c {d}", rng, share=0.0) == "{a|b} c {d}"
    assert fix_slots("{a} c {d}", rng, share=1.0) == "a c d"
