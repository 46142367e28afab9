"""Signed answers and their chain."""

from datetime import date
from itertools import permutations

import pytest
from nacl.bindings import sodium_pad
from nacl.public import PublicKey, SealedBox
from nacl.signing import SigningKey

from nosvidere.engine.sealing import (
    FIRST,
    AnswerRefused,
    Code,
    Unreadable,
    answer_hash,
    as_canonical,
    derive,
    is_acknowledged,
    new_signing_key,
    open_answers,
    sign_acknowledgement,
    sign_answer,
)

SIGNING, VERIFY = new_signing_key()
MAILBOX = derive(Code(1), "demo")
OTHER = derive(Code(2), "demo")
TAG = bytes(range(32))
DAY = date(2020, 10, 1)
SETTLED = {"tag": TAG, "signing_key": SIGNING, "mailbox_public": MAILBOX.public_key, "day": DAY}


def chain(*texts):
    """Return sealed answers, each naming the one before."""
    blobs, before = [], FIRST
    for seq, text in enumerate(texts, start=1):
        blobs.append(sign_answer(text, seq=seq, prev_hash=before, **SETTLED))
        before = answer_hash(blobs[-1])
    return blobs


def opened(blobs):
    return [answer.text for answer in open_answers(blobs, MAILBOX, TAG, VERIFY)]


def sealed_by_hand(payload):
    """Return an answer that the signer has sealed with another content."""
    signed = bytes(SigningKey(SIGNING).sign(payload))
    return SealedBox(PublicKey(MAILBOX.public_key)).encrypt(sodium_pad(signed, 4096))


def test_answers_come_back_in_order():
    assert opened(chain("Tack.", "När såg du det?", "")) == ["Tack.", "När såg du det?", ""]


def test_no_answer_is_an_empty_list():
    assert opened([]) == []


def test_every_answer_has_one_size():
    assert {len(blob) for blob in chain("", "x" * 3000, "å" * 1500)} == {4144}


def test_an_answer_knows_its_kind_day_and_proof():
    proof = sign_acknowledgement(TAG, day=DAY, signing_key=SIGNING)
    blob = sign_answer("received", seq=1, prev_hash=FIRST, kind="status", proof=proof, **SETTLED)

    (answer,) = open_answers([blob], MAILBOX, TAG, VERIFY)

    assert (answer.seq, answer.kind, answer.day) == (1, "status", DAY)
    assert is_acknowledged(bytes.fromhex(answer.proof), tag=TAG, day=DAY, verify_key=VERIFY)


def test_reordered_answers_are_detected():
    blobs = chain("1", "2", "3")

    for order in permutations(blobs):
        if list(order) != blobs:
            with pytest.raises(Unreadable):
                opened(order)


@pytest.mark.parametrize("dropped", [0, 1])
def test_a_dropped_answer_is_detected(dropped):
    blobs = chain("1", "2", "3")
    del blobs[dropped]

    with pytest.raises(Unreadable):
        opened(blobs)


def test_a_replayed_answer_is_detected():
    first, second = chain("1", "2")

    with pytest.raises(Unreadable):
        opened([first, second, second])
    with pytest.raises(Unreadable):
        opened([first, first])


def test_an_answer_of_another_chain_is_detected():
    first, _ = chain("1", "2")
    _, second = chain("1", "2")

    with pytest.raises(Unreadable):
        opened([first, second])


def test_another_mailbox_tag_or_signer_is_refused():
    blobs = chain("1")

    with pytest.raises(Unreadable):
        open_answers(blobs, OTHER, TAG, VERIFY)
    with pytest.raises(Unreadable):
        open_answers(blobs, MAILBOX, bytes(32), VERIFY)
    with pytest.raises(Unreadable):
        open_answers(blobs, MAILBOX, TAG, new_signing_key()[1])


def test_every_tampered_byte_is_refused():
    (blob,) = chain("x")

    for place in range(len(blob)):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(Unreadable):
            opened([changed])


def test_another_size_is_refused():
    with pytest.raises(Unreadable, match="not the size"):
        opened([chain("x")[0] + b"x"])


def test_a_text_that_does_not_fit_says_by_how_much():
    with pytest.raises(AnswerRefused, match="byte för långt"):
        chain("x" * 4000)


def test_the_longest_text_fits_and_one_byte_more_does_not():
    with pytest.raises(AnswerRefused) as refused:
        chain("x" * 4000)
    longest = 4000 - int(refused.value.values["over"])

    assert opened(chain("x" * longest)) == ["x" * longest]
    with pytest.raises(AnswerRefused):
        chain("x" * (longest + 1))


def test_a_made_up_mailbox_key_is_refused():
    with pytest.raises(AnswerRefused, match="går att svara till"):
        sign_answer("x", seq=1, prev_hash=FIRST, **SETTLED | {"mailbox_public": bytes(32)})


def test_an_unknown_kind_is_a_mistake():
    with pytest.raises(ValueError, match="no kind"):
        sign_answer("x", seq=1, prev_hash=FIRST, kind="poem", **SETTLED)


@pytest.mark.parametrize("context", [b"", b"nv.reply.v2"])
def test_an_answer_of_another_version_is_refused(context):
    with pytest.raises(Unreadable):
        opened([sealed_by_hand(context + b"{}")])


@pytest.mark.parametrize(
    "changes", [{"day": "x"}, {"kind": "poem"}, {"kind": 7}, {"extra": 1}], ids=str
)
def test_an_answer_with_another_content_is_refused(changes):
    content = {
        "tag": TAG.hex(),
        "seq": 1,
        "prev_hash": FIRST.hex(),
        "text": "x",
        "kind": "message",
        "day": "2020-10-01",
        "proof": "",
    }

    assert opened([sealed_by_hand(b"nv.reply.v1" + as_canonical(content))]) == ["x"]
    with pytest.raises(Unreadable):
        opened([sealed_by_hand(b"nv.reply.v1" + as_canonical(content | changes))])


def test_a_proof_holds_for_its_mailbox_day_and_signer_alone():
    proof = sign_acknowledgement(TAG, day=DAY, signing_key=SIGNING)

    assert is_acknowledged(proof, tag=TAG, day=DAY, verify_key=VERIFY)
    assert not is_acknowledged(proof, tag=bytes(32), day=DAY, verify_key=VERIFY)
    assert not is_acknowledged(proof, tag=TAG, day=date(2020, 10, 2), verify_key=VERIFY)
    assert not is_acknowledged(proof, tag=TAG, day=DAY, verify_key=new_signing_key()[1])
    assert not is_acknowledged(b"x", tag=TAG, day=DAY, verify_key=VERIFY)
