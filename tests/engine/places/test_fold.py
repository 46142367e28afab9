"""One written form per street name."""

import pytest

from nosvidere.engine.places import fold
from nosvidere.engine.places.tokens import plain_text, tokens_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Älvsjö", "alvsjo"), ("LINNÉ", "linne"), ("Wasagatan", "vasagatan"), ("LinnÃ©gatan", "linnegatan"), ("Škoda", "skoda"),
     ("O’Hara", "ohara"), ("A\u030a", "a")],
)  # fmt: skip
def test_letters_are_folded(text: str, folded: str) -> None:
    assert fold.fold(text) == folded


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Erik Dahlbergs gata", "Erik Dahlbergsgatan"),
        ("Sankt Eriksgatan", "S:t Eriksgatan"),
        ("Norra Vägen", "Norra väg"),
        ("Storgatan", "Storgatans"),
        ("Dr Fries torg", "Doktor Fries Torget"),
    ],
)
def test_forms_of_one_name_have_one_key(name: str, same: str) -> None:
    keys = [fold.canon(fold.spelled_out(fold.words_of(each))) for each in (name, same)]

    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Storg", "storgata"),
        ("N Storgatan", "norrastorgata"),
        ("S Vägen", "sodravag"),
        ("S Jörgens g", "sanktjorgensgata"),
        ("Vasa pl", "vasaplan"),
        ("Rörhults", "rorhult"),
    ],
)
def test_abbreviations_are_read(written: str, key: str) -> None:
    assert key in dict(fold.written_forms(fold.words_of(written)))


@pytest.mark.parametrize(
    ("key", "qualifier"),
    [("norrastorgatan", "norra"), ("ostra", "ostra"), ("glasgatan", ""), ("ek", "")],
)
def test_a_qualifier_is_told_from_the_rest(key: str, qualifier: str) -> None:
    assert fold.qualifier_of(key) == qualifier


def test_tokens_know_where_they_stand() -> None:
    text = "S:t Eriks g.12b, 3:an"

    assert [(token.text, text[token.start : token.end]) for token in tokens_of(text)] == [
        (part, part) for part in ("S:t", "Eriks", "g", ".", "12", "b", ",", "3", ":", "an")
    ]


def test_plain_text_keeps_every_sign_in_its_place() -> None:
    text = "Är İ på Åsgränd är"

    assert len(plain_text(text)) == len(text)
    assert plain_text("På Ås") == "pa as"
    assert plain_text("5 är") == "5 ##"
