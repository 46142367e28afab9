import unicodedata

import pytest

from nosvidere.engine.signs import mask, screen

EXCLUDED = [
    ("två rumänska kvinnor i trapphuset", ["X01"]),
    ("det är ryssar på tvåan", ["X01"]),
    ("de talar polska", ["X01"]),
    ("pratar med kraftig brytning", ["X01"]),
    ("pratar ett främmande språk", ["X01"]),
    ("någon som bryter på ryska", ["X01"]),
    ("kommer från Ukraina", ["X01"]),
    ("en mörkhyad person", ["X01"]),
    ("en svart man går in", ["X01"]),
    ("utländskt utseende", ["X01"]),
    ("polskregistrerad bil", ["X01"]),
    ("thaitjejer", ["X01"]),
    ("Chinese women and a Romanian driver", ["X01", "X01"]),
    ("Polish girls who speak no Swedish", ["X01", "X01"]),
    ("a foreign woman with an accent", ["X01", "X01"]),
    ("tjejerna som bor där är borta på dagen", ["X02"]),
    ("det bor två kvinnor på fyran", ["X02"]),
    ("hon ser ut som en hora", ["X02"]),
    ("kommer i minikjol och högklackat", ["X02", "X02"]),
    ("lättklädd i fönstret", ["X02"]),
    ("mannen har skägg och hon kort kjol", ["X02", "X02"]),
    ("scantily dressed, high heels", ["X02", "X02"]),
    ("the girls living there", ["X02"]),
    ("tatuerad på halsen", ["X03"]),
    ("full of tattoos", ["X03"]),
    ("en transperson", ["X04"]),
    ("missbrukare i porten", ["X04"]),
    ("blandmissbruk", ["X04"]),
    ("hemlösa sover där", ["X04"]),
    ("psykiskt sjuk granne", ["X04"]),
    ("a homeless junkie", ["X04", "X04"]),
    ("kondomer i soporna", ["X05"]),
    ("used condoms", ["X05"]),
    ("en 25-åring", ["X06"]),
    ("1500 kr per timme", ["X06"]),
    ("thaimassage på nedre botten", ["X07"]),
    ("ett problemområde", ["X08"]),
    ("it is a rough area", ["X08"]),
]
ALLOWED = [
    "svenska gatan 12",
    "Polska vägen 3, port B",
    "hörnet Danska vägen och Tyska brinken",
    "Engelska skolan ligger bredvid",
    "jag tränar thaiboxning på tisdagar",
    "köpte thaimat på thairestaurangen, en thai restaurang",
    "en fransk balkong och turkisk peppar",
    "det ser ut som om någon väntar",
    "huset ser ut som ett hotell",
    "många okända män går in en i taget",
    "en kvinna på plan 2 har sett samma sak",
    "man bor trångt här",
    "i brytningen mellan natt och dag",
    "de bryter sig in",
    "det har lett till bråk",
    "en svart Volvo och svarta personbilar",
    "transport av möbler, transformatorn surrar",
    "tatueringsstudio i bottenvåningen",
    "two men wait and then polish the car",
    "ett barn, kanske en 15-åring, gråter",
    "dansar till sent, romantisk musik",
    "grovt språk i trapphuset",
    "sjuksköterskan från hemtjänsten",
    "många handdukar och telefoner",
]


@pytest.mark.parametrize(("text", "codes"), EXCLUDED)
def test_who_somebody_is_may_not_be_weighed(text, codes):
    assert [excluded.code for excluded in screen(text)] == codes


@pytest.mark.parametrize("text", ALLOWED)
def test_what_happens_and_where_passes(text):
    assert screen(text) == []


def test_the_mask_hides_what_stood_there_and_how_long_it_was():
    text = "Två rumänska tjejer som bor där. Många besök på natten."

    assert mask(text) == "Två ▇▇▇ ▇▇▇ som bor där. Många besök på natten."


def test_the_stretch_is_where_it_says():
    text = "Jag såg tatuerade armar och RYSKA skyltar."

    assert all(text[part.start : part.end] == part.text for part in screen(text))
    assert [part.text for part in screen(text)] == ["tatuerade", "RYSKA"]


def test_letters_written_as_two_marks_are_read_as_one():
    text = unicodedata.normalize("NFD", "många rumänska bilar på gården")

    (found,) = screen(text)

    assert unicodedata.normalize("NFC", found.text) == "rumänska"
    assert unicodedata.normalize("NFC", mask(text)) == "många ▇▇▇ bilar på gården"


def test_a_masked_text_has_nothing_left_to_mask():
    masked = mask("Hemlösa ryssar med kondomer och brytning bor i ett problemområde")

    assert screen(masked) == []


def test_no_text_is_no_trouble():
    assert screen("") == []
    assert mask("") == ""
