"""Whatever is sent to the relay's readers is read or refused, never a crash."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.drop import forms
from nosvidere.engine.sealing import CodeError, Unreadable, open_bulletin, parse_code

READERS = (forms.read_ids, forms.read_mids, forms.read_answers, forms.read_letter)
leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("ab" * 16)
names = st.sampled_from(["ids", "mids", "answers", "id", "to", "epoch", "blob", "tag", "seq"])
shapes = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@settings(max_examples=100)
@given(body=st.binary(max_size=60) | shapes.map(lambda shape: json.dumps(shape).encode()))
def test_any_body_is_read_or_refused(reader, body):
    with suppress(Unreadable):
        reader(body)


@given(st.binary(max_size=200))
def test_any_bulletin_is_read_or_refused(signed):
    with pytest.raises(Unreadable):
        open_bulletin(signed, verify_key=bytes(32), party="police")


@given(st.text(max_size=120))
def test_any_text_is_a_code_or_refused(typed):
    with suppress(CodeError):
        parse_code(typed)
