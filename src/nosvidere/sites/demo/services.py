"""The demonstration's social services: what they do on their own site."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.management import call_command

from nosvidere.accounts.actions import add_account, add_unit, give_post
from nosvidere.courier import actions as courier
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import SERVICES_WORKER, SYSTEM, Actor
from nosvidere.services import actions
from nosvidere.services.queries import referrals
from nosvidere.sites.demo.staff import SERVICES

WORKER = Actor("soc-1", frozenset({SERVICES_WORKER}), "soc")


def prepare(*, at: datetime, password: str) -> dict[str, Any]:
    """Make the database, the keys and the staff; return the public keys."""
    call_command("migrate", interactive=False, verbosity=0)
    unit = add_unit(
        code="soc",
        name="Socialtjänsten i Videhamn",
        kind="municipality",
        parent=None,
        by=SYSTEM,
        at=at,
    )
    for code, name, role in SERVICES:
        account = add_account(code=code, name=name, password=password, by=SYSTEM, at=at)
        give_post(account=account, role=role, unit=unit, from_on=local_date(at), by=SYSTEM, at=at)
    return dict(courier.make_keys(at=at))


def trust(*, at: datetime, parties: dict[str, dict[str, str]]) -> bool:
    """Keep the public keys of the police."""
    courier.trust_parties(known=parties, at=at)
    return True


def exchange(*, at: datetime) -> str:
    """Fetch and send letters, and take the referrals in."""
    first = courier.exchange(at=at)
    actions.take_in_referrals(by=SYSTEM, at=at)
    second = courier.exchange(at=at)
    return first.failure or second.failure


def follow_up(*, at: datetime, reach: Sequence[bool]) -> int:
    """Open each waiting referral and note whether the person was reached; return how many were."""
    waiting = list(referrals(reader=WORKER, state="RECEIVED"))
    for referral, is_reached in zip(waiting, reach, strict=False):
        actions.open_referral(referral=referral, by=WORKER, at=at)
        if is_reached:
            actions.step_referral(
                referral=referral, to="ACCEPTED", note="Samtal bokat.", by=WORKER, at=at
            )
        else:
            actions.note_try(referral=referral, note="Inget svar.", by=WORKER, at=at)
    return len(waiting)


ACTS = {"prepare": prepare, "trust": trust, "exchange": exchange, "follow_up": follow_up}
