"""Attachments in chunks of 64 KiB: a file that was cut, reordered or swapped does not open."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_KEYBYTES,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError

from nosvidere.engine.sealing.canonical import Unreadable, from_hex

CHUNK_BYTES = 65536
ID_BYTES = 16
COUNT_BYTES = 8
KEY_BYTES = crypto_secretstream_xchacha20poly1305_KEYBYTES
HEADER_BYTES = crypto_secretstream_xchacha20poly1305_HEADERBYTES
SEALED_CHUNK_BYTES = CHUNK_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES
TAG_FINAL = crypto_secretstream_xchacha20poly1305_TAG_FINAL
TAG_MESSAGE = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
MOST_ATTACHMENTS = 5
LARGEST_ATTACHMENT = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class AttachmentKey:
    """What opens an attachment; it lies inside the sealed letter."""

    id: bytes
    key: bytes
    size: int

    def __repr__(self) -> str:
        """Return a text that hides the key."""
        return f"AttachmentKey({self.id.hex()})"

    @property
    def chunks(self) -> int:
        """Return how many chunks the attachment has; an empty one has one."""
        return chunks_of(self.size)

    def as_json(self) -> dict[str, str | int]:
        """Return the key as it is written in a letter, with the size in bytes and the number of chunks."""
        named = {"id": self.id.hex(), "key": self.key.hex()}
        return named | {"size": self.size, "chunks": self.chunks}


def seal_attachment(content: bytes) -> tuple[AttachmentKey, bytes]:
    """Return a new key and the sealed content, whose size tells only how many chunks there are."""
    if len(content) > LARGEST_ATTACHMENT:
        message = f"{len(content)} bytes is more than the {LARGEST_ATTACHMENT} of the largest attachment."
        raise ValueError(message)
    key = AttachmentKey(
        secrets.token_bytes(ID_BYTES), secrets.token_bytes(KEY_BYTES), len(content)
    )
    return key, b"".join(_seal_chunks(content, key))


def open_attachment(blob: bytes, key: AttachmentKey) -> bytes:
    """Return the content; raise Unreadable unless every chunk is there, in order, whole and the last one last."""
    if len(blob) != HEADER_BYTES + key.chunks * SEALED_CHUNK_BYTES:
        message = "The attachment does not have the size that its letter says."
        raise Unreadable(message)
    try:
        filled = b"".join(_open_chunks(blob, key))
    except CryptoError as error:
        message = "The attachment is damaged."
        raise Unreadable(message) from error
    if any(filled[key.size :]):
        message = "The attachment's padding is damaged."
        raise Unreadable(message)
    return filled[: key.size]


def read_attachment_key(content: Any) -> AttachmentKey:
    """Return the key that a letter's JSON holds; raise Unreadable when it is not one."""
    if not isinstance(content, dict) or set(content) != {"id", "key", "size", "chunks"}:
        message = "The letter's attachment is damaged."
        raise Unreadable(message)
    size, chunks = content["size"], content["chunks"]
    if type(size) is not int or not 0 <= size <= LARGEST_ATTACHMENT or chunks != chunks_of(size):
        message = "The letter's attachment has no size."
        raise Unreadable(message)
    named = from_hex(content["id"], size=ID_BYTES)
    return AttachmentKey(named, from_hex(content["key"], size=KEY_BYTES), size)


def chunks_of(size: int) -> int:
    """Return how many chunks hold `size` bytes: at least one."""
    return max(1, -(-size // CHUNK_BYTES))


def _seal_chunks(content: bytes, key: AttachmentKey) -> Iterator[bytes]:
    state = crypto_secretstream_xchacha20poly1305_state()
    yield crypto_secretstream_xchacha20poly1305_init_push(state, key.key)
    for index, (bound, stream_tag) in enumerate(_frames(key)):
        chunk = content[index * CHUNK_BYTES : (index + 1) * CHUNK_BYTES].ljust(CHUNK_BYTES, b"\0")
        yield crypto_secretstream_xchacha20poly1305_push(state, chunk, bound, stream_tag)


def _open_chunks(blob: bytes, key: AttachmentKey) -> Iterator[bytes]:
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, blob[:HEADER_BYTES], key.key)
    for index, (bound, expected) in enumerate(_frames(key)):
        start = HEADER_BYTES + index * SEALED_CHUNK_BYTES
        sealed = blob[start : start + SEALED_CHUNK_BYTES]
        chunk, found = crypto_secretstream_xchacha20poly1305_pull(state, sealed, bound)
        if found != expected:
            message = "The attachment ends too early or too late."
            raise Unreadable(message)
        yield chunk


def _frames(key: AttachmentKey) -> Iterable[tuple[bytes, int]]:
    """Return for each chunk what it is bound to (attachment, place, total) and the tag that it must bear."""
    total = key.chunks
    for index in range(total):
        bound = key.id + index.to_bytes(COUNT_BYTES, "big") + total.to_bytes(COUNT_BYTES, "big")
        is_last = index == total - 1
        yield bound, TAG_FINAL if is_last else TAG_MESSAGE
