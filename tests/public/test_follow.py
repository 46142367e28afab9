"""Following up with a code."""

from datetime import timedelta

import pytest

from nosvidere.drop.models import Answer
from nosvidere.engine.sealing import new_code, parse_code
from nosvidere.kernel.time import now
from nosvidere.public.flood import AN_HOUR
from nosvidere.public.tokens import CodePutAway, find_code, form_age, form_token, hide_code


@pytest.fixture
def told(client, police, tip):
    """A tip that has been sent: its code and its letter."""
    code = client.post("/tipsa/", tip).context["receipt"].symbols
    return code, police.letters()[0]


def open_with(client, code, address="/folj/"):
    return client.post(address, {"code": code})


def test_before_any_answer_a_known_and_an_unknown_code_get_the_same_page(client, told):
    code, _letter = told

    known, unknown = open_with(client, code), open_with(client, new_code().symbols)

    assert known.status_code == unknown.status_code == 200
    same = [page.content.decode().replace(page.context["hidden"], "") for page in (known, unknown)]
    assert same[0] == same[1]
    assert "Inget svar än" in same[0]


def test_the_answers_are_shown_and_the_tip_is_not(client, police, told):
    code, letter = told
    police.answer(
        letter.tag,
        letter.mailbox_public,
        ("status", "received"),
        ("status", "read"),
        ("question", "Vilken våning?"),
    )

    page = open_with(client, code).content.decode()

    for said in ("Vi har en fråga till dig", "Vilken våning?", "Mottaget", "Läst", "Bevis på"):
        assert said in page
    assert "Fyrgatan" not in page
    assert "Många besökare" not in page


def test_the_code_as_words_opens_the_same_mailbox(client, police, told):
    code, letter = told
    police.answer(letter.tag, letter.mailbox_public, ("status", "closed"))

    page = open_with(client, " ".join(parse_code(code).words())).content.decode()

    assert "Avslutat" in page


def test_an_answer_goes_to_the_police_with_the_same_mailbox(client, police, told):
    code, letter = told
    police.answer(letter.tag, letter.mailbox_public, ("question", "Vilken våning?"))
    hidden = open_with(client, code).context["hidden"]

    sent = client.post(
        "/folj/", {"hidden": hidden, "act": "message", "whole": "1", "text": "Våning två."}
    )

    assert sent.status_code == 201
    assert "Vi har en fråga till dig" not in sent.content.decode()
    followup = next(one for one in police.letters() if one.kind == "followup")
    assert followup.fields == {"text": "Våning två."}
    assert followup.tag == letter.tag


def test_a_tip_is_taken_back_with_or_without_a_reason(client, police, told):
    code, _letter = told
    hidden = open_with(client, code).context["hidden"]

    for text in ("", "Jag tog fel."):
        sent = client.post(
            "/folj/", {"hidden": hidden, "act": "withdraw", "whole": "1", "text": text}
        )
        assert "tar tillbaka tipset" in sent.content.decode()

    fields = [one.fields for one in police.letters() if one.kind == "withdraw"]
    assert sorted(fields, key=len) == [{}, {"text": "Jag tog fel."}]


@pytest.mark.parametrize("act", ["message", "withdraw"])
def test_a_text_that_cannot_be_sent_is_kept(client, told, act):
    code, _letter = told
    hidden = open_with(client, code).context["hidden"]
    text = f"{code} " + "x" * (6000 if act == "withdraw" else 10)

    response = client.post("/folj/", {"hidden": hidden, "act": act, "whole": "1", "text": text})

    assert response.status_code == 422
    assert text in response.content.decode()


def test_an_empty_answer_is_asked_for(client, told):
    hidden = open_with(client, told[0]).context["hidden"]

    response = client.post(
        "/folj/", {"hidden": hidden, "act": "message", "whole": "1", "text": ""}
    )

    assert response.status_code == 422


def test_the_language_of_the_answers_can_be_changed_with_the_text_kept(client, told):
    hidden = open_with(client, told[0]).context["hidden"]

    response = client.post("/folj/", {"hidden": hidden, "text": "Ja", "language": "en"})

    assert "No answer yet" in response.content.decode()
    assert ">\nJa</textarea>" in response.content.decode()


@pytest.mark.parametrize("typed", ["abc", "ABCD-ABCD-ABCD-ABCD-A", "ett två tre", ""])
def test_what_is_no_code_is_told_and_may_be_put_right(client, police, typed):
    response = open_with(client, typed)

    assert response.status_code == 422
    assert "En sak att rätta" in response.content.decode()


def test_the_page_for_the_code_changes_language_too(client, site):
    response = client.post("/folj/", {"code": "7QK4", "language": "en"})

    assert response.status_code == 200
    assert "Type your code" in response.content.decode()
    assert 'value="7QK4"' in response.content.decode()


def test_damaged_answers_are_never_shown_as_whole(client, police, told):
    code, letter = told
    police.answer(letter.tag, letter.mailbox_public, ("status", "received"), ("status", "read"))
    Answer.objects.get(seq=1).delete()

    page = open_with(client, code).content.decode()

    assert "kan inte läsas säkert" in page
    assert "Läst" not in page


def test_without_keys_the_page_says_whom_to_call(client, site):
    assert "Ring 114 14" in open_with(client, new_code().symbols).content.decode()


def test_a_page_that_has_been_open_too_long_asks_for_the_code(client, police):
    response = client.post(
        "/folj/", {"hidden": "00", "act": "message", "whole": "1", "text": "Ja"}
    )

    assert "Skriv koden igen" in response.content.decode()


def test_a_hidden_code_is_found_for_a_day_and_only_by_this_site(settings):
    code, at = new_code(), now()
    hidden = hide_code(code, at)

    assert find_code(hidden, at + timedelta(hours=23)) == code
    for wrong, when in ((hidden, at + timedelta(hours=25)), (hidden[:-2], at), ("zz", at)):
        with pytest.raises(CodePutAway):
            find_code(wrong, when)
    settings.SECRET_KEY = "another"
    with pytest.raises(CodePutAway):
        find_code(hidden, at)


def test_a_form_token_tells_its_age_for_a_day():
    at = now()

    assert form_age(form_token(at), at + timedelta(seconds=5)) == 5
    assert form_age(form_token(at), at + timedelta(hours=25)) is None
    assert form_age(form_token(at + timedelta(hours=1)), at) is None


def test_a_flood_of_messages_goes_into_the_slower_lane_with_the_same_words(client, police, told):
    hidden = open_with(client, told[0]).context["hidden"]
    said = {"hidden": hidden, "act": "message", "text": "Ja.", "whole": "1"}

    pages = [client.post("/folj/", said, REMOTE_ADDR="81.2.69.160") for _ in range(AN_HOUR + 1)]

    assert {page.status_code for page in pages} == {201}
    lanes = [one.fields.get("lane") for one in police.letters() if one.kind == "followup"]
    assert sorted(lanes, key=str) == [None] * AN_HOUR + ["slow"]
