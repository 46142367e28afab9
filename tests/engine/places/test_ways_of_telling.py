"""How people tell of a house: entrances, numbers in words, lists, neighbours, towns first."""

import pytest

from nosvidere.engine.places import AUTO_THRESHOLD, Address, Index, Mention, Resolver

STREETS = ("Bågvägen", "Erik Mossons back", "Klockargatan", "Mellangatan")
NUMBERS = ("2", "4", "5", "7", "9", "9A", "9B", "11", "22", "35", "36A", "36B")
OTHER = ("Tallvägen", "Östby")


@pytest.fixture(scope="module")
def told() -> Resolver:
    """Return a resolver over a small town and another."""
    houses = [(street, number, "Videhamn", "99101") for street in STREETS for number in NUMBERS]
    houses += [
        ("Tallvägen", "4", "Videhamn", "99102"),
        ("Tallvägen", "4", "Östby", "99302"),
        ("Stenen", "7", "Videhamn", "99102"),
    ]
    return Resolver(
        Index.build(
            Address(
                f"{street} {number} {town}",
                street,
                number.rstrip("AB"),
                number.lstrip("0123456789"),
                postcode,
                town,
                town,
            )
            for street, number, town, postcode in houses
        ),
        home_municipality="Videhamn",
    )


def houses(mentions: list[Mention]) -> list[str]:
    """Return the ids of the houses pointed out, without the home town's name."""
    return [m.address_id.removesuffix(" Videhamn") for m in mentions if m.address_id]


@pytest.mark.parametrize(
    "text",
    [
        "Bågvägen 36 uppgång B",
        "Bågvägen 36, port B",
        "Bågvägen 36/B",
        "Bågvägen 36-B",
        "Bågvägen 36 (B)",
        "Bågvägen 36:B",
        "Bågvägen 36.B",
        "Bågvägen 36 ing B",
        "Bågvägen 36B/Bågv",
        "Bågvägen 36 ingång b",
        "B-uppgången Bågvägen 36",
        "i uppgång B, Bågvägen 36, luktar det",
        "nummer 36B Bågvägen",
        "36 B Bågvägen",
        "såg folk gå in på 36 B på Bågvägen i går",
        "porten är 36 B vid Bågvägen",
    ],
)
def test_an_entrance_is_read_wherever_it_is_told_of(text: str, told: Resolver) -> None:
    assert houses(told.resolve(text)) == ["Bågvägen 36B"]


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Bågvägens trettiofemma", "Bågvägen 35"),
        ("trettiofemman på Bågvägen", "Bågvägen 35"),
        ("Bågvägen tjugotvå", "Bågvägen 22"),
        ("Bågvägen nummer sju", "Bågvägen 7"),
        ("det är nummer sju på Bågvägen jag menar", "Bågvägen 7"),
        ("Bågvägen, i 22", "Bågvägen 22"),
        ("Bågvägen / 22", "Bågvägen 22"),
        ("Bågvägen; 22", "Bågvägen 22"),
        ("de bor i 22 på Bågvägen", "Bågvägen 22"),
        ("kan ni åka förbi bågv. 22 någon kväll, det är kö", "Bågvägen 22"),
        ("22 på Erik Mossons back", "Erik Mossons back 22"),
        ("i nr 22, Bågvägen", "Bågvägen 22"),
        ("portnr 22 på Bågvägen", "Bågvägen 22"),
        ("Bågvägen 22 c/o Ek", "Bågvägen 22"),
    ],
)
def test_a_number_is_read_in_words_and_in_talk(text: str, house: str, told: Resolver) -> None:
    assert houses(told.resolve(text)) == [house]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bågvägen både 5 och 7", "5 7"),
        ("Bågvägen 5, även 7", "5 7"),
        ("Bågvägen nr 5 och nr 7", "5 7"),
        ("Bågvägen 5 samt grannhuset 7", "5 7"),
        ("Bågvägen 5, likaså granne på nr 7", "5 7"),
        ("Bågvägen 5 + huset intill, 7", "5 7"),
        ("arbete vid Bågvägen 7 t.o.m. 11", "7 9 11"),
        ("9:an och 11:an på Erik Mossons back", "9 11"),
        ("Bågvägen 7 t o m 11", "7 9 11"),
    ],
)
def test_lists_and_neighbours_are_several_houses(text: str, numbers: str, told: Resolver) -> None:
    found = [house.rpartition(" ")[2] for house in houses(told.resolve(text))]

    assert found == numbers.split()


def test_what_is_counted_after_a_comma_is_no_house(told: Resolver) -> None:
    assert houses(told.resolve("Bågvägen 22, 4 inneboende, minst")) == ["Bågvägen 22"]
    assert houses(told.resolve("på Bågvägen, 4 inneboende, minst")) == []


def test_what_may_be_counted_after_and_is_no_sure_house(told: Resolver) -> None:
    sure, unsure = told.resolve("Bågvägen 22 och 4 inneboende")

    assert (sure.number, unsure.number) == ("22", "4")
    assert sure.confidence > AUTO_THRESHOLD > unsure.confidence


@pytest.mark.parametrize(
    "text", ["grannen sköter 7", "Bågvägen 22 och grannen sa ingenting alls om det eller 7"]
)
def test_a_neighbour_far_from_a_number_gives_no_house(text: str, told: Resolver) -> None:
    assert "Bågvägen 7" not in houses(told.resolve(text))


def test_between_is_no_part_of_a_name_before_a_street(told: Resolver) -> None:
    (mention, other) = told.resolve("de går mellan Bågvägen 22 och Mellangatan 5")

    assert min(mention.confidence, other.confidence) > AUTO_THRESHOLD


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Östby 22.45: skrik, Tallvägen 4", "Tallvägen 4 Östby"),
        ("993 02 är postnumret, Tallvägen 4", "Tallvägen 4 Östby"),
        ("postnummer 99302, Tallvägen 4", "Tallvägen 4 Östby"),
        ("Tallvägen 4", "Tallvägen 4"),
        ("Tallvägen 4. Återkoppla i ärende 99302 sedan", "Tallvägen 4"),
        ("ärende 99302, Tallvägen 4", "Tallvägen 4"),
    ],
)
def test_a_town_or_a_postcode_first_chooses_the_street(
    text: str, house: str, told: Resolver
) -> None:
    best = max(told.resolve(text), key=lambda mention: mention.confidence)

    assert houses([best]) == [house]


def test_a_town_elsewhere_counts_some_words_before_its_street(told: Resolver) -> None:
    assert houses(told.resolve("bild från Växjö, närmare bestämt Bågvägen 22")) == []


def test_a_time_before_a_street_is_no_house(told: Resolver) -> None:
    assert houses(told.resolve("vi ses klart efter 22, Bågvägen")) == []


@pytest.mark.parametrize("said", ["våning tre", "lgnr 1302", "dörr 1302"])
def test_a_floor_in_words_and_a_door_are_read(said: str, told: Resolver) -> None:
    (mention,) = told.resolve(f"Bågvägen 22, {said}")

    assert mention.floor == "13"


def test_an_abbreviated_qualifier_makes_another_street(told: Resolver) -> None:
    (mention,) = told.resolve("folk springer vid S Bågvägen 22 hela natten")

    assert mention.confidence < AUTO_THRESHOLD
    assert any("norra och södra är olika gator" in reason for reason in mention.reasons)


@pytest.mark.parametrize("text", ["B-gatan 22", "S gatan 22"])
def test_one_letter_and_a_kind_point_out_no_sure_house(text: str, told: Resolver) -> None:
    assert all(mention.confidence < AUTO_THRESHOLD for mention in told.resolve(text))


def test_a_letter_glued_before_a_name_may_be_norra() -> None:
    home = Address("a", "Klockargatan", "22", "", "99101", "Videhamn", "Videhamn")
    resolver = Resolver(
        Index.build([home]), home_municipality="Videhamn", street_names_elsewhere=()
    )
    (mention,) = resolver.resolve("Nklockargatan 22")

    assert mention.confidence < AUTO_THRESHOLD
    assert any(reason.startswith("Bokstaven före namnet") for reason in mention.reasons)


def test_what_is_hardly_a_house_is_left_out(told: Resolver) -> None:
    assert told.resolve("Nbågvägen 22") == []
