import pytest

from nosvidere.engine.signs import contact_spans


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("ring 070-123 45 67 efter sex", "phone", "070-123 45 67"),
        ("ring 0701234567.", "phone", "0701234567"),
        ("+46 70 123 45 67", "phone", "+46 70 123 45 67"),
        ("0046 (0)70-1234567", "phone", "0046 (0)70-1234567"),
        ("08-12 34 56 78", "phone", "08-12 34 56 78"),
        ("hon heter 811228-9874", "personal_number", "811228-9874"),
        ("19811228-9874", "personal_number", "19811228-9874"),
        ("198112289874", "personal_number", "198112289874"),
        ("701063-2391 är ett samordningsnummer", "personal_number", "701063-2391"),
        ("skriv till n.n+tips@exempel.se!", "email", "n.n+tips@exempel.se"),
    ],
)
def test_a_way_to_reach_somebody_is_found(text, kind, found):
    (contact,) = contact_spans(text)

    assert (contact.kind, contact.text) == (kind, found)
    assert text[contact.start : contact.end] == found


@pytest.mark.parametrize(
    "text",
    [
        "den 2020-10-20 kl. 18.30–21.00",
        "mellan 0700-0800 och 2200-2330",
        "0900-1000 på Storgatan 12, 123 45 Exempelstad",
        "lägenhet 1101, plan 3",
        "811228 9875",
        "811328-9874 och 556677-8899",
        "diarienummer 5000-K123456-20",
    ],
)
def test_times_dates_and_addresses_reach_nobody(text):
    assert contact_spans(text) == []


def test_what_overlaps_is_reported_once_and_in_order():
    contacts = contact_spans("mejla 0701234567@exempel.se eller ring 0701234567")

    assert [contact.kind for contact in contacts] == ["email", "phone"]
