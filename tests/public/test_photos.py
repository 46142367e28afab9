"""Photos on the tip page: taken in memory, sealed, never opened here; whatever hinders them, the text is kept."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nosvidere.drop import actions as drop
from nosvidere.drop.models import Attachment, Letter, UsedForm
from nosvidere.engine import sealing
from nosvidere.engine.sealing import LARGEST_ATTACHMENT
from nosvidere.kernel.time import now, today
from nosvidere.public.photos import is_photo
from nosvidere.public.tokens import form_age, form_token, renewed_token

JPEG = b"\xff\xd8\xff\xe0" + b"bild" * 40
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 "
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"
CANARY = b"KANARIEBILD"


def photo(content=JPEG, name="IMG_20201001_213000.jpg"):
    return SimpleUploadedFile(name, content, "image/jpeg")


def opened(letter):
    return [
        sealing.open_attachment(bytes(Attachment.objects.get(pk=key.id.hex()).blob), key)
        for key in letter.attachments
    ]


def test_photos_reach_the_police_sealed_with_the_tip(client, police, tip):
    response = client.post("/tipsa/", tip | {"photos": [photo(JPEG), photo(PNG), photo(HEIC)]})

    assert response.status_code == 201
    (letter,) = police.letters()
    assert opened(letter) == [JPEG, PNG, HEIC]
    assert "photo_place" not in letter.fields


def test_the_sender_may_let_place_and_time_come_along(client, police, tip):
    client.post("/tipsa/", tip | {"photos": [photo()], "photo_place": "on"})

    assert police.letters()[0].fields["photo_place"] == "keep"


def test_nothing_of_a_photo_lies_readable_on_the_public_host(client, police, tip):
    client.post("/tipsa/", tip | {"photos": [photo(JPEG + CANARY)]})

    blobs = [bytes(row.blob) for row in (*Attachment.objects.all(), *Letter.objects.all())]
    assert len(blobs) == 2
    assert not any(CANARY in blob or b"IMG_2020" in blob for blob in blobs)


@pytest.mark.parametrize("content", [JPEG, PNG, WEBP, HEIC])
def test_the_four_kinds_are_known_by_their_first_bytes(content):
    assert is_photo(content)


@pytest.mark.parametrize(
    "content",
    [b"x", b"%PDF-1.7", b"GIF89a", b"<svg/>", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypavif"],
)
def test_anything_else_is_asked_about_and_the_text_is_kept(client, police, tip, content):
    assert not is_photo(content)

    response = client.post("/tipsa/", tip | {"photos": [photo(content)]})

    page = response.content.decode()
    assert response.status_code == 422
    assert "inte en bild som vi kan ta emot" in page
    assert "Välj bilderna igen" in page
    assert 'name="saw" value="Många besökare varje kväll."' in page
    assert not Letter.objects.exists()


def test_a_photo_that_is_too_large_is_told_and_the_largest_is_taken(client, police, tip):
    largest = JPEG.ljust(LARGEST_ATTACHMENT, b"x")

    refused = client.post("/tipsa/", tip | {"photos": [photo(largest + b"x")]})
    taken = client.post("/tipsa/", tip | {"photos": [photo(largest)]})

    assert refused.status_code == 422
    assert "större än 10 MB" in refused.content.decode()
    assert taken.status_code == 201
    assert opened(police.letters()[0]) == [largest]


def test_more_than_five_are_not_taken(client, police, tip):
    response = client.post("/tipsa/", tip | {"photos": [photo() for _ in range(8)]})

    assert response.status_code == 422
    assert "högst fem" in response.content.decode()
    assert not Letter.objects.exists()


def test_a_sending_that_breaks_off_is_not_taken_and_says_so(client, police, tip):
    whole = [(name, value) for name, value in tip.items() if name not in {"whole", "signs"}]
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in [*whole, ("signs", "F01")]
    ]
    head = b'--b\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = b"".join([*parts, head, JPEG])  # and then the line went dead

    response = client.generic("POST", "/tipsa/", body, "multipart/form-data; boundary=b")

    page = response.content.decode()
    assert "Det bröts på vägen" in page
    assert 'name="saw" value="Många besökare varje kväll."' in page
    assert not Letter.objects.exists()


def test_pressing_another_button_than_send_asks_to_choose_again(client, site, tip):
    page = client.post("/tipsa/", tip | {"go": "what", "photos": "IMG_1.jpg"}).content.decode()

    assert "Välj bilderna igen" in page
    assert "IMG_1.jpg" not in page


def test_a_photo_sent_to_a_page_that_asks_for_none_is_let_go(client, police):
    response = client.post("/hyresvard/", {"code": "x", "photos": [photo()]})

    assert response.status_code == 422
    assert not response.wsgi_request.FILES


def test_photos_can_be_sent_later_with_the_code(client, police, tip):
    code = client.post("/tipsa/", tip).context["receipt"].symbols
    hidden = client.post("/folj/", {"code": code}).context["hidden"]

    sent = client.post(
        "/folj/",
        {
            "hidden": hidden,
            "act": "message",
            "text": "Bilden.",
            "photos": [photo()],
            "photo_place": "on",
            "whole": "1",
        },
    )

    assert sent.status_code == 201
    followup = next(one for one in police.letters() if one.kind == "followup")
    assert followup.fields == {"text": "Bilden.", "photo_place": "keep"}
    assert opened(followup) == [JPEG]


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"photos": [photo(b"%PDF")]}, "inte en bild"), ({"whole": None}, "Det bröts på vägen")],
)
def test_a_message_with_a_photo_that_cannot_be_taken_keeps_its_text(
    client, police, tip, changed, said
):
    code = client.post("/tipsa/", tip).context["receipt"].symbols
    hidden = client.post("/folj/", {"code": code}).context["hidden"]
    told = {"hidden": hidden, "act": "message", "text": "Bilden.", "whole": "1"} | changed

    response = client.post("/folj/", {name: text for name, text in told.items() if text})

    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert ">\nBilden.</textarea>" in page
    assert not [one for one in police.letters() if one.kind == "followup"]


def test_when_files_no_longer_fit_letters_without_them_still_do(client, police, tip, monkeypatch):
    monkeypatch.setattr(drop, "FILES_LIMIT", 100)

    full = client.post("/tipsa/", tip | {"photos": [photo()]})
    text = client.post("/tipsa/", tip)

    assert full.status_code == 503
    assert "bilderna senare, med koden" in full.content.decode()
    assert text.status_code == 201


def test_the_slower_lane_leaves_the_last_room_for_files_to_others(host_of, monkeypatch):
    monkeypatch.setattr(drop, "FILES_LIMIT", 1000)
    monkeypatch.setattr(drop, "FILES_RESERVE", 900)

    host_of({"saw": "x"}, attachments=[b"x" * 200])
    with pytest.raises(drop.NoRoomForFiles):
        host_of({"saw": "x", "lane": "slow"}, attachments=[b"x" * 200])


@pytest.fixture
def host_of(police):
    """Return a function that leaves a letter from the public."""
    mailbox = sealing.derive(sealing.new_code(), "demo")

    def send(fields, **more):
        drop.accept_letter(
            to="police", kind="tip", fields=fields, mailbox=mailbox, lang="sv", on=today(), **more
        )

    return send


def test_a_form_is_taken_once_and_a_second_press_loses_nothing(client, police, tip):
    first = client.post("/tipsa/", tip)
    again = client.post("/tipsa/", tip)
    third = client.post("/tipsa/", tip | {"token": again.context["token"]})

    assert first.status_code == 201
    assert again.status_code == 409
    page = again.content.decode()
    assert "Det här är redan skickat" in page
    assert 'name="saw" value="Många besökare varje kväll."' in page
    assert third.status_code == 201
    assert [one.fields.get("lane") for one in police.letters()] == [None, None]


def test_what_is_kept_of_a_used_form_says_nothing_and_goes_after_two_days(client, police, tip):
    client.post("/tipsa/", tip)

    (used,) = UsedForm.objects.all()
    assert tip["token"] not in str(used)
    assert used.day == today()
    drop.purge(on=today() + timedelta(1))
    assert UsedForm.objects.exists()
    drop.purge(on=today() + timedelta(2))
    assert not UsedForm.objects.exists()


def test_a_refused_letter_does_not_use_up_its_form(client, police, tip, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(drop, "SPOOL_LIMIT", 0)
        client.post("/tipsa/", tip)

    assert client.post("/tipsa/", tip).status_code == 201


def test_no_two_forms_have_the_same_token():
    at = now()

    assert form_token(at) != form_token(at)


def test_whoever_held_an_old_form_of_ours_need_not_wait_with_the_new_one():
    at = now()
    old = form_token(at - timedelta(days=2))

    assert form_age(renewed_token(old, at), at) == 3
    assert form_age(renewed_token("forged", at), at) == 0


def test_what_hinders_is_told_in_english_too(client, police, tip, monkeypatch):
    monkeypatch.setattr(drop, "FILES_LIMIT", 100)

    full = client.post("/en/tipsa/", tip | {"photos": [photo()]})
    client.post("/en/tipsa/", tip)
    again = client.post("/en/tipsa/", tip)

    assert "We cannot take pictures right now" in full.content.decode()
    assert "This has already been sent" in again.content.decode()


def test_photos_are_read_from_memory_alone(client, police, tip):
    response = client.post("/tipsa/", tip | {"photos": [photo()]})

    (held,) = response.wsgi_request.FILES.getlist("photos")
    assert isinstance(held.file, io.BytesIO)
    assert held.name == "photos"
