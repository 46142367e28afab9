"""Attachments in chunks."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl import bindings

from nosvidere.engine.sealing import Unreadable, open_attachment, seal_attachment
from nosvidere.engine.sealing.attachment import (
    CHUNK_BYTES,
    HEADER_BYTES,
    LARGEST_ATTACHMENT,
    SEALED_CHUNK_BYTES,
    TAG_FINAL,
    TAG_MESSAGE,
    AttachmentKey,
)


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 10 * CHUNK_BYTES]
)
def test_a_file_comes_back_at_each_border(size):
    content = b"\x01" * size

    key, blob = seal_attachment(content)

    assert open_attachment(blob, key) == content
    assert len(blob) == HEADER_BYTES + key.chunks * SEALED_CHUNK_BYTES


@settings(max_examples=20)
@given(st.binary(max_size=300))
def test_small_files_have_one_size(content):
    key, blob = seal_attachment(content)

    assert open_attachment(blob, key) == content
    assert len(blob) == HEADER_BYTES + SEALED_CHUNK_BYTES


def test_a_file_that_is_too_large_is_told():
    with pytest.raises(ValueError, match="more than"):
        seal_attachment(bytes(LARGEST_ATTACHMENT + 1))


def test_a_file_cut_at_a_chunk_border_is_refused_also_when_its_letter_says_so():
    key, blob = seal_attachment(b"x" * (3 * CHUNK_BYTES))
    cut = blob[:-SEALED_CHUNK_BYTES]

    with pytest.raises(Unreadable):
        open_attachment(cut, key)
    with pytest.raises(Unreadable):
        open_attachment(cut, replace(key, size=2 * CHUNK_BYTES))


def test_chunks_in_another_order_are_refused():
    key, blob = seal_attachment(b"x" * (2 * CHUNK_BYTES))
    head, first, second = (
        blob[:HEADER_BYTES],
        blob[HEADER_BYTES:-SEALED_CHUNK_BYTES],
        blob[-SEALED_CHUNK_BYTES:],
    )

    with pytest.raises(Unreadable):
        open_attachment(head + second + first, key)


def test_a_file_of_another_letter_is_refused():
    key, blob = seal_attachment(b"x")

    with pytest.raises(Unreadable):
        open_attachment(blob, replace(key, id=bytes(16)))


@pytest.mark.slow
def test_every_tampered_byte_is_refused():
    key, blob = seal_attachment(b"x" * 100)

    for place in range(len(blob)):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(Unreadable):
            open_attachment(changed, key)


def sealed_by_hand(chunk, stream_tag):
    """Return a key and one chunk that somebody who knows the key has sealed with another filling or tag."""
    key = AttachmentKey(bytes(16), bytes(32), 1)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    head = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key.key)
    bound = key.id + (0).to_bytes(8, "big") + (1).to_bytes(8, "big")
    body = bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, bound, stream_tag)
    return key, head + body


def test_a_last_chunk_without_its_mark_is_refused():
    key, blob = sealed_by_hand(b"x".ljust(CHUNK_BYTES, b"\0"), TAG_MESSAGE)

    with pytest.raises(Unreadable, match="too early"):
        open_attachment(blob, key)


def test_hidden_bytes_in_the_padding_are_refused():
    key, blob = sealed_by_hand(b"x" * CHUNK_BYTES, TAG_FINAL)

    with pytest.raises(Unreadable, match="padding"):
        open_attachment(blob, key)


def test_a_key_hides_itself():
    key, _ = seal_attachment(b"x")

    assert key.key.hex() not in repr(key)
