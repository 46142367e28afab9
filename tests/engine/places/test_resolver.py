"""What people write → the address they mean, with the reasons."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.places import (
    AUTO_THRESHOLD,
    Address,
    Index,
    Mention,
    Resolver,
    mention_as_json,
)
from nosvidere.engine.places.streets import _is_better, _keep_better
from nosvidere.engine.places.windows import Found, Like

HOUSES = [
    ("Storgatan 4", "Storgatan 4"),
    ("storgatan 4", "Storgatan 4"),
    ("STORGATAN 12 B", "Storgatan 12B"),
    ("Storgatan12b", "Storgatan 12B"),
    ("Stor gatan 9", "Storgatan 9"),
    ("Storg. 4", "Storgatan 4"),
    ("Storg 4", "Storgatan 4"),
    ("Storgt 4", "Storgatan 4"),
    ("Storgatans 4", "Storgatan 4"),
    ("Strogatan 9", "Storgatan 9"),
    ("Storgtan 9", "Storgatan 9"),
    ("Storgatan nr 4", "Storgatan 4"),
    ("Storgatan, nummer 4", "Storgatan 4"),
    ("Storgatan (port 4)", "Storgatan 4"),
    ("Storgatan fyra", "Storgatan 4"),
    ("nr 4 på Storgatan", "Storgatan 4"),
    ("4 Storgatan", "Storgatan 4"),
    ("det är i 4:an på Storgatan", "Storgatan 4"),
    ("i fyran på Storgatan", "Storgatan 4"),
    ("Storgatan, det bor en kvinna i nr 4", "Storgatan 4"),
    ("Storgatan, porten är 4:an", "Storgatan 4"),
    ("Raksträckan 4", "Storgatan 4"),
    ("N. Storgatan 6", "Norra Storgatan 6"),
    ("n storg 6", "Norra Storgatan 6"),
    ("Norrastorgatan 6", "Norra Storgatan 6"),
    ("Norrra Storgatan 6", "Norra Storgatan 6"),
    ("Norrra Storgaatn 6", "Norra Storgatan 6"),
    ("Massage Storgatan 4", "Storgatan 4"),
    ("Vallens gård 4", "Vallens gård 4"),
    ("Storgatan 12 B7", "Storgatan 12"),
    ("Kapten Brolundsgatan 5", "Kapten Brolunds gata 5"),
    ("kapt. brolunds g 5", "Kapten Brolunds gata 5"),
    ("K Brolunds gata 5", "Kapten Brolunds gata 5"),
    ("Brolunds gata 5", "Kapten Brolunds gata 5"),
    ("Brolunds g 5", "Kapten Brolunds gata 5"),
    ("Kapten Brolund 5", "Kapten Brolunds gata 5"),
    ("S:t Eskils gata 8", "Sankt Eskils gata 8"),
    ("St Eskilsg 10 a", "Sankt Eskils gata 10A"),
    ("Glasburksgatan 8", "Glasbruksgatan 8"),
    ("på glasbruksgatän 8 hela natten och varje dag", "Glasbruksgatan 8"),
    ("Stor. 4", "Storgatan 4"),
    ("Glasbr. 8", "Glasbruksgatan 8"),
    ("Glasbr.g 8", "Glasbruksgatan 8"),
    ("Lavendelv. 4", "Lavendelvägen 4"),
    ("Lavendelvägen 1203", "Lavendelvägen 1203"),
    ("Odens plan 3", "Odens plan 3"),
    ("Kråkvik 4", "Kråkvik 4"),
    ("de träffas på Vallen 4 och ingen annanstans på hela kvällen", "Vallen 4"),
    ("LinnÃ©gatan 12", "Linnégatan 12"),
    ("på Linné 12", "Linnégatan 12"),
    ("Linné 12", "Linnégatan 12"),
    ("Långgatan 4", "Långgatan 4"),
    ("Storgatan 4, 991 01 Videhamn", "Storgatan 4"),
    ("Storgatan 4 i Innerstaden", "Storgatan 4"),
    ("utanför vstra storgatan 4, nej norra storgatan 4", "Norra Storgatan 4"),
    ("Skottet föll på Nygård", "Nygård"),
    ("ringde på hos grannen på Storgatan 4 kl 22.30, ring 070-123 45 67", "Storgatan 4"),
]


def ids(mentions: Iterable[Mention]) -> list[str]:
    return [
        mention.address_id.removesuffix(" Videhamn").strip()
        for mention in mentions
        if mention.address_id
    ]


@pytest.mark.parametrize(("text", "wanted"), HOUSES)
def test_one_address_is_found_however_it_is_written(
    text: str, wanted: str, resolver: Resolver
) -> None:
    mentions = resolver.resolve(text)

    assert wanted in ids(mentions)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


SEVERAL = [
    ("Storgatan 5, 7 och 9", "5 7 9"),
    ("Storgatan nr 5, 7 samt nr 9", "5 7 9"),
    ("Storgatan 5/7/9", "5 7 9"),
    ("Storgatan 5–9", "5 7 9"),
    ("Storgatan 5 - 7", "5 7"),
    ("Storgatan 3 till 4", "3 4"),
    ("Storgatan 9-5", "9 5"),
    ("Storgatan 1 resp. 3", "1 3"),
    ("nr 5, 7 och 9 på Storgatan", "5 7 9"),
    ("Storgatan 14 A och B", "14A 14B"),
    ("Storgatan 14A-C", "14A 14B 14C"),
    ("storgatan 14 a, b", "14A 14B"),
    ("Storgatan 14A, 14C", "14A 14C"),
    ("Storgatan, alltså i nr 5 eller 7", "5 7"),
]


@pytest.mark.parametrize(("text", "numbers"), SEVERAL)
def test_several_houses_are_several_mentions(text: str, numbers: str, resolver: Resolver) -> None:
    assert ids(resolver.resolve(text)) == [f"Storgatan {number}" for number in numbers.split()]


ORDER = [
    ("whole", "misspelled", True),
    ("misspelled", "whole", False),
    ("tail", "tail", True),
]


@pytest.mark.parametrize(("new", "old", "wins"), ORDER)
def test_the_surer_of_two_overlapping_names_is_kept(new: str, old: str, wins: bool) -> None:
    later, earlier = (Found(0, 1, way, (Like(0, 0),), "x") for way in (new, old))

    assert _is_better(later, earlier) is wins


def test_a_name_with_a_number_is_kept_before_one_without() -> None:
    plain, numbered = (
        Found(0, 1, "whole", (Like(0, 0),), "x", is_numbered=has) for has in (False, True)
    )

    assert _is_better(numbered, plain)
    assert not _is_better(plain, numbered)


def test_a_numbered_misspelling_is_kept_before_a_tail_without_a_number() -> None:
    tail, misspelled = (
        Found(0, 1, "tail", (Like(0, 0),), "x"),
        Found(0, 2, "misspelled", (Like(1, 0),), "y", is_numbered=True),
    )

    assert _is_better(misspelled, tail)


def test_a_worse_name_does_not_push_out_a_better() -> None:
    found = [Found(0, 2, "whole", (Like(0, 0),), "x")]

    _keep_better(found, Found(2, 3, "misspelled", (Like(1, 1),), "y"))

    assert [match.way for match in found] == ["whole"]


def test_two_streets_are_two_mentions(resolver: Resolver) -> None:
    mentions = resolver.resolve("hörnet Storgatan 4/Glasbruksgatan 8")

    assert ids(mentions) == ["Storgatan 4", "Glasbruksgatan 8"]


def test_what_a_range_implies_is_less_sure(resolver: Resolver) -> None:
    low, between, high = resolver.resolve("Storgatan 5-9")

    assert between.confidence < AUTO_THRESHOLD < min(low.confidence, high.confidence)


NO_HOUSE = [
    "Ring 0701234567 efter kl 18, pris 1500 kr",
    "Sofia 24",
    "Anna 25 år, 165 cm, 55 kg",
    "3 män och 2 kvinnor kl 23.15 den 12 oktober 2020",
    "på Storgatan 3 män hela natten",
    "Storgatan 14/10 2020",
    "Storgatan kl 4",
    "vallen 3 tr",
    "telefon 4",
    "Det är gatan 4",
    "parken 12 minuter bort",
    "Södra Brolunds gata 5",
    "Vstr 4",
    "Åkgatan 4",
    "Glasg 4",
    "",
    "  \n",
    "4",
    "och 4",
    "på 4",
    "den 4:e",
    "Klo. 4",
    "porten 4 står öppen hela natten för alla som vill in",
    "på Brolunds gata varje natt",
    "Kråkvik är fint",
    "hela natten hördes kråkvig 4 gånger",
]


@pytest.mark.parametrize("text", NO_HOUSE)
def test_no_address_gives_no_house(text: str, resolver: Resolver) -> None:
    assert ids(resolver.resolve(text)) == []


LEVELS = [
    ("Storgatan 44", ("street", "44", "")),
    ("på Storgatan varje natt", ("street", "", "")),
    ("Raksträckan varje natt", ("street", "", "")),
    ("Storgatan 14", ("entrance_unknown", "14", "")),
    ("Storgatan 14 F", ("letter_not_registered", "14", "F")),
    ("Storgatan 4 och Storgatan", ("exact", "4", "")),
    ("skott vid Vallen hela natten", ("street", "", "")),
]


@pytest.mark.parametrize(("text", "wanted"), LEVELS)
def test_what_is_not_registered_stops_at_its_level(
    text: str, wanted: tuple[str, str, str], resolver: Resolver
) -> None:
    mentions = resolver.resolve(text)

    assert [(mention.level, mention.number, mention.letter) for mention in mentions] == [wanted]
    assert (mentions[0].address_id is None) == (wanted[0] != "exact")


def test_the_entrances_are_the_alternatives(resolver: Resolver) -> None:
    mention = resolver.resolve("Storgatan 14")[0]

    assert [alternative.letter for alternative in mention.alternatives][:3] == ["A", "B", "C"]
    assert all(alternative.address_id for alternative in mention.alternatives[:3])


def test_an_addition_to_the_letter_leaves_the_entrance_open() -> None:
    resolver = Resolver(
        Index.build([Address("a", "Storgatan", "6", "A U1"), Address("b", "Storgatan", "6", "B")])
    )

    mention = resolver.resolve("Storgatan 6A")[0]

    assert (mention.level, [each.address_id for each in mention.alternatives]) == (
        "entrance_unknown",
        ["a"],
    )


INSIDE = [
    ("Storgatan 4, 3 tr", "", "13"),
    ("Storgatan 4 3tr", "", "13"),
    ("Storgatan 4, tre trappor upp", "", "13"),
    ("Storgatan 4, en trappa ner", "", "09"),
    ("Storgatan 4, vån 2", "", "12"),
    ("Storgatan 4, 2:a våningen", "", "12"),
    ("Storgatan 4, andra våningen", "", "12"),
    ("Storgatan 4 bv", "", "10"),
    ("Storgatan 4 nb", "", "10"),
    ("Storgatan 4, i källaren", "", "09"),
    ("Storgatan 4 lgh 1203", "1203", "12"),
    ("Storgatan 4 lgh nr 1203", "1203", "12"),
    ("Storgatan 4, 1203", "1203", "12"),
    ("Storgatan 4/1203", "1203", "12"),
    ("Storgatan 4 1203", "1203", "12"),
    ("Storgatan 4 lgh 7", "", ""),
    ("Storgatan 4 lgh 7 tr", "", "17"),
    ("Storgatan 4, 2020", "", ""),
    ("Storgatan 4, 2 tr, lgh 1203", "1203", "12"),
    ("lgh 1203 på Storgatan 4", "1203", "12"),
    ("tr 3, Storgatan 4", "", "13"),
    ("Storgatan 4", "", ""),
]


@pytest.mark.parametrize(("text", "apartment", "floor"), INSIDE)
def test_apartment_and_floor_are_read(
    text: str, apartment: str, floor: str, resolver: Resolver
) -> None:
    mention = resolver.resolve(text)[0]

    assert (mention.address_id, mention.apartment, mention.floor) == (
        "Storgatan 4 Videhamn",
        apartment,
        floor,
    )


def test_a_dwelling_belongs_to_the_house_before_it(resolver: Resolver) -> None:
    first, second = resolver.resolve("Storgatan 4, 2 tr och Glasbruksgatan 8, 3 tr")

    assert (first.floor, second.floor) == ("12", "13")


AWAY = [
    "Storgatan 4, Alingsås",
    "Storgatan 4 Alingsås",
    "Storgatan 4 i alingsås",
    "Storgatan 4 (Växjö)",
    "Storgatan 4, Alingsås kommun",
    "Storgatan 4\n441 30 Alingsås",
    "Storgatan 4, 441 30",
    "Alingsås, Storgatan 4",
    "ska till Alingsås, Storgatan 4",
    "i Alingsås på Storgatan 4",
    "Bostaden ligger i Dals Ed. Det är konstigt folk där. Storgatan 4",
    "Storgatan 4 i Dals-Ed",
    "Tegelvägen 4, Videhamn",
]


@pytest.mark.parametrize("text", AWAY)
def test_a_town_elsewhere_gives_no_house_here(text: str, resolver: Resolver) -> None:
    mentions = resolver.resolve(text)

    assert [(mention.level, mention.address_id, mention.alternatives) for mention in mentions] == [
        ("street", None, ())
    ]
    assert "inget hus här pekas ut" in mentions[0].reasons[-1]


HERE = [
    "hon kommer från Alingsås och bor på Storgatan 4",
    "Storgatan 4, c/o Anna Lund",
    "Storgatan 4, Videhamns kommun",
    "Storgatan 4. Sedan åkte de",
    "Storgatan 4 i stan",
    "Storgatan 4 i en port",
    "Storgatan 4, BRA PRIS",
    "Storgatan 4, VA",
]


@pytest.mark.parametrize("text", HERE)
def test_a_town_that_is_no_location_changes_nothing(text: str, resolver: Resolver) -> None:
    assert ids(resolver.resolve(text)) == ["Storgatan 4"]


DOUBTFUL = [
    "Storgatan 4 i Tokarp",
    "Storgatan 4 i tokarp",
    "Storgatan 4 tokarp",
    "Storgatan 4 Tokarp, hela natten",
    "Storgatan 4, Okändarp",
    "Storgatan 4, 991 02 Videhamn",
    "Storgatan 4 i Hamnen",
    "Södra Storgatan 4",
    "Erik Storgatan 4",
    "Stergatan 4",
    "Storgatan, jag hörde att det var nr 4",
    "Langgatan 4 eller Långgatan",
]


@pytest.mark.parametrize("text", DOUBTFUL[:-1])
def test_what_speaks_against_a_house_keeps_it_below_the_threshold(
    text: str, resolver: Resolver
) -> None:
    assert all(
        mention.confidence < AUTO_THRESHOLD
        for mention in resolver.resolve(text)
        if mention.address_id
    )


def test_a_named_town_chooses_between_streets_of_one_name(resolver: Resolver) -> None:
    mention = resolver.resolve("Storgatan 4 i Sandby")[0]

    assert mention.address_id == "Storgatan 4 Sandby"
    assert "Orten i texten stämmer." in mention.reasons


def test_without_a_home_a_street_in_two_towns_is_a_question(index: Index) -> None:
    mention = Resolver(index).resolve("Storgatan 4")[0]

    assert mention.confidence <= 0.5
    assert {each.municipality for each in mention.alternatives} <= {"Videhamn", "Sandby"}


def test_a_name_that_is_real_elsewhere_is_no_misspelling(index: Index) -> None:
    country = {
        "Glasbrukargatan",
        "Storgatan",
        "Brolunds gata",
        "Västra Storgatan",
        "Glasbruxgatan",
        "Kapten Brolundsgatan",
        "!",
    }
    with_list = Resolver(index, home_municipality="Videhamn", street_names_elsewhere=country)
    without = Resolver(index, home_municipality="Videhamn")

    for text in (
        "Glasbruxgatan 8",
        "Glasbruxsgatan 8",
        "Glasbruxg 8",
        "Brolunds gata 5",
        "Västra Storgatan 4",
        "Kapten Brolundsgatan 5",
    ):
        listed = with_list.resolve(text)
        assert all(mention.confidence < AUTO_THRESHOLD for mention in listed)
        assert sum(m.confidence for m in listed) <= sum(
            m.confidence for m in without.resolve(text)
        )


def test_a_registered_name_is_as_sure_with_the_list_as_without(
    index: Index, resolver: Resolver
) -> None:
    with_list = Resolver(
        index, home_municipality="Videhamn", street_names_elsewhere={"Ekvägen", "Storgatan"}
    )

    assert with_list.resolve("Storgatan 4") == resolver.resolve("Storgatan 4")


def test_a_list_of_names_makes_a_lone_misspelling_surer(index: Index) -> None:
    with_list = Resolver(index, home_municipality="Videhamn", street_names_elsewhere={"Ekvägen"})
    without = Resolver(index, home_municipality="Videhamn")

    assert (
        with_list.resolve("Glasburksgatan 8")[0].confidence
        > without.resolve("Glasburksgatan 8")[0].confidence
    )


def test_reasons_are_told_in_swedish(resolver: Resolver) -> None:
    assert resolver.resolve("Glasburksgatan 8")[0].reasons == (
        "Gatunamnet är stavat på annat sätt, närmast är Glasbruksgatan (1 tecken skiljer).",
        "Numret finns i registret.",
        "Gatan ligger i hemkommunen.",
    )


def test_a_mention_becomes_one_json_line(resolver: Resolver) -> None:
    written = mention_as_json(resolver.resolve("Storgatan 14, 3 tr")[0])

    assert list(written) == [
        "start", "end", "text", "level", "address_id", "street", "number", "letter", "apartment", "floor", "confidence",
        "alternatives", "reasons",
    ]  # fmt: skip
    alternatives = written["alternatives"]
    assert isinstance(alternatives, list)
    assert alternatives[0]["address_id"] == "Storgatan 14A Videhamn"


def test_a_register_without_coordinates_knows_its_surroundings_by_its_towns() -> None:
    resolver = Resolver(
        Index.build([Address("a", "Storgatan", "4", "", "", "Alingsås", "Alingsås")])
    )

    assert resolver.resolve("Storgatan 4, Växjö")[0].address_id is None
    assert resolver.resolve("Storgatan 4, Alingsås")[0].address_id == "a"


@given(st.text(alphabet="Storganv åö4125AB.,-/:()\nnrpåi", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_within_its_bounds(resolver: Resolver, text: str) -> None:
    mentions = resolver.resolve(text)

    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    assert all(0 < mention.confidence < 1 for mention in mentions)
    assert all(
        (mention.address_id is not None) <= (mention.level == "exact") for mention in mentions
    )
    assert all(len(mention.alternatives) <= 5 and mention.reasons for mention in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 3000,
        "kl" + " " * 5000 + "x",
        "Stor " * 2000,
        "5,7," * 2000,
        "Storgatan " * 500,
        "Ã" * 5000,
    ],
)
def test_hostile_text_is_answered_in_time(text: str, resolver: Resolver) -> None:
    assert isinstance(resolver.resolve(text), list)
