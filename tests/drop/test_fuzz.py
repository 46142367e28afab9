"""Whatever is sent to the relay's readers is read or refused, never a crash."""

import json
from contextlib import suppress

import pytest
from django.utils.encoding import iri_to_uri
from hypothesis import HealthCheck, given, settings
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


ADDRESSES = (
    ("GET", "/relay/spool?after="),
    ("GET", "/relay/attachments/"),
    ("POST", "/relay/ack"),
    ("POST", "/relay/outbox"),
    ("POST", "/relay/tags"),
    ("POST", "/relay/letters"),
    ("POST", "/relay/keys"),
    ("GET", "/relay/keys/"),
    ("POST", "/relay/bulletin"),
)
anything = st.binary(max_size=80) | shapes.map(lambda shape: json.dumps(shape).encode())
many = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

pytestmark = pytest.mark.slow


@pytest.mark.slow
@pytest.mark.parametrize(("method", "address"), ADDRESSES)
@many
@given(body=anything, more=st.text("ab01%/?&=å", max_size=12))
def test_any_request_of_a_party_is_answered_or_refused(
    call, published, police, *, method, address, body, more
):
    path = iri_to_uri(address + (more if method == "GET" else ""))

    answer = call(police, method, path, body)

    assert answer.status_code in {200, 400, 403, 404, 409}


@many
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    place=st.sampled_from([address for _, address in ADDRESSES]),
    heads=st.dictionaries(
        st.sampled_from(["X-Nv-Party", "X-Nv-At", "X-Nv-Nonce", "X-Nv-Signature"]),
        st.sampled_from(["police", "services", "", "0", "9" * 30, "ab" * 16, "ab" * 64, "å"]),
    ),
)
def test_no_made_up_request_is_let_in(client, published, *, method, place, heads):
    answer = client.generic(method, place, b"{}", headers=heads)

    assert answer.status_code in {403, 404, 405}
