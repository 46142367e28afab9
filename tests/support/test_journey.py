"""Help across the wall: to the services sealed, back to the police a bare yes, and never a way to a place."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from tests.making import make_place, make_statement
from tests.support.conftest import OFFICER

from nosvidere.courier import actions as courier
from nosvidere.courier.models import Delivery, Outgoing
from nosvidere.kernel.time import local_date, now
from nosvidere.leads.queries import weigh_place
from nosvidere.rules.access import SYSTEM
from nosvidere.services import actions as services
from nosvidere.services.models import ReceivedReferral
from nosvidere.support import actions
from nosvidere.support.models import HelpOffer, Referral

WALLED = {"register", "leads", "field", "intake", "landlords"}
SOURCE = Path(__file__).resolve().parents[2] / "src" / "nosvidere"
SAID = "Ring 19–20, säg att det gäller läkartid."


@pytest.fixture
def referred(switch, offer):
    """A referral that the police have sent; the services have their keys on the drop."""
    switch("services")
    switch("police")
    referral = actions.consent_and_refer(
        offer=offer,
        scope="meet_now",
        given_how="spoken",
        contact=SAID,
        needs="Någonstans att bo.",
        by=OFFICER,
        at=now(),
    )
    courier.push(at=now())
    return referral


def the_services_take_in(switch):
    switch("services")
    courier.pull(at=now())
    services.take_in_referrals(by=SYSTEM, at=now())
    courier.push(at=now())


def the_police_take_in(switch):
    switch("police")
    courier.pull(at=now())
    return actions.take_in_statuses(by=SYSTEM, at=now())


def test_the_services_read_and_the_police_learn_that_it_came_and_nothing_more(
    switch, referred, services_worker
):
    the_services_take_in(switch)
    received = ReceivedReferral.objects.get()
    told = services.open_referral(referral=received, by=services_worker, at=now())
    services.step_referral(referral=received, to="ACCEPTED", note="", by=services_worker, at=now())

    assert the_police_take_in(switch) == 1

    assert told["contact"] == SAID
    assert received.is_urgent
    assert HelpOffer.objects.get().state == "RECEIVED_BY_SERVICES"
    assert Referral.objects.get().received_at is not None
    assert not bytes(Delivery.objects.get(kind="referral_status").sealed_fields)


def test_the_police_keep_nothing_of_what_was_said_once_it_is_sent(referred):
    assert not bytes(Outgoing.objects.get(kind="referral").content)


def test_a_withdrawal_destroys_the_text_at_the_services(switch, referred, services_worker):
    the_services_take_in(switch)
    assert bytes(ReceivedReferral.objects.get().sealed_text)
    the_police_take_in(switch)
    actions.withdraw_by_pseudonym(pseudonym=referred.consent.pseudonym, by=OFFICER, at=now())
    courier.push(at=now())

    the_services_take_in(switch)

    row = ReceivedReferral.objects.get()
    assert (row.state, bytes(row.sealed_text)) == ("WITHDRAWN", b"")
    assert services.open_referral(referral=row, by=services_worker, at=now()) == {}


def test_a_withdrawal_in_the_same_post_as_the_referral_leaves_no_text(switch, referred):
    actions.withdraw_consent(consent=referred.consent, by=OFFICER, at=now())
    courier.push(at=now())

    the_services_take_in(switch)

    row = ReceivedReferral.objects.get()
    assert (row.state, bytes(row.sealed_text)) == ("WITHDRAWN", b"")


def reached_from(label: str) -> set[str]:
    """Return the apps that rows of an app lead to, by foreign keys followed as far as they go."""
    waiting, seen = list(apps.get_app_config(label).get_models()), set()
    while waiting:
        model = waiting.pop()
        seen.add(model)
        ways = [f.related_model for f in model._meta.get_fields() if f.concrete and f.is_relation]
        waiting += [found for found in ways if found not in seen]
    return {model._meta.app_label for model in seen}


@pytest.mark.parametrize("label", ["support", "services"])
def test_no_key_leads_from_help_to_a_place_or_a_case(label):
    assert not reached_from(label) & WALLED


@pytest.mark.parametrize("label", WALLED)
def test_no_key_leads_from_a_place_or_a_case_to_help(label):
    assert not reached_from(label) & {"support", "services"}


@pytest.mark.parametrize("app", ["support", "services"])
def test_help_imports_nothing_of_places_and_cases(app):
    assert not imports_of(app) & WALLED


@pytest.mark.parametrize("app", [*WALLED, "operations"])
def test_nothing_of_places_and_cases_imports_help(app):
    assert not imports_of(app) & {"support", "services"}


def imports_of(app: str) -> set[str]:
    """Return the apps that an app's own modules import."""
    names = set()
    for file in (SOURCE / app).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nosvidere."):
                names.add(node.module.split(".")[1])
    return names


@pytest.mark.parametrize("answer", ["DECLINED", "INFO_ONLY", "yes"])
def test_an_answer_to_help_never_changes_a_weighing(offer, keys, at, answer):
    place = make_place(9)
    make_statement(place, "F01", on=local_date(at), informant="a")
    before = weigh_place(place, on=local_date(at))

    if answer == "yes":
        actions.consent_and_refer(
            offer=offer,
            scope="written",
            given_how="signed",
            contact=SAID,
            needs="",
            by=OFFICER,
            at=at,
        )
    else:
        actions.answer_offer(offer=offer, answer=answer, by=OFFICER, at=at)

    assert weigh_place(place, on=local_date(at)) == before
