"""Key epochs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosvidere.engine.sealing import (
    Epoch,
    EpochList,
    Unreadable,
    as_canonical,
    epoch_number,
    epochs_to_destroy,
    epochs_to_hold,
    new_intake_key,
    new_signing_key,
    open_epochs,
    public_key_of,
    sign_epochs,
)
from nosvidere.engine.sealing.epochs import EPOCHS_CONTEXT, SigningKey

SIGNING, VERIFY = new_signing_key()
ON = date(2020, 10, 1)
NOW = epoch_number(ON)
PUBLIC = new_intake_key()[1]
LISTED = EpochList(
    "police",
    ON,
    ON + timedelta(21),
    b"r" * 32,
    b"p" * 32,
    tuple(Epoch(n, PUBLIC) for n in epochs_to_hold(ON)),
)
SIGNED = sign_epochs(LISTED, signing_key=SIGNING)


def opened(signed=SIGNED, *, verify_key=VERIFY, party="police", on=ON):
    return open_epochs(signed, verify_key=verify_key, party=party, on=on)


@given(st.dates(date(2018, 1, 1), date(2100, 1, 1)))
def test_each_day_lies_in_its_epoch_that_begins_on_a_monday(day):
    epoch = Epoch(epoch_number(day), b"")

    assert epoch.starts_on <= day < epoch.ends_on
    assert epoch.starts_on.weekday() == 0


def test_a_day_before_the_first_epoch_is_a_mistake():
    with pytest.raises(ValueError, match="before the first"):
        epoch_number(date(2017, 12, 31))


def test_keys_are_held_for_this_week_and_three_ahead():
    assert list(epochs_to_hold(ON)) == [NOW, NOW + 1, NOW + 2, NOW + 3]


def test_a_key_is_destroyed_thirty_days_after_its_week():
    over = Epoch(NOW, b"").ends_on + timedelta(30)

    assert epochs_to_destroy([NOW], on=over - timedelta(1)) == []
    assert epochs_to_destroy([NOW + 1, NOW, NOW - 1], on=over) == [NOW - 1, NOW]


def test_a_signed_list_comes_back():
    assert opened() == LISTED
    assert opened().current(ON) == Epoch(NOW, PUBLIC)


def test_a_list_without_the_week_is_told():
    with pytest.raises(Unreadable, match="no key for"):
        LISTED.current(ON + timedelta(60))


@pytest.mark.parametrize("on", [ON - timedelta(1), ON + timedelta(21)])
def test_a_list_outside_its_time_is_refused(on):
    with pytest.raises(Unreadable, match="not valid"):
        opened(on=on)


def test_another_party_or_organisation_is_refused():
    with pytest.raises(Unreadable, match="not that of"):
        opened(party="services")
    with pytest.raises(Unreadable, match="not signed"):
        opened(verify_key=new_signing_key()[1])


def test_every_tampered_byte_is_refused():
    for place in range(len(SIGNED)):
        with pytest.raises(Unreadable):
            opened(SIGNED[:place] + bytes([SIGNED[place] ^ 1]) + SIGNED[place + 1 :])


@pytest.mark.parametrize("signed", [b"", b"x" * 64, b"x" * 70000])
def test_another_size_is_refused(signed):
    with pytest.raises(Unreadable, match="too short or too long"):
        opened(signed)


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"extra": 1},
        {"issued_on": "x"},
        {"epochs": [{}]},
        {"epochs": 7},
        {"reply_verify": "x"},
    ],
    ids=str,
)
def test_a_signed_list_of_another_shape_is_refused(changes):
    content = {
        "v": 1,
        "party": "police",
        "issued_on": "2020-10-01",
        "expires_on": "2020-10-22",
        "reply_verify": "00" * 32,
        "party_verify": "00" * 32,
        "epochs": [{"n": NOW, "key": "00" * 32}],
    } | changes
    payload = as_canonical(content)
    signature = SigningKey(SIGNING).sign(EPOCHS_CONTEXT + payload).signature

    with pytest.raises(Unreadable):
        opened(signature + payload)


def test_a_public_key_follows_from_its_private_key():
    private, public = new_intake_key()

    assert public_key_of(private) == public
