"""The accessibility statement says what the law asks for, and what does not work reaches the police sealed."""

from django.utils import translation

from nosvidere.public.views.accessibility import SUPERVISOR, TESTED_ON

PAGE = "/tillganglighet/"


def test_the_statement_holds_what_the_law_asks_for(client, site):
    page = client.get(PAGE).content.decode()

    for part in (
        "Tillgänglighetsredogörelse",
        "(2018:1937)",
        "Till en del.",
        "Det vi vet fattas",
        "Så har vi prövat",
        f"Prövat och skrivet {TESTED_ON}.",
        "Behöver du texten på ett annat sätt?",
        "Är det något som inte fungerar?",
        "Myndigheten för digital förvaltning (Digg)",
        f'href="{SUPERVISOR}"',
    ):
        assert part in page


def test_a_shortcoming_goes_sealed_and_its_code_opens_the_answer(client, police, an_hour_ago):
    response = client.post(PAGE, {"token": an_hour_ago, "text": "Knappen syns inte."})

    page = response.content.decode()
    (letter,) = police.letters()
    assert response.status_code == 201
    assert not response.cookies
    assert letter.kind == "followup"
    assert letter.fields == {
        "text": "Om sidans tillgänglighet, inte ett tips:\nKnappen syns inte."
    }
    assert 'class="code"' in page
    assert "Knappen syns inte." not in page


def test_a_shortcoming_that_looks_made_by_a_machine_waits_in_the_slower_lane(client, police):
    client.post(PAGE, {"text": "Knappen syns inte."})

    (letter,) = police.letters()
    assert letter.fields["lane"] == "slow"


def test_nothing_is_sent_without_words(client, police):
    response = client.post(PAGE, {"text": " "})

    assert response.status_code == 422
    assert "Fyll i det här." in response.content.decode()
    assert police.letters() == []


def test_what_cannot_be_taken_in_is_kept_on_the_page_with_whom_to_call(client, site):
    response = client.post(PAGE, {"text": "Knappen syns inte."})

    page = response.content.decode()
    assert response.status_code == 503
    assert "Knappen syns inte." in page
    assert "Ring 114 14. Är någon i fara: ring 112." in page


def test_the_language_is_changed_with_what_is_typed(client, police):
    page = client.post(PAGE, {"text": "Knappen syns inte.", "language": "en"}).content.decode()

    assert "Knappen syns inte." in page
    assert "Accessibility statement" in page
    assert police.letters() == []
    assert translation.get_language() == "sv"
