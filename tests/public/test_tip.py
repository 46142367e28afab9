"""A tip from the first screen to its code."""

import re
from datetime import date, timedelta

import pytest

from nosvidere.drop import actions as drop
from nosvidere.drop.models import Letter
from nosvidere.engine.sealing import parse_code
from nosvidere.engine.signs import SCHEME
from nosvidere.kernel.time import now, start_clock_at, today
from nosvidere.public.forms import WhatForm, WhenForm
from nosvidere.public.tokens import form_token
from nosvidere.public.wording import DANGER_SIGNS, SIGNS


def code_in(response):
    return response.context["receipt"].symbols


def test_a_tip_reaches_the_police_sealed_and_its_sender_gets_a_code(client, police, tip):
    response = client.post("/tipsa/", tip)

    assert response.status_code == 201
    (letter,) = police.letters()
    assert letter.kind == "tip"
    assert letter.lang == "sv"
    assert letter.fields == {
        "place": "Fyrgatan 3",
        "saw": "Många besökare varje kväll.",
        "signs": "F01,F03",
        "basis": "FACT",
        "days": "4",
        "channel": "web",
    }
    assert parse_code(code_in(response))


def test_the_code_is_shown_as_signs_and_as_words_and_is_in_no_address(client, police, tip):
    response = client.post("/tipsa/", tip)

    page = response.content.decode()
    assert code_in(response) in page
    assert " ".join(response.context["receipt"].words) in page
    assert response["Cache-Control"] == "no-store"
    assert (
        code_in(response) not in response.request["PATH_INFO"] + response.request["QUERY_STRING"]
    )


def test_the_three_screens_carry_what_was_typed(client, site):
    first = client.post("/tipsa/", {"at": "where", "go": "what", "place": "Fyrgatan 3"})
    second = client.post(
        "/tipsa/", {"at": "what", "go": "when", "place": "Fyrgatan 3", "signs": "F02"}
    )

    assert 'name="place" value="Fyrgatan 3"' in first.content.decode()
    assert first.context["number"] == 2
    assert 'name="signs" value="F02"' in second.content.decode()
    assert second.context["number"] == 3


def test_a_place_or_not_knowing_it_is_the_first_of_two_required_answers(client, site):
    nothing = client.post("/tipsa/", {"at": "where", "go": "what"})
    unknown = client.post("/tipsa/", {"at": "where", "go": "what", "place_unknown": "on"})

    assert nothing.status_code == 422
    assert "kryssa i ”Jag vet inte exakt”" in nothing.content.decode()
    assert unknown.context["screen"] == "what"


@pytest.mark.parametrize("answer", [{"signs": "F01"}, {"danger_signs": "C06"}, {"saw": "Besök."}])
def test_a_sign_or_a_text_is_the_second(client, site, answer):
    told = {"at": "what", "go": "when", "place_unknown": "on"}

    assert client.post("/tipsa/", told).status_code == 422
    assert client.post("/tipsa/", told | answer).context["screen"] == "when"


def test_a_place_that_is_not_known_exactly_says_so_to_the_police(client, police, tip):
    client.post("/tipsa/", tip | {"place_unknown": "on"})

    assert police.letters()[0].fields["place"] == "Fyrgatan 3\nVet inte exakt var."


def test_going_back_keeps_everything_and_asks_nothing(client, site):
    response = client.post(
        "/tipsa/", {"at": "what", "go": "where", "place": "Fyrgatan", "saw": "x"}
    )

    assert response.status_code == 200
    assert response.context["screen"] == "where"
    assert ">\nFyrgatan</textarea>" in response.content.decode()


def test_changing_the_language_keeps_what_is_typed(client, site):
    typed = {"at": "what", "place": "Fyrgatan 3", "saw": "Besök varje kväll", "signs": "F01"}

    response = client.post("/tipsa/", typed | {"language": "en"})

    page = response.content.decode()
    assert "What have you seen?" in page
    assert 'action="/en/tipsa/"' in page
    assert "Besök varje kväll" in page
    assert 'value="F01" id="id_signs_0" checked' in page
    assert 'name="place" value="Fyrgatan 3"' in page


def test_a_tip_in_english_says_so_in_its_letter(client, police, tip):
    response = client.post("/en/tipsa/", tip)

    assert "Thank you. Keep your code." in response.content.decode()
    assert police.letters()[0].lang == "en"


def test_a_form_older_than_a_day_keeps_the_text_and_gets_a_new_day(client, police, tip):
    old = client.post("/tipsa/", tip | {"token": form_token(now() - timedelta(hours=25))})
    again = client.post("/tipsa/", tip | {"token": old.context["token"]})

    assert "Allt du skrivit är kvar" in old.content.decode()
    assert 'name="saw" value="Många besökare varje kväll."' in old.content.decode()
    assert again.status_code == 201
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("token", ["", "1:forged", "x"])
def test_a_forged_token_sends_nothing(client, police, tip, token):
    response = client.post("/tipsa/", tip | {"token": token})

    assert response.status_code == 200
    assert not Letter.objects.exists()


def test_words_on_origin_are_pointed_out_with_an_offer_to_rewrite_and_nothing_is_blocked(
    client, police, tip
):
    told = tip | {"saw": "De pratade rumänska. Ring mig på 070-123 45 67."}

    shown = client.post("/tipsa/", told | {"at": "what", "go": "when"}).content.decode()
    sent = client.post("/tipsa/", told)

    assert "<mark>rumänska</mark>" in shown
    assert "<mark>070-123 45 67</mark>" in shown
    assert 'name="go" value="what">Skriv om texten' in shown
    assert sent.status_code == 201


def test_a_sign_of_danger_shows_112_and_marks_the_letter(client, police, tip):
    told = tip | {"danger_signs": "C02"}

    shown = client.post("/tipsa/", told | {"at": "what", "go": "when"}).content.decode()
    client.post("/tipsa/", told)

    assert 'role="alert"' in shown
    assert 'href="tel:112"' in shown
    (letter,) = police.letters()
    assert letter.fields["danger"] == "yes"
    assert letter.fields["signs"] == "F01,F03,C02"


def test_when_the_spool_is_full_the_page_says_so_and_keeps_the_text(
    client, police, tip, monkeypatch
):
    monkeypatch.setattr(drop, "SPOOL_LIMIT", 0)

    response = client.post("/tipsa/", tip)

    assert response.status_code == 503
    assert "Ring 114 14; vid fara 112" in response.content.decode()
    assert 'name="saw" value="Många besökare varje kväll."' in response.content.decode()


def test_the_thanks_are_the_same_whatever_address_is_told(client, police, tip):
    told = []
    for place in ("Fyrgatan 3", "Fyrgatan 3", "Ingenstans 900"):
        form = tip | {"place": place, "token": form_token(now() - timedelta(hours=1))}
        page = client.post("/tipsa/", form).content.decode()
        told.append(
            re.sub(r'<bdi[^>]*>.*?</bdi>|lang="sv" dir="ltr">.*?<|value="[0-9a-f]{50,}"', "", page)
        )

    assert len(set(told)) == 1
    assert "Fyrgatan" not in told[0]


def test_tips_are_taken_for_seven_days_while_nobody_fetches(client, police, tip):
    first = now()
    for day in range(8):
        start_clock_at(first + timedelta(days=day))
        token = form_token(now() - timedelta(hours=1))
        sent = client.post("/tipsa/", tip | {"token": token, "saw": f"Dag {day}"})
        assert sent.status_code == 201

    assert sorted(letter.fields["saw"] for letter in police.letters()) == [
        f"Dag {day}" for day in range(8)
    ]


def test_without_keys_the_page_says_whom_to_call_in_words_for_everybody(client, site, tip):
    response = client.post("/tipsa/", tip)

    assert response.status_code == 503
    assert "Ring 114 14" in response.content.decode()
    assert "nyckel" not in response.content.decode()


def test_an_error_on_an_earlier_screen_leads_back_to_it(client, police, tip):
    response = client.post("/tipsa/", tip | {"place": ""})

    assert response.status_code == 422
    assert response.context["screen"] == "where"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"until_on": (today() + timedelta(1)).isoformat()}, "Den dagen har inte varit än."),
        ({"from_on": "2020-10-02", "until_on": "2020-10-01"}, "före den första"),
        ({"days": "0"}, "från 1 till 31"),
        ({"days": "32"}, "från 1 till 31"),
        ({"when": "x" * 401}, "1 tecken för lång"),
    ],
)
def test_what_cannot_be_is_asked_about_again(client, police, tip, *, typed, said):
    response = client.post("/tipsa/", tip | typed)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_days_and_times_reach_the_police(client, police, tip):
    told = {"from_on": "2020-10-01", "until_on": "2020-10-04", "when": "sent", "dispute": "yes"}

    client.post("/tipsa/", tip | told)

    assert told.items() <= police.letters()[0].fields.items()


def test_the_end_of_the_code_can_be_typed_back(client, police, tip):
    thanks = client.post("/tipsa/", tip)
    symbols, hidden = code_in(thanks), thanks.context["hidden"]

    for typed in (symbols[-6:], symbols[-6:-2].lower()):
        right = client.post("/tipsa/kod/", {"hidden": hidden, "last_four": typed})
        assert "Rätt. Du har koden." in right.content.decode()


@pytest.mark.parametrize("typed", ["0000", "K", ""])
def test_a_wrong_end_is_told_and_the_code_stays(client, police, tip, typed):
    thanks = client.post("/tipsa/", tip)

    wrong = client.post("/tipsa/kod/", {"hidden": thanks.context["hidden"], "last_four": typed})

    assert wrong.status_code == 422
    assert code_in(thanks) in wrong.content.decode()


def test_the_code_is_shown_in_another_language_on_request(client, police, tip):
    thanks = client.post("/tipsa/", tip)

    english = client.post("/tipsa/kod/", {"hidden": thanks.context["hidden"], "language": "en"})

    assert english.status_code == 200
    assert "Keep your code" in english.content.decode()
    assert code_in(english) == code_in(thanks)


def test_the_code_is_not_shown_to_whoever_opens_the_address(client, site):
    response = client.get("/tipsa/kod/")

    assert response.status_code == 422
    assert "Koden visas inte längre" in response.content.decode()


def test_no_sign_of_an_ad_or_of_our_own_is_offered_and_each_is_in_the_table():
    offered = {*SIGNS, *DANGER_SIGNS}

    assert offered <= set(SCHEME.signs)
    assert {SCHEME.signs[code].family for code in offered} == {"F", "T", "P", "C"}
    assert {SCHEME.signs[code].use for code in SIGNS} == {"scored"}
    assert {SCHEME.signs[code].use for code in DANGER_SIGNS} == {"safeguarding", "emergency"}
    assert {code for code, sign in SCHEME.signs.items() if sign.family == "C"} == set(DANGER_SIGNS)


def test_a_sign_that_is_not_offered_is_refused():
    assert not WhatForm({"signs": ["V01"]}).is_valid()
    assert WhenForm({}, today=date(2020, 10, 1)).is_valid()
