"""Canonical JSON, hexadecimal and padding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosvidere.engine.sealing import Unreadable, as_canonical, from_canonical, from_hex
from nosvidere.engine.sealing.canonical import bucket_of, pad, unpad

contents = st.dictionaries(st.text(), st.text() | st.integers() | st.booleans() | st.none())
BORDERS = [4094, 4095, 4096, 8191, 8192, 16384, 65534, 65535]


@given(contents)
def test_content_comes_back(content):
    assert from_canonical(as_canonical(content)) == content


@given(contents)
def test_order_does_not_matter(content):
    turned = dict(reversed(content.items()))

    assert as_canonical(turned) == as_canonical(content)


@pytest.mark.parametrize(
    "payload",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b"[]",
        b"{",
        b"\xff",
        b'{"a":NaN}',
        b'{"a":1e999}',
        b"[" * 100000,
    ],
)
def test_any_other_writing_is_refused(payload):
    with pytest.raises(Unreadable):
        from_canonical(payload)


@given(st.integers(0, 65535))
def test_a_bucket_is_the_smallest_power_of_two_that_holds_it(size):
    bucket = bucket_of(size)

    assert bucket >= 4096
    assert bucket & (bucket - 1) == 0
    assert bucket > size
    assert bucket == 4096 or bucket // 2 <= size


@pytest.mark.parametrize("size", [0, 1, *BORDERS])
def test_padding_comes_off_at_each_border(size):
    padded = pad(b"x" * size)

    assert len(padded) == bucket_of(size)
    assert unpad(padded) == b"x" * size


def test_what_does_not_fit_is_told():
    with pytest.raises(ValueError, match="65536 bytes do not fit"):
        pad(b"x" * 65536)


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"x" * 4095,
        b"x" * 4096,
        b"\0" * 4096,
        b"x" * 12288,
        b"x" * 131072,
        b"x\x80" + b"\0" * 8190,
    ],
    ids=[
        "empty",
        "short",
        "no padding",
        "zeros",
        "no power of two",
        "too large",
        "needlessly large",
    ],
)
def test_damaged_padding_is_refused(padded):
    with pytest.raises(Unreadable):
        unpad(padded)


@pytest.mark.parametrize("text", ["AB", "a", "abc", "zz", " a", 7, None, "abab"])
def test_hexadecimal_has_one_form_and_one_size(text):
    with pytest.raises(Unreadable):
        from_hex(text, size=1)


def test_hexadecimal_is_read():
    assert from_hex("ab00", size=2) == b"\xab\0"
