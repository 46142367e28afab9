"""Signed requests and bulletins."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from nacl.signing import SigningKey

from nosvidere.engine.sealing import (
    Request,
    Unreadable,
    as_canonical,
    check_request,
    new_signing_key,
    open_bulletin,
    sign_bulletin,
    sign_request,
)

SIGNING, VERIFY = new_signing_key()
REQUEST = Request("police", "POST", "/relay/ack?x=1", b"body", 1_600_000_000, "0" * 32)
AT = datetime(2020, 10, 1, 18, tzinfo=UTC)


def test_a_signed_request_passes():
    check_request(
        REQUEST, sign_request(REQUEST, signing_key=SIGNING), verify_key=VERIFY, at=REQUEST.at + 120
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"party": "services"},
        {"method": "GET"},
        {"path": "/relay/ack"},
        {"body": b""},
        {"at": REQUEST.at + 1},
        {"nonce": "1" * 32},
        {"nonce": "x"},
    ],
    ids=str,
)
def test_a_changed_request_is_refused(changes):
    signature = sign_request(REQUEST, signing_key=SIGNING)

    with pytest.raises(Unreadable):
        check_request(replace(REQUEST, **changes), signature, verify_key=VERIFY, at=REQUEST.at)


@pytest.mark.parametrize("skew", [-121, 121])
def test_a_request_from_another_time_is_refused(skew):
    signature = sign_request(REQUEST, signing_key=SIGNING)

    with pytest.raises(Unreadable, match="just now"):
        check_request(REQUEST, signature, verify_key=VERIFY, at=REQUEST.at + skew)


def test_a_bulletin_comes_back():
    signed = sign_bulletin(
        {"n": 7}, party="police", name="picture", issued_at=AT, signing_key=SIGNING
    )

    bulletin = open_bulletin(signed, verify_key=VERIFY, party="police")

    assert (bulletin.name, bulletin.issued_at, bulletin.content) == ("picture", AT, {"n": 7})


def test_every_tampered_byte_of_a_bulletin_is_refused():
    signed = sign_bulletin(
        {"n": 7}, party="police", name="picture", issued_at=AT, signing_key=SIGNING
    )

    for place in range(len(signed)):
        with pytest.raises(Unreadable):
            open_bulletin(
                signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :],
                verify_key=VERIFY,
                party="police",
            )


@pytest.mark.parametrize("signed", [b"", b"x" * 63, b"x" * 200])
def test_what_is_no_bulletin_is_refused(signed):
    with pytest.raises(Unreadable):
        open_bulletin(signed, verify_key=VERIFY, party="police")


@pytest.mark.parametrize("content", [{"party": "services"}, {"party": "police"}], ids=str)
def test_a_signed_bulletin_of_another_party_or_shape_is_refused(content):
    payload = as_canonical(content | dict.fromkeys(("name", "issued_at", "content")) | {"more": 1})
    signed = SigningKey(SIGNING).sign(b"nv.bulletin.v1" + payload).signature + payload

    with pytest.raises(Unreadable):
        open_bulletin(signed, verify_key=VERIFY, party="police")


def test_a_bulletin_that_is_too_large_is_told():
    with pytest.raises(ValueError, match="larger than"):
        sign_bulletin(
            {"x": "y" * 1024 * 1024}, party="police", name="p", issued_at=AT, signing_key=SIGNING
        )
