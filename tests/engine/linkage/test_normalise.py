import pytest

from nosvidere.engine.linkage.normalise import phone_number, plain, read_text


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("070-123 45 67", "+46701234567"),
        ("+46 (0)70 123 45 67", "+46701234567"),
        ("0046701234567", "+46701234567"),
        ("46701234567", "+46701234567"),
        ("08-123 456 78", "+46812345678"),
        ("+372 5555 1234", "+37255551234"),
        ("noll sju noll ett två tre fyra fem sex sju", "+46701234567"),
        ("07O-l23 45 67", "+46701234567"),
        ("", ""),
        ("12345678", ""),
        ("070", ""),
        ("+0701234567", ""),
        ("+12345678901234567", ""),
    ],
)
def test_a_number_is_read_however_it_is_written(written, number):
    assert phone_number(written) == number


@pytest.mark.parametrize(
    "text",
    [
        "ring 070-123 45 67 nu",
        "ring 07O l23 45 67 nu",
        "ring 0.7.0.1.2.3.4.5.6.7 nu",
        "ring \uff10\uff17\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17 nu",
        "ring 0\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e31234567 nu",
        "ring noll sju noll ett två tre fyra fem sex sju nu",
        "ring +46 (0)70 123 45 67 nu",
    ],
)
def test_a_hidden_number_in_a_text_is_a_contact_and_no_word(text):
    reading = read_text(text)

    assert reading.contacts == ("tel:+46701234567",)
    assert reading.words == ("ring", "nu")


@pytest.mark.parametrize(
    "text", ["öppet 09.00-18.00", "20 10 2020 0900 1800", "mått 90-60-90 170 55", "sex kvällar"]
)
def test_hours_dates_and_measures_are_no_contacts(text):
    assert read_text(text).contacts == ()


def test_prices_and_ages_are_masked_so_that_they_are_never_kept():
    assert read_text("1500 kr 25 år").words == ("0", "kr", "0", "år")


def test_addresses_on_the_net_are_contacts():
    reading = read_text("telegram: @mia_88 eller www.exempel.se/abc, mia@exempel.se @mia_88")

    assert set(reading.contacts) == {"handle:mia_88", "url:exempel.se/abc", "mail:mia@exempel.se"}
    assert reading.words == ("eller",)


def test_the_swedish_letters_stay_and_capitals_go():
    assert plain("ÅSA I A\u030aRE") == "åsa i åre"


def test_markup_entities_and_invisible_signs_go():
    assert read_text("<b>h\u200bej</b>&amp;d\u00ad\u2060u <br>🌸").words == ("hej", "du")


def test_a_lookalike_inside_a_latin_word_is_latin():
    assert plain("d\u0456g") == "dig"


def test_a_word_all_in_cyrillic_is_left_alone():
    assert plain("привет") == "привет"
