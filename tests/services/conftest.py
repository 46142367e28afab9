"""The social services' own site, with a referral that has come."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nosvidere.courier import store
from nosvidere.courier.models import Delivery
from nosvidere.engine.sealing import as_canonical
from nosvidere.kernel.time import local_date, now
from nosvidere.rules.access import SYSTEM
from nosvidere.services import actions
from nosvidere.services.models import ReceivedReferral


@pytest.fixture
def at():
    """Referrals come now."""
    return now()


@pytest.fixture
def services(db, settings, tmp_path):
    """The services as the party that the process is, with keys of their own."""
    settings.PARTY = "services"
    settings.KEYS = tmp_path / "services-keys"
    settings.KEYS.mkdir()


@pytest.fixture
def letter(services, at):
    """Return a function that lets a letter from the police wait to be taken in."""

    def do(kind="referral", **fields):
        return Delivery.objects.create(
            letter_id=uuid4().hex,
            kind=kind,
            sender="police",
            sent_on=local_date(at),
            received_at=at,
            sealed_fields=store.seal(as_canonical(fields)),
        )

    return do


@pytest.fixture
def told(at):
    """What a person wants the services to know."""
    return {
        "reference": "a" * 24 + "beadfeed",
        "pseudonym": "P-7QK4-M2XD",
        "contact": "Ring 19–20.",
        "needs": "Någonstans att bo.",
        "scope": "call_me",
        "interpreter": "yes",
        "due_at": (at + timedelta(hours=24)).isoformat(),
        "consent_version": "2020-1",
        "consented_on": "2020-10-01",
        "expires_on": "2021-03-30",
    }


@pytest.fixture
def referral(letter, told, at):
    letter(**told)
    actions.take_in_referrals(by=SYSTEM, at=at)
    return ReceivedReferral.objects.get()
