"""The relay's door and its addresses."""

import base64
import json
import time
from datetime import date

import pytest
from django.urls import get_resolver

from nosvidere.drop import actions, urls
from nosvidere.drop.models import Answer, Letter, UsedNonce
from nosvidere.engine import sealing
from nosvidere.engine.sealing import Code
from nosvidere.kernel.time import today

ON = date(2020, 10, 1)
ID = "ab" * 16
LETTER = {"id": ID, "to": "services", "epoch": 143, "blob": base64.b64encode(bytes(4144)).decode()}
ANSWER = {"tag": "00" * 32, "seq": 1, "blob": LETTER["blob"]}


@pytest.fixture
def letter(published):
    """A waiting tip with a file."""
    actions.accept_letter(
        to="police",
        kind="tip",
        fields={"saw": "x"},
        mailbox=sealing.derive(Code(1), "demo"),
        lang="sv",
        on=ON,
        attachments=[b"photo"],
    )
    return Letter.objects.get()


def test_the_spool_hands_over_what_waits_for_the_party(call, letter, police, services):
    answer = call(police, "GET", "/relay/spool?after=")

    (found,) = answer.json()["letters"]
    assert found["id"] == letter.id
    assert base64.b64decode(found["blob"]) == bytes(letter.blob)
    assert answer.headers["Cache-Control"].startswith("max-age=0")
    assert call(services, "GET", "/relay/spool").json() == {"letters": []}


def test_a_file_goes_to_its_receiver_alone(call, letter, police, services):
    path = f"/relay/attachments/{letter.attachments.get().id}"

    assert call(police, "GET", path).content == bytes(letter.attachments.get().blob)
    assert call(services, "GET", path).status_code == 404


def test_an_acknowledged_letter_is_deleted(call, letter, police):
    assert call(police, "POST", "/relay/ack", {"ids": [letter.id]}).json() == {"deleted": 1}


def test_answers_letters_tags_keys_and_bulletins_are_taken(call, police, services, at):
    signed = sealing.sign_bulletin(
        {}, party="police", name="p", issued_at=at, signing_key=police.signing
    )
    listed = police.key_list(on=today())

    assert call(police, "POST", "/relay/outbox", {"answers": [ANSWER]}).json() == {"stored": 1}
    assert call(police, "POST", "/relay/letters", LETTER).json() == {"stored": 1}
    assert call(police, "POST", "/relay/letters", LETTER).json() == {"stored": 0}
    assert call(police, "POST", "/relay/bulletin", signed).json() == {"published": "p"}
    assert call(police, "POST", "/relay/keys", listed).json() == {"published": 1}
    assert call(services, "GET", "/relay/keys/police").content == listed
    assert call(services, "GET", "/relay/keys/services").status_code == 404
    (tag,) = call(police, "POST", "/relay/tags", {"mids": ["00" * 32]}).json()["tags"]
    assert tag == sealing.tag(bytes(32), b"p" * 32).hex()


@pytest.mark.parametrize("path", ["outbox", "tags", "bulletin"])
def test_what_is_the_polices_is_refused_to_the_services(call, host, services, path):
    assert call(services, "POST", f"/relay/{path}", {}).status_code == 403


@pytest.mark.parametrize("path", [f"/relay/{p.pattern}" for p in urls.urlpatterns])
def test_nothing_is_open_to_strangers(client, host, path):
    path = path.replace("<slug:attachment_id>", ID).replace("<slug:party>", "police")

    assert {client.get(path).status_code, client.post(path).status_code} == {403, 405}


def test_a_request_is_served_once(call, letter, police):
    nonce = "0" * 32

    assert call(police, "GET", "/relay/spool", nonce=nonce).status_code == 200
    assert call(police, "GET", "/relay/spool", nonce=nonce).status_code == 403


def test_old_nonces_are_forgotten(host):
    assert actions.use_nonce(nonce="a", at=1000)
    assert actions.use_nonce(nonce="b", at=1301)
    assert [used.nonce for used in UsedNonce.objects.all()] == ["b"]
    assert str(UsedNonce.objects.get()) == "b"


@pytest.mark.parametrize("skew", [-300, 300])
def test_a_request_from_another_time_is_refused(call, host, police, skew):
    assert call(police, "GET", "/relay/spool", at=int(time.time()) + skew).status_code == 403


def test_a_request_signed_for_another_place_or_body_is_refused(client, host, police):
    headers = police.headers("GET", "/relay/spool")
    assert client.get("/relay/spool?after=0", headers=headers).status_code == 403

    headers = police.headers("POST", "/relay/ack", b"{}")
    assert client.generic("POST", "/relay/ack", b'{"ids":[]}', headers=headers).status_code == 403


def test_a_party_signed_by_the_other_or_unknown_is_refused(client, host, police, services):
    for name in ("services", "nobody"):
        police.name = name
        assert (
            client.get("/relay/spool", headers=police.headers("GET", "/relay/spool")).status_code
            == 403
        )


@pytest.mark.parametrize(
    "headers", [{"X-Nv-At": "soon"}, {"X-Nv-Nonce": "x"}, {"X-Nv-Signature": "zz"}]
)
def test_odd_headers_are_refused(client, host, police, headers):
    signed = police.headers("GET", "/relay/spool")

    assert client.get("/relay/spool", headers=signed | headers).status_code == 403


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("ack", b"{"),
        ("ack", b"[" * 100_000),
        ("ack", []),
        ("ack", {}),
        ("ack", {"ids": "x"}),
        ("ack", {"ids": [7]}),
        ("ack", {"ids": ["x"] * 1001}),
        ("tags", {"mids": ["x"]}),
        ("outbox", {"answers": ["x"]}),
        ("outbox", {"answers": [ANSWER | {"seq": 0}]}),
        ("outbox", {"answers": [ANSWER | {"tag": "x"}]}),
        ("outbox", {"answers": [ANSWER | {"blob": "å"}]}),
        ("outbox", {"answers": [ANSWER | {"blob": 7}]}),
        ("letters", {}),
        ("letters", LETTER | {"id": "x"}),
        ("letters", LETTER | {"epoch": True}),
        ("keys", b"x"),
        ("bulletin", b"x"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_unexpected_shape_is_refused_with_a_reason(call, police, path, content):
    answer = call(police, "POST", f"/relay/{path}", content)

    assert answer.status_code == 400
    assert answer.json()["unreadable"]
    assert not Letter.objects.exists()
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("letters", LETTER | {"to": "police"}),
        ("letters", LETTER | {"to": "press"}),
        ("letters", LETTER | {"blob": ""}),
        ("outbox", {"answers": [ANSWER | {"blob": ""}]}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_expected_no_is_told(call, police, path, content):
    answer = call(police, "POST", f"/relay/{path}", content)

    assert answer.status_code == 409
    assert json.loads(answer.content)["refused"]


def test_each_address_says_who_may_open_it(host):
    patterns = get_resolver(urls.__name__).url_patterns

    assert all(pattern.callback.needs.startswith("relay.") for pattern in patterns)
