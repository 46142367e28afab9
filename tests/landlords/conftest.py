"""A confirmed place with its landlord, and a notice about it on its way through the house."""

from datetime import timedelta

import pytest
from tests.conftest import actor
from tests.making import make_landlord, make_lead, make_place, make_statement
from tests.relay import become, relay_at_hand

from nosvidere.courier import actions as courier
from nosvidere.drop.actions import accept_letter
from nosvidere.drop.queries import mailbox_of
from nosvidere.kernel.time import local_date, now
from nosvidere.landlords import actions
from nosvidere.rules import access
from nosvidere.rules.access import SYSTEM
from nosvidere.rules.notice import HARM_QUESTIONS

REVIEWED = {
    "proportionality": "Brevet nämner ingen.",
    "ground": "OSL 10:2",
    "harm": dict.fromkeys(HARM_QUESTIONS, "Nej."),
}


@pytest.fixture
def at():
    """The notice is written now: the relay's keys hold today."""
    return now()


@pytest.fixture
def lead(db, at):
    """A confirmed place that signs were observed at on two days, let by a housing company."""
    place = make_place()
    make_landlord(place)
    for days in (9, 8):
        make_statement(place, "F01", on=local_date(at) - timedelta(days=days), informant=str(days))
    return make_lead(place, state="CONFIRMED", at=at)


@pytest.fixture
def draft(lead, analyst, at):
    return actions.draft_notice(lead=lead, extent_basis="Besök varje kväll.", by=analyst, at=at)


@pytest.fixture
def in_review(draft, analyst, at):
    actions.ask_review(notice=draft, by=analyst, at=at)
    return draft


@pytest.fixture
def approved(in_review, legal_reviewer, at):
    actions.approve_notice(notice=in_review, **REVIEWED, by=legal_reviewer, at=at)
    return in_review


@pytest.fixture
def police(db, settings, tmp_path):
    """The police site with its keys, and the public site's relay."""
    with relay_at_hand(settings, folder=tmp_path):
        become(settings, "police", folder=tmp_path)
        yield


@pytest.fixture
def served(police, approved, at):
    """A notice that has been sent, with its code."""
    return actions.serve_notice(notice=approved, by=actor(access.ANALYST), at=at)


@pytest.fixture
def write_back(police):
    """Return a function that writes as whoever has a code, and lets the police take it in."""

    def do(code, **fields):
        courier.push(at=now())
        accept_letter(
            to="police",
            kind="landlord",
            fields=fields,
            mailbox=mailbox_of(code),
            lang="sv",
            on=local_date(now()),
            code=code,
        )
        courier.pull(at=now())
        return actions.take_in_replies(by=SYSTEM, at=now())

    return do


@pytest.fixture
def reply(served, write_back):
    """Return a function that lets the landlord answer, and gives the notice as it then stands."""

    def do(**fields):
        write_back(served.code, **fields)
        served.notice.refresh_from_db()
        return served.notice

    return do
