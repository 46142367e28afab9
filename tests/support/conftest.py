"""An evening on which help is offered, and the two parties with the relay between them."""

from datetime import timedelta

import pytest
from tests.conftest import actor
from tests.operations.making import make_operation, make_team
from tests.relay import become, relay_at_hand

from nosvidere.kernel.ids import new_id
from nosvidere.kernel.time import now
from nosvidere.operations.models import Shift
from nosvidere.rules import access
from nosvidere.support import actions

OFFICER = actor(access.FIELD_OFFICER, "yttre-1")


@pytest.fixture
def at():
    """Help is offered now: the relay's keys hold today."""
    return now()


@pytest.fixture
def shift(db, at):
    """A shift under way, with two officers on it."""
    made = Shift.objects.create(
        operation=make_operation(),
        starts_at=at - timedelta(hours=2),
        ends_at=at + timedelta(hours=4),
        muster_point="Polishuset",
        muster_lat=57.0,
        muster_lon=11.4,
        commander="operation-lead-1",
    )
    make_team(made)
    return made


@pytest.fixture
def offer_on(at):
    """Return a function that notes an offer on a shift."""

    def do(shift, **values):
        fixed = {
            "id": new_id(),
            "audience": "EXPOSED",
            "with_interpreter": True,
            "in_private": True,
            "card_given": True,
        }
        return actions.offer_help(shift=shift, **{**fixed, **values}, by=OFFICER, at=at)

    return do


@pytest.fixture
def offer(offer_on, shift):
    return offer_on(shift)


@pytest.fixture
def keys(settings, tmp_path):
    """The police site's own keys, without a relay."""
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()


@pytest.fixture
def switch(db, settings, tmp_path):
    """Return a function that turns the process into one of the parties, with the relay at hand."""
    with relay_at_hand(settings, folder=tmp_path):
        yield lambda party: become(settings, party, folder=tmp_path)
