"""Whatever is posted to a page, a page comes back: an answer, a question or a reason, never a crash."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nosvidere.drop.models import Letter
from nosvidere.engine.sealing import is_letter_size, new_code
from nosvidere.kernel.time import now
from nosvidere.public.tokens import form_token, hide_code

ADDRESSES = ("/tipsa/", "/tipsa/kod/", "/folj/", "/hyresvard/")
NAMES = (
    *("at", "go", "act", "language", "token", "hidden", "code", "last_four", "website"),
    *("place", "place_unknown", "signs", "danger_signs", "saw", "basis", "days"),
    *("from_on", "until_on", "when", "dispute", "text", "measure", "taken_on"),
)
WORDS = (
    *("where", "what", "when", "show", "message", "withdraw", "measure", "contested", "en", "sv"),
    *("on", "4", "-1", "9" * 40, "F01", "FACT", "NO", "none", "2020-10-20", "2020-13-40"),
    *("\x00", "\ud83d", "<script>", "{{ 1 }}", "%s%n", "å" * 3000, "7QK4-M2XD-9TPA-W6HC-K"),
)
values = st.sampled_from(WORDS) | st.text(max_size=60)
forms = st.dictionaries(st.sampled_from(NAMES), values | st.lists(values, max_size=3), max_size=10)
many = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

pytestmark = pytest.mark.slow


def sendable(form):
    """Return a form as a browser can send it: text that is no Unicode becomes a question mark."""
    return {name: as_sent(value) for name, value in form.items()}


def as_sent(value):
    if isinstance(value, list):
        return [as_sent(one) for one in value]
    return value.encode("utf-8", "replace").decode()


@pytest.mark.slow
@pytest.mark.parametrize("address", ADDRESSES)
@many
@given(form=forms, knows=st.booleans())
def test_any_form_gets_a_page(client, police, address, form, knows):
    held = {
        "token": form_token(now() - timedelta(hours=1)),
        "hidden": hide_code(new_code(), now()),
    }

    page = client.post(address, sendable(form) | (held if knows else {}))

    assert page.status_code in {200, 201, 409, 422, 503}
    assert b"<script>" not in page.content


@pytest.mark.slow
@many
@given(st.binary(max_size=400), st.sampled_from(ADDRESSES), st.booleans())
def test_any_bytes_get_a_page(client, police, body, address, is_form):
    kind = "application/x-www-form-urlencoded" if is_form else "multipart/form-data; boundary=x"

    page = client.post(address, body, content_type=kind)

    assert page.status_code in {200, 201, 400, 409, 422, 503}


@pytest.mark.slow
@settings(parent=many, max_examples=50)
@given(
    saw=st.text(max_size=500),
    signs=st.lists(st.sampled_from(["F01", "F03"]), min_size=1, max_size=2),
    when=st.text(max_size=80),
    basis=st.sampled_from(["", "FACT"]),
)
def test_every_tip_of_ordinary_length_lies_in_a_blob_of_one_size(
    client, police, saw, signs, when, basis
):
    Letter.objects.all().delete()
    form = {"saw": saw, "signs": signs, "when": when, "basis": basis, "place": "Fyrgatan 3"}
    token = form_token(now() - timedelta(hours=1))

    page = client.post("/tipsa/", sendable(form | {"at": "when", "token": token}))

    sizes = [len(bytes(letter.blob)) for letter in Letter.objects.all()]
    assert sizes == ([4096 + 48] if page.status_code == 201 else [])
    assert all(is_letter_size(size) for size in sizes)
