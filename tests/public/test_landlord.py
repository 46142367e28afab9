"""A landlord reads the notice and answers."""

import pytest

from nosvidere.engine.sealing import new_code
from nosvidere.public.wording import MEASURES


@pytest.fixture
def opened(client, police):
    """A landlord who has opened the notice: the code hidden in the page."""
    code = police.write_notice()
    return client.post("/hyresvard/", {"code": code.symbols}).context["hidden"]


def test_the_notice_is_shown_with_the_three_answers(client, police):
    code = police.write_notice("Dnr 1.\n\nPolisen har uppgifter om en lägenhet.")

    page = client.post("/hyresvard/", {"code": code.symbols}).content.decode()

    assert "<p>Polisen har uppgifter om en lägenhet.</p>" in page
    assert page.count('name="act"') == 3


def test_a_code_without_a_notice_tells_what_to_compare(client, police):
    page = client.post("/hyresvard/", {"code": new_code().symbols}).content.decode()

    assert "Här finns inget brev" in page


def test_a_neighbours_page_leads_a_landlord_right(client, police):
    code = police.write_notice()

    page = client.post("/folj/", {"code": code.symbols}).content.decode()

    assert "Här finns ett brev till dig som hyr ut" in page
    assert "Polisen har uppgifter" not in page


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"act": "acknowledged", "text": ""}, {"act": "acknowledged"}),
        (
            {"act": "measure", "measure": "talk", "taken_on": "2020-10-17", "text": "Vi talade."},
            {"act": "measure", "measure": "talk", "taken_on": "2020-10-17", "text": "Vi talade."},
        ),
        ({"act": "contested", "text": "Fel adress."}, {"act": "contested", "text": "Fel adress."}),
    ],
)
def test_each_answer_reaches_the_police(client, police, opened, *, typed, fields):
    shown = client.post("/hyresvard/", {"hidden": opened, "act": typed["act"], "go": "show"})
    sent = client.post("/hyresvard/", {"hidden": opened} | typed)

    assert shown.status_code == 200
    assert sent.status_code == 201
    assert "Polisen får ditt svar." in sent.content.decode()
    (letter,) = police.letters()
    assert (letter.kind, letter.fields) == ("landlord", fields)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"act": "measure", "taken_on": "2020-10-17"}, "Välj ett svar."),
        ({"act": "measure", "measure": "none", "taken_on": "2020-10-17"}, "varför du inte gör"),
        ({"act": "measure", "measure": "talk", "taken_on": "2999-01-01"}, "har inte varit än"),
        ({"act": "contested", "text": ""}, "Fyll i det här."),
    ],
)
def test_an_answer_that_says_too_little_is_asked_about(client, police, opened, *, typed, said):
    response = client.post("/hyresvard/", {"hidden": opened} | typed)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert police.letters() == []


def test_an_answer_that_cannot_be_sent_is_kept(client, police, opened, settings):
    settings.PARTIES.write_text("{}")

    response = client.post("/hyresvard/", {"hidden": opened, "act": "contested", "text": "Fel."})

    assert response.status_code == 422
    assert ">\nFel.</textarea>" in response.content.decode()
    assert "Ring 114 14" in response.content.decode()


def test_the_language_can_be_changed_with_the_text_kept(client, opened):
    typed = {"hidden": opened, "act": "contested", "text": "Fel adress.", "language": "en"}

    page = client.post("/hyresvard/", typed).content.decode()

    assert "Say what is wrong" in page
    assert "Fel adress." in page


def test_the_way_back_leads_to_the_letter(client, opened):
    assert (
        "Polisen har uppgifter" in client.post("/hyresvard/", {"hidden": opened}).content.decode()
    )


@pytest.mark.parametrize("typed", [{"hidden": "00"}, {"code": "abc"}])
def test_without_a_code_that_holds_it_is_asked_for(client, police, typed):
    assert "Skriv koden" in client.post("/hyresvard/", typed).content.decode()


def test_without_keys_the_page_says_whom_to_call(client, site):
    page = client.post("/hyresvard/", {"code": new_code().symbols}).content.decode()

    assert "Ring 114 14" in page


def test_the_measures_are_those_that_the_police_take_in():
    from nosvidere.landlords.models import MEASURES as TAKEN_IN

    assert set(MEASURES) == set(TAKEN_IN)
