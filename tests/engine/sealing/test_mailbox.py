"""From a code to its mailbox."""

import hashlib

from nacl.pwhash import argon2id

from nosvidere.engine.sealing import Code, derive, public_key_of, tag


def test_a_mailbox_is_derived_as_the_protocol_says():
    salt = hashlib.blake2b(b"nosvidere/demo/receipt/v1", digest_size=16).digest()
    root = argon2id.kdf(32, (7).to_bytes(10, "big"), salt, opslimit=2, memlimit=19 * 2**20)

    mailbox = derive(Code(7), "demo")

    assert (
        mailbox.mid == hashlib.blake2b(key=root, person=b"nv.mbox.id.v1", digest_size=32).digest()
    )
    seed = hashlib.blake2b(key=root, person=b"nv.mbox.x25519", digest_size=32).digest()
    assert mailbox.private_key == seed
    assert mailbox.public_key == public_key_of(seed)


def test_another_code_or_deployment_has_another_mailbox():
    mailboxes = [derive(Code(7), "demo"), derive(Code(8), "demo"), derive(Code(7), "other")]

    assert len({mailbox.mid for mailbox in mailboxes}) == 3
    assert len({mailbox.public_key for mailbox in mailboxes}) == 3


def test_a_mailbox_hides_its_keys():
    assert repr(derive(Code(7), "demo")) == "Mailbox(hidden)"


def test_a_tag_says_nothing_without_the_pepper():
    assert tag(b"m" * 32, b"p" * 32) != tag(b"m" * 32, b"q" * 32)
    assert len(tag(b"m" * 32, b"p" * 32)) == 32
