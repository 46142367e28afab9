"""One way only to write a thing as bytes: canonical JSON, hexadecimal, padding to a few sizes."""

import json
import re
from collections.abc import Mapping
from typing import Any

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError

SMALLEST_BUCKET = 4096
LARGEST_BUCKET = 65536
HEX = re.compile(r"(?:[0-9a-f]{2})*")


class Unreadable(ValueError):
    """Bytes that are not what they should be: damaged, forged, for another key or from another version."""


def as_canonical(content: Mapping[str, Any]) -> bytes:
    """Return JSON in UTF-8 with sorted keys and no spaces: equal content, equal bytes."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def from_canonical(payload: bytes) -> dict[str, Any]:
    """Return the object; raise Unreadable unless the bytes are exactly what `as_canonical` makes of it."""
    try:
        content = json.loads(payload)
        is_canonical = isinstance(content, dict) and as_canonical(content) == payload
    except (ValueError, RecursionError) as error:
        message = "The content is not JSON."
        raise Unreadable(message) from error
    if not is_canonical:
        message = "The content is not canonical JSON."
        raise Unreadable(message)
    return dict(content)


def from_hex(text: object, *, size: int) -> bytes:
    """Return the bytes of lower-case hexadecimal text; raise Unreadable unless there are `size` of them."""
    if not isinstance(text, str) or len(text) != 2 * size or not HEX.fullmatch(text):
        message = f"Expected {size} bytes in hexadecimal."
        raise Unreadable(message)
    return bytes.fromhex(text)


def bucket_of(size: int) -> int:
    """Return the smallest power of two, from 4 KiB up, that holds `size` bytes and one byte of padding."""
    return max(SMALLEST_BUCKET, 1 << size.bit_length())


def pad(payload: bytes) -> bytes:
    """Return the payload filled up to its bucket; raise ValueError when it is larger than the largest."""
    bucket = bucket_of(len(payload))
    if bucket > LARGEST_BUCKET:
        message = f"{len(payload)} bytes do not fit in the largest letter of {LARGEST_BUCKET}."
        raise ValueError(message)
    return sodium_pad(payload, bucket)


def is_bucket(size: int) -> bool:
    """Say whether a padded payload can have this size."""
    return SMALLEST_BUCKET <= size <= LARGEST_BUCKET and not size & (size - 1)


def unpad(padded: bytes) -> bytes:
    """Return what was padded; raise Unreadable unless the size is a bucket and the padding is whole."""
    size = len(padded)
    if not is_bucket(size):
        message = f"{size} bytes is not the size of a letter."
        raise Unreadable(message)
    try:
        payload = sodium_unpad(padded, size)
    except CryptoError as error:
        message = "The padding is damaged."
        raise Unreadable(message) from error
    if bucket_of(len(payload)) != size:
        message = "The content lies in a larger letter than it needs."
        raise Unreadable(message)
    return payload
