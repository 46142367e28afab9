"""Names and houses cut short, said aloud, or beside numbers that are no houses."""

import pytest

from nosvidere.engine.places import AUTO_THRESHOLD, Address, Index, Mention, Resolver

HOME, OTHER = "Videhamn", "Östby"
STREETS = (
    "Karl Johans torg", "Landshövding Ribbons gata", "Södra Esplanaden", "Norra Esplanaden", "Evert Tobias stig",
    "Sankt Eskils gata", "Ängsvägen", "Eklundagatan", "Tomtegränd", "Tärnvägen", "Kyrkoherde Lunds väg",
)  # fmt: skip
NUMBERS = (
    "1",
    "2",
    "3",
    "4",
    "5",
    "7",
    "9",
    "10",
    "11",
    "13",
    "15",
    "15A",
    "15B",
    "32",
    "35A",
    "35B",
)


@pytest.fixture(scope="module")
def cut() -> Resolver:
    """Return a resolver over a small town and another that holds some of the same names."""
    houses = [(street, number, HOME) for street in STREETS for number in NUMBERS]
    houses += [("Kapten Jonssons torg", "5", OTHER), ("Karin Jans torg", "5", OTHER)]
    houses += [("Almstigen", "5", OTHER), ("Kurt Jansons torg", "9", HOME)]
    return Resolver(
        Index.build(
            Address(
                f"{street} {number}",
                street,
                number.rstrip("AB"),
                number.lstrip("0123456789"),
                "99101",
                town,
                town,
            )
            for street, number, town in houses
        ),
        home_municipality=HOME,
    )


def houses(mentions: list[Mention]) -> list[str]:
    """Return the ids of the houses pointed out."""
    return [mention.address_id for mention in mentions if mention.address_id]


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Karl J torg 5", "Karl Johans torg 5"),
        ("Kar. J. torg 5", "Karl Johans torg 5"),
        ("Lndsh. Ribbons g 5", "Landshövding Ribbons gata 5"),
        ("Landsh Ribbons g:an 5", "Landshövding Ribbons gata 5"),
        ("S. Esplan. 5", "Södra Esplanaden 5"),
        ("N:a Esplan. 5", "Norra Esplanaden 5"),
        ("Evert T:s stig 5", "Evert Tobias stig 5"),
        ("Kyrkoh. Lunds v. 5", "Kyrkoherde Lunds väg 5"),
        ("Aengsvaegen 5", "Ängsvägen 5"),
        ("Eklundagat 5", "Eklundagatan 5"),
        ("Eklundag:an 5", "Eklundagatan 5"),
        ("Tomtegrännens femma", "Tomtegränd 5"),
        ("tomtegränd!!5", "Tomtegränd 5"),
        ("Tomtegränd # 5", "Tomtegränd 5"),
        ("Tomtegränd5", "Tomtegränd 5"),
        ("Tomtegränd N:o 5", "Tomtegränd 5"),
        ("Tomtegränd ett", "Tomtegränd 1"),
        ("Eklundagatan tretti två", "Eklundagatan 32"),
        ("Eklundagatans trettitvåa", "Eklundagatan 32"),
        ("Almstigen 5", "Almstigen 5"),
        ("Eklundagatan 5 S-991 01 Videhamn", "Eklundagatan 5"),
        ("Eklundagatan 5 S 99101", "Eklundagatan 5"),
    ],
)
def test_a_name_or_number_cut_short_is_found(text: str, house: str, cut: Resolver) -> None:
    assert houses(cut.resolve(text)) == [house]


@pytest.mark.parametrize(
    "text", ["K J torg 5", "Ka Ja torg 9", "Xy Johans torg 5", "på lekplatsen 5"]
)
def test_too_little_or_two_names_point_out_no_sure_house(text: str, cut: Resolver) -> None:
    assert all(mention.confidence < AUTO_THRESHOLD for mention in cut.resolve(text))


@pytest.mark.parametrize(
    "text",
    [
        "Eklundagatan 35 uppg. B",
        "Eklundagatan 35 ing. B",
        "Eklundagatan 35 trappa B",
        "Eklundagatan 35, B",
        "Eklundagatan 35 i uppgång B",
        "Eklundagatan 35, B-uppgången",
        "Eklundagatan 35 port nr B",
        "uppgång B, tror jag, Eklundagatan 35, klockan var 23",
        "postlådan till 35 B uppe på Eklundagatan är full",
    ],
)
def test_an_entrance_is_told_of_in_many_ways(text: str, cut: Resolver) -> None:
    assert houses(cut.resolve(text)) == ["Eklundagatan 35B"]


@pytest.mark.parametrize(
    "text",
    [
        "B. Hus 7, Eklundagatan 35",
        "port A! Eklundagatan 35",
        "bor i hus A. Eklundagatan 35",
        "porten, Eklundagatan 35",
    ],
)
def test_a_letter_of_another_sentence_is_no_entrance(text: str, cut: Resolver) -> None:
    assert "Eklundagatan 35A" not in houses(cut.resolve(text))


@pytest.mark.parametrize(
    "after",
    [
        ", 3:e gången i år", ", 3e gången", ", för 3 gången", ", 2:a gången", ", 3 dgr kvar", ", 7-växlad cykel",
        ", 3x i veckan", ", 3+ män", ", 3 av 5 nätter", ", v 3", ", 2,5 mil bort", ", 3 till", " ett rum",
    ],
)  # fmt: skip
def test_what_is_counted_or_in_order_is_no_sure_house(after: str, cut: Resolver) -> None:
    mentions = cut.resolve(f"Eklundagatan 11{after}")
    sure = [m.number for m in mentions if m.address_id and m.confidence >= AUTO_THRESHOLD]

    assert set(sure) <= {"11"}


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("Eklundagatan 13 tr 3", "13"),
        ("Eklundagatan 13, 3:e tr", "13"),
        ("Eklundagatan 13, tredje trappan", "13"),
        ("Eklundagatan 13 3 tr", "13"),
    ],
)
def test_a_floor_is_no_house(text: str, floor: str, cut: Resolver) -> None:
    (mention,) = cut.resolve(text)

    assert (mention.address_id, mention.floor) == ("Eklundagatan 13", floor)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Eklundagatan 2, 3 å 4 har målats", ["2", "3", "4"]),
        ("Eklundagatan 3, sen 5, sen 9", ["3", "5", "9"]),
        ("Eklundagatan 10, och dom bredvid i 11, kastar", ["10", "11"]),
        ("uppg 15 A å 15 B, Eklundagatan, nån har målat", ["15A", "15B"]),
        ("lämnat av kunder vid 11:an och 13:an på Eklundagatan", ["11", "13"]),
        ("Eklundagatan 3 till 5", ["3", "5"]),
    ],
)
def test_a_list_may_be_said_as_people_speak(text: str, numbers: list[str], cut: Resolver) -> None:
    assert sorted(houses(cut.resolve(text))) == sorted(f"Eklundagatan {each}" for each in numbers)


@pytest.mark.parametrize("town", ["Sthlm", "Gbg", "sthlm"])
def test_a_town_cut_short_is_another_town(town: str, cut: Resolver) -> None:
    (mention,) = cut.resolve(f"S:t Eskils g. 5, {town}")

    assert (mention.address_id, mention.level) == (None, "street")


@pytest.mark.parametrize("text", ["barnvagn 4 hjul, gratis", "hos grannen 5 kl"])
def test_a_thing_is_no_street(text: str, cut: Resolver) -> None:
    assert cut.resolve(text) == []
