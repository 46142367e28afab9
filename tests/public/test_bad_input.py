"""Whatever is typed or sent: clear words, nothing lost, nothing run, nothing smuggled."""

from datetime import date, timedelta

import pytest

from nosvidere.drop.models import Answer, KeyList, Letter
from nosvidere.engine.sealing import PUBLIC_FIELDS, new_code
from nosvidere.kernel.time import now, start_clock_at, today
from nosvidere.public.tokens import form_token

pytestmark = pytest.mark.slow

SCRIPT = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"
TIP = PUBLIC_FIELDS["tip"]


@pytest.fixture
def hidden(client, police, tip):
    """What the page of a code carries for its holder."""
    code = client.post("/tipsa/", tip).context["receipt"].symbols
    return client.post("/folj/", {"code": code}).context["hidden"]


@pytest.mark.parametrize(
    ("name", "length"),
    [("place", TIP["place"] + 1), ("saw", TIP["saw"] + 1), ("when", TIP["when"] + 1)],
)
def test_a_text_of_the_tip_that_is_too_long_is_told_and_kept(client, police, tip, name, length):
    text = "å" * length

    response = client.post("/tipsa/", tip | {name: text})

    page = response.content.decode()
    assert response.status_code == 422
    assert "tecken för lång" in page
    assert text in page
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "name", ["days", "from_on", "until_on", "basis", "dispute", "signs", "danger_signs"]
)
def test_a_choice_or_number_of_the_tip_that_is_too_long_is_told(client, police, tip, name):
    response = client.post("/tipsa/", tip | {name: "9" * 5000})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Fill i" not in page
    assert any(words in page for words in ("En sak att rätta", "saker att rätta"))
    assert 'value="Fyrgatan 3"' in page or ">\nFyrgatan 3</textarea>" in page


@pytest.mark.parametrize(("act", "longest"), [("message", 5000), ("withdraw", 2000)])
def test_a_text_to_a_mailbox_that_is_too_long_is_told_and_kept(client, hidden, act, longest):
    text = "å" * (longest + 3)

    response = client.post("/folj/", {"hidden": hidden, "act": act, "text": text, "whole": "1"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "3 tecken för lång" in page
    assert text in page


@pytest.mark.parametrize("act", ["acknowledged", "measure", "contested"])
def test_a_landlords_text_that_is_too_long_is_told_and_kept(client, police, act):
    code = police.write_notice().symbols
    hidden = client.post("/hyresvard/", {"code": code}).context["hidden"]
    text = "å" * 5001

    response = client.post("/hyresvard/", {"hidden": hidden, "act": act, "text": text})

    assert response.status_code == 422
    assert "1 tecken för lång" in response.content.decode()
    assert text in response.content.decode()


@pytest.mark.parametrize("address", ["/folj/", "/hyresvard/"])
def test_a_code_of_any_length_is_told_in_words(client, police, address):
    response = client.post(address, {"code": "A" * 401})

    assert response.status_code == 422
    assert "vi förstår inte det som står här" in response.content.decode()


def test_bytes_that_are_no_utf8_are_taken_for_what_they_can_be(client, police, tip):
    told = "&".join(f"{name}={tip[name]}" for name in ("at", "token", "place", "days"))
    body = told.encode() + b"&saw=Bes%F6k varje kv\xe4ll."

    response = client.post("/tipsa/", body, "application/x-www-form-urlencoded")

    assert response.status_code == 201
    assert police.letters()[0].fields["saw"] == "Bes\ufffdk varje kväll."


def test_another_encoding_than_utf8_is_refused_in_words(client, police, tip):
    response = client.post(
        "/tipsa/", b"at=when", "application/x-www-form-urlencoded; charset=latin-1"
    )

    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_a_zero_byte_is_told_and_the_rest_is_kept(client, police, tip):
    response = client.post("/tipsa/", tip | {"saw": "Besök\x00 varje kväll."})

    assert response.status_code == 422
    assert "vi förstår inte det som står här" in response.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["place", "saw", "when", "days", "from_on", "until_on", "basis", "dispute", "signs", "token", "at", "go", "language", "website"],
)  # fmt: skip
@pytest.mark.parametrize("to", ["where", "what", "when", None])
def test_script_in_any_field_is_never_more_than_text(client, police, tip, name, to):
    go = {"go": to} if to else {}

    page = client.post("/tipsa/", tip | go | {name: f'"{SCRIPT}'}).content.decode()

    assert "<script" not in page
    assert ESCAPED in page or SCRIPT.removesuffix("</script>") not in page


def test_script_in_a_message_a_question_and_a_code_is_text(client, police, tip):
    client.post("/tipsa/", tip)
    (letter,) = police.letters()
    code = client.post("/tipsa/", tip | {"token": form_token(now() - timedelta(hours=1))})
    police.answer(letter.tag, letter.mailbox_public, ("question", SCRIPT))
    hidden = client.post("/folj/", {"code": code.context["receipt"].symbols}).context["hidden"]

    pages = [
        client.post("/folj/", {"code": f'"{SCRIPT}'}),
        client.post("/folj/", {"hidden": f'"{SCRIPT}'}),
        client.post("/folj/", {"hidden": hidden, "act": SCRIPT, "text": SCRIPT}),
        client.post("/folj/", {"hidden": hidden, "act": "message", "text": SCRIPT + "x" * 5000, "whole": "1"}),
        client.post("/tipsa/kod/", {"hidden": code.context["hidden"], "last_four": SCRIPT[:20]}),
    ]  # fmt: skip

    assert all("<script" not in page.content.decode() for page in pages)


def test_a_question_with_script_is_shown_as_text(client, police, tip):
    code = client.post("/tipsa/", tip).context["receipt"].symbols
    (letter,) = police.letters()
    police.answer(letter.tag, letter.mailbox_public, ("question", SCRIPT))

    page = client.post("/folj/", {"code": code}).content.decode()

    assert ESCAPED in page
    assert "<script" not in page


def test_what_nobody_asked_for_is_not_in_the_letter(client, police, tip):
    smuggled = {
        "lane": "fast",
        "channel": "patrol",
        "danger": "yes",
        "address_id": "1",
        "contact": "070",
        "fields": '{"saw": {"a": {"b": "c"}}}',
        "saw[deep]": "x",
        "informant": "x",
    }

    client.post("/tipsa/", tip | smuggled)

    (letter,) = police.letters()
    assert set(letter.fields) == {"place", "saw", "signs", "basis", "days", "channel"}
    assert letter.fields["channel"] == "web"


@pytest.mark.parametrize(
    "body", [b'{"at": "when", "saw": {"a": [[[]]]}}', b"[" * 10_000, b"", b"\x00"]
)
def test_json_is_no_form_and_gets_the_first_screen(client, police, body):
    response = client.post("/tipsa/", body, "application/json")

    assert response.status_code == 200
    assert response.context["screen"] == "where"
    assert not Letter.objects.exists()


@pytest.mark.parametrize("way", ["swap", "repeat", "from another"])
def test_answers_moved_or_repeated_are_never_shown_as_whole(client, police, tip, way):
    code = client.post("/tipsa/", tip).context["receipt"].symbols
    (letter,) = police.letters()
    police.answer(letter.tag, letter.mailbox_public, ("status", "received"), ("question", "När?"))
    first, second = Answer.objects.order_by("seq")
    if way == "swap":
        blobs = bytes(first.blob), bytes(second.blob)
        Answer.objects.filter(pk=first.pk).update(blob=blobs[1])
        Answer.objects.filter(pk=second.pk).update(blob=blobs[0])
    elif way == "repeat":
        Answer.objects.create(tag=first.tag, seq=3, day=first.day, blob=bytes(first.blob))
    else:
        Answer.objects.filter(pk=second.pk).update(blob=bytes(4144))

    page = client.post("/folj/", {"code": code}).content.decode()

    assert "kan inte läsas säkert" in page
    assert "När?" not in page


def test_with_keys_whose_time_is_over_the_page_says_whom_to_call_and_keeps_the_text(
    client, police, tip
):
    long_ago = today() - timedelta(days=60)
    KeyList.objects.update(issued_on=long_ago, signed=police.key_list(on=long_ago))

    response = client.post("/tipsa/", tip)

    assert response.status_code == 503
    assert "Ring 114 14" in response.content.decode()
    assert 'name="saw" value="Många besökare varje kväll."' in response.content.decode()


@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_a_year_off_takes_nothing_says_whom_to_call_and_keeps_the_text(
    client, police, tip, days
):
    start_clock_at(now() + timedelta(days=days))

    asked_again = client.post("/tipsa/", tip)
    response = client.post("/tipsa/", tip | {"token": asked_again.context["token"]})

    assert "Allt du skrivit är kvar" in asked_again.content.decode()
    assert response.status_code == 503
    assert "Ring 114 14" in response.content.decode()
    assert 'name="saw" value="Många besökare varje kväll."' in response.content.decode()
    assert not Letter.objects.exists()


def test_with_a_clock_a_year_off_a_code_tells_whom_to_call(client, police):
    start_clock_at(now() + timedelta(days=365))

    assert "Ring 114 14" in client.post("/folj/", {"code": new_code().symbols}).content.decode()


def test_a_day_that_no_calendar_has_is_asked_about(client, police, tip):
    for day in ("2020-02-30", "0000-00-00", "9999-12-31", "igår"):
        response = client.post("/tipsa/", tip | {"until_on": day})
        assert response.status_code == 422
    assert date.max > today()
