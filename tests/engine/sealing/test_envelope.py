"""Sealed letters."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PublicKey, SealedBox

from nosvidere.engine.sealing import (
    FieldRefused,
    Letter,
    Sender,
    Unreadable,
    as_canonical,
    check_fields,
    is_letter_size,
    new_intake_key,
    new_signing_key,
    open_bytes,
    open_letter,
    seal_attachment,
    seal_bytes,
    seal_letter,
    verify_key_of,
)
from nosvidere.engine.sealing.canonical import pad

PRIVATE, PUBLIC = new_intake_key()
SIGNING, VERIFY = new_signing_key()
MAILBOX = new_intake_key()[1]
TAG = bytes(range(32))
DAY = date(2020, 10, 1)
FROM_PUBLIC = {
    "mailbox_public": MAILBOX,
    "tag": TAG,
    "epoch": 143,
    "day": DAY,
    "lang": "sv",
    "recipient_public": PUBLIC,
}
FROM_POLICE = FROM_PUBLIC | {
    "mailbox_public": b"",
    "tag": b"",
    "kind": "referral",
    "sender": Sender("police", SIGNING),
}


def sealed_json(**changes):
    """Return a sealed tip whose JSON has been changed by somebody who has the public key."""
    content = {
        "v": 1,
        "epoch": 143,
        "tag": TAG.hex(),
        "mailbox": MAILBOX.hex(),
        "lang": "sv",
        "day": "2020-10-01",
        "kind": "tip",
        "fields": {"saw": "x"},
        "attachments": [],
    } | changes
    kept = {name: value for name, value in content.items() if value is not ...}
    return SealedBox(PublicKey(PUBLIC)).encrypt(pad(as_canonical(kept)))


@settings(max_examples=50)
@given(st.text(max_size=5000), st.text(max_size=400))
def test_a_letter_comes_back_as_it_was_written(saw, place):
    blob = seal_letter({"saw": saw, "place": place}, kind="tip", **FROM_PUBLIC)

    assert is_letter_size(len(blob))
    assert open_letter(blob, PRIVATE) == Letter(
        "tip", {"saw": saw, "place": place}, 143, DAY, "sv", TAG, MAILBOX
    )


def test_most_letters_have_one_size():
    sizes = {
        len(seal_letter({"saw": "å" * n}, kind="tip", **FROM_PUBLIC)) for n in (0, 1, 400, 1700)
    }

    assert sizes == {4096 + 48}


def test_attachment_keys_travel_inside():
    key, _ = seal_attachment(b"photo")

    blob = seal_letter({"saw": "x"}, kind="tip", attachments=[key], **FROM_PUBLIC)

    assert open_letter(blob, PRIVATE).attachments == (key,)
    assert key.key not in blob


def test_every_tampered_byte_is_refused():
    blob = seal_letter({"saw": "x"}, kind="tip", **FROM_PUBLIC)

    for place in range(len(blob)):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(Unreadable):
            open_letter(changed, PRIVATE)


@pytest.mark.parametrize("blob", [b"", b"x" * 4143, b"x" * 4145, b"x" * (65536 * 2 + 48)])
def test_another_size_is_refused(blob):
    with pytest.raises(Unreadable, match="not the size"):
        open_letter(blob, PRIVATE)


def test_another_key_does_not_open_it():
    blob = seal_letter({"saw": "x"}, kind="tip", **FROM_PUBLIC)

    with pytest.raises(Unreadable, match="with this key"):
        open_letter(blob, new_intake_key()[0])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("poem", {}),
        ("tip", {"score": "9"}),
        ("tip", {"saw": {"nested": "x"}}),
        ("tip", {"saw": 7}),
        ("tip", {"saw": "x" * 5001}),
    ],
)
def test_what_a_letter_may_not_hold_is_refused_both_ways(kind, fields):
    with pytest.raises(FieldRefused):
        check_fields(kind, fields)
    with pytest.raises(FieldRefused):
        seal_letter(fields, kind=kind, **FROM_PUBLIC)
    with pytest.raises(Unreadable):
        open_letter(sealed_json(kind=kind, fields=fields), PRIVATE)


def test_a_letter_that_grows_too_large_is_refused():
    fields = {"text": "\x01" * 5000, "plan": "\x01" * 2000, "measures": "\x01" * 1000}
    attachments = [seal_attachment(b"")[0]] * 200

    with pytest.raises(FieldRefused, match="för långt"):
        seal_letter(fields, kind="landlord", attachments=attachments, **FROM_PUBLIC)


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": ...},
        {"extra": "x"},
        {"day": "yesterday"},
        {"day": 7},
        {"fields": []},
        {"epoch": -1},
        {"epoch": True},
        {"epoch": "143"},
        {"lang": 7},
        {"lang": "x" * 9},
        {"tag": ""},
        {"mailbox": "AB" * 32},
        {"attachments": {}},
        {"attachments": [{}] * 6},
        {"attachments": ["x"]},
        {"attachments": [{"id": "0" * 32, "key": "0" * 64, "size": 1, "chunks": 2}]},
        {"attachments": [{"id": "0" * 32, "key": "0" * 64, "size": True, "chunks": 1}]},
        {"kind": "referral", "fields": {"text": "x"}},
        {"kind": 7},
    ],
    ids=str,
)
def test_a_forged_letter_is_refused(changes):
    with pytest.raises(Unreadable):
        open_letter(sealed_json(**changes), PRIVATE)


def test_the_forged_letters_differ_from_a_good_one_only_in_their_change():
    assert open_letter(sealed_json(), PRIVATE).fields == {"saw": "x"}


def test_a_party_signs_its_letter():
    blob = seal_letter({"text": "x"}, **FROM_POLICE)

    letter = open_letter(blob, PRIVATE, senders={"police": VERIFY})

    assert letter.sender == "police"
    assert (letter.tag, letter.mailbox_public) == (b"", b"")


@pytest.mark.parametrize("senders", [{}, {"services": VERIFY}, {"police": new_signing_key()[1]}])
def test_a_party_that_is_not_known_by_its_key_is_refused(senders):
    blob = seal_letter({"text": "x"}, **FROM_POLICE)

    with pytest.raises(Unreadable):
        open_letter(blob, PRIVATE, senders=senders)


def test_a_public_kind_cannot_be_signed_nor_a_party_kind_unsigned():
    with pytest.raises(FieldRefused):
        seal_letter({"saw": "x"}, **FROM_POLICE | {"kind": "tip"})
    with pytest.raises(FieldRefused):
        seal_letter({"text": "x"}, **FROM_POLICE | {"sender": None})


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "police", "signature": "00" * 64},
        {"sender": 7, "signature": "00" * 64},
        {"sender": "police", "signature": "00"},
        {"sender": "police"},
    ],
    ids=str,
)
def test_a_made_up_signature_is_refused(changes):
    with pytest.raises(Unreadable):
        open_letter(
            sealed_json(kind="referral", fields={}, **changes), PRIVATE, senders={"police": VERIFY}
        )


def test_the_store_key_opens_what_it_locked():
    key = bytes(range(32))

    assert open_bytes(seal_bytes(b"secret", key), key) == b"secret"


@pytest.mark.parametrize(
    "blob", [b"", b"x" * 10, seal_bytes(b"secret", b"k" * 32)], ids=["empty", "short", "another's"]
)
def test_the_store_refuses_what_it_did_not_lock(blob):
    with pytest.raises(Unreadable):
        open_bytes(blob, bytes(32))


def test_a_verify_key_follows_from_its_signing_key():
    assert verify_key_of(SIGNING) == VERIFY
