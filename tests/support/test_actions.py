"""Help offered, answered, passed on and taken back; and every refusal leaves nothing."""

from datetime import timedelta

import pytest
from tests.conftest import actor
from tests.support.conftest import OFFICER

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import store
from nosvidere.courier.models import Delivery, Outgoing
from nosvidere.engine.sealing import as_canonical, from_canonical
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.rules import access
from nosvidere.rules.access import SYSTEM
from nosvidere.rules.help import CONSENT_VERSION, consent_hash
from nosvidere.support import actions, queries
from nosvidere.support.models import Consent, HelpOffer, Referral

YES = {
    "scope": "call_me",
    "given_how": "spoken",
    "contact": "Ring 19–20, säg att det gäller läkartid.",
    "needs": "Någonstans att bo.",
}


def acts():
    return list(
        AuditEvent.objects.filter(act__startswith="help")
        .order_by("seq")
        .values_list("act", flat=True)
    )


def snapshot():
    tables = (HelpOffer, Consent, Referral, Outgoing)
    return [list(model.objects.order_by("pk").values()) for model in tables], acts()


def refused(says, act, **values):
    before = snapshot()

    with pytest.raises(Refused, match=says):
        act(**values)

    assert snapshot() == before


@pytest.fixture
def referral(offer, keys, at):
    return actions.consent_and_refer(offer=offer, **YES, by=OFFICER, at=at)


def test_an_offer_names_no_person_and_no_place(offer):
    names = {field.name for field in HelpOffer._meta.get_fields()}

    assert not names & {
        "name",
        "place",
        "check",
        "lead",
        "assignment",
        "nationality",
        "language",
        "by",
    }
    event = AuditEvent.objects.get(act="help.offer")
    assert (event.object_id, event.fields) == ("", {"audience": "EXPOSED"})


def test_an_offer_that_is_sent_twice_counts_once(offer_on, shift):
    key = new_id()

    assert offer_on(shift, id=key) == offer_on(shift, id=key)

    assert HelpOffer.objects.count() == 1
    assert acts() == ["help.offer"]


def test_only_those_who_meet_people_offer_help(shift, offer, at, analyst):
    refused("Din roll", actions.answer_offer, offer=offer, answer="DECLINED", by=analyst, at=at)
    values = {"with_interpreter": False, "in_private": False, "card_given": False}
    refused(
        "Din roll",
        actions.offer_help,
        id=new_id(),
        shift=shift,
        audience="OTHER",
        **values,
        by=analyst,
        at=at,
    )


def test_a_no_is_only_a_count(offer, shift, at):
    actions.answer_offer(offer=offer, answer="DECLINED", by=OFFICER, at=at)

    row = HelpOffer.objects.get()
    assert row.state == "DECLINED"
    assert row.offered_at == row.closed_at == shift.starts_at
    assert [row.with_interpreter, row.in_private, row.reflection_period_told] == [False] * 3
    assert acts() == ["help.offer", "help.answer"]


def test_information_may_become_a_yes_later(offer, keys, at):
    actions.answer_offer(offer=offer, answer="INFO_ONLY", by=OFFICER, at=at)

    actions.consent_and_refer(offer=offer, **YES, by=OFFICER, at=at)

    assert HelpOffer.objects.get().state == "REFERRED"


def test_a_yes_is_never_noted_without_a_consent(offer, at):
    refused("samtycke", actions.answer_offer, offer=offer, answer="CONSENTED", by=OFFICER, at=at)


def test_a_no_is_final(offer, at):
    actions.answer_offer(offer=offer, answer="DECLINED", by=OFFICER, at=at)

    refused(
        "Det går inte", actions.answer_offer, offer=offer, answer="INFO_ONLY", by=OFFICER, at=at
    )
    refused("Det går inte", actions.consent_and_refer, offer=offer, **YES, by=OFFICER, at=at)


def test_two_who_answer_at_once_do_not_both_count(offer, at):
    other = HelpOffer.objects.get()
    actions.answer_offer(offer=other, answer="DECLINED", by=OFFICER, at=at)

    refused(
        "Någon annan har ändrat",
        actions.answer_offer,
        offer=offer,
        answer="INFO_ONLY",
        by=OFFICER,
        at=at,
    )


def test_a_consent_says_to_which_words_in_what_way_and_until_when(referral, at):
    consent = referral.consent

    assert (consent.text_version, consent.text_hash) == (CONSENT_VERSION, consent_hash())
    assert consent.expires_on == local_date(at) + timedelta(days=180)
    assert consent.recorded_by == "yttre-1"
    assert consent.pseudonym.startswith("P-")
    assert len(consent.pseudonym) == 11


def test_the_letter_holds_what_the_person_said_and_the_police_rows_do_not(referral, at):
    sent = Outgoing.objects.get(kind="referral")

    fields = from_canonical(store.unseal(bytes(sent.content)))
    assert fields["contact"] == YES["contact"]
    assert fields["needs"] == YES["needs"]
    assert fields["interpreter"] == "yes"
    assert fields["consent_hash"] == consent_hash()
    assert fields["due_at"] == (at + timedelta(hours=24)).isoformat()
    kept = repr([list(model.objects.values()) for model in (HelpOffer, Consent, Referral)])
    assert "läkartid" not in kept
    assert "bo." not in kept
    assert "läkartid" not in repr(list(AuditEvent.objects.values()))


def test_someone_who_needs_no_interpreter_is_said_to(offer_on, shift, keys, at):
    actions.consent_and_refer(
        offer=offer_on(shift, with_interpreter=False), **YES, by=OFFICER, at=at
    )

    sent = Outgoing.objects.get(kind="referral")
    assert from_canonical(store.unseal(bytes(sent.content)))["interpreter"] == "no"


def test_nothing_is_kept_of_a_yes_whose_letter_is_refused(offer, keys, at):
    refused(
        "Skriv hur",
        actions.consent_and_refer,
        offer=offer,
        **{**YES, "contact": " "},
        by=OFFICER,
        at=at,
    )
    refused(
        "högst 400",
        actions.consent_and_refer,
        offer=HelpOffer.objects.get(),
        **{**YES, "contact": "x" * 401},
        by=OFFICER,
        at=at,
    )


def test_a_consent_that_has_run_out_is_asked_for_anew(offer, keys, at):
    consent = actions.take_consent(
        offer=offer, pseudonym="P-1", scope="written", given_how="signed", by=OFFICER, at=at
    )
    later = at + timedelta(days=200)

    refused(
        "gått ut", actions.refer, consent=consent, contact="Ring.", needs="", by=OFFICER, at=later
    )


def test_a_consent_is_taken_back_by_its_pseudonym_and_the_services_are_told(referral, at):
    pseudonym = referral.consent.pseudonym

    actions.withdraw_by_pseudonym(pseudonym=f" {pseudonym.lower()} ", by=OFFICER, at=at)

    assert HelpOffer.objects.get().state == "WITHDRAWN"
    assert Consent.objects.get().withdrawn_at == at
    told = Outgoing.objects.get(kind="referral_withdraw")
    assert from_canonical(store.unseal(bytes(told.content))) == {"reference": referral.reference}
    refused("Ingen öppen", actions.withdraw_by_pseudonym, pseudonym=pseudonym, by=OFFICER, at=at)
    refused(
        "redan återtaget", actions.withdraw_consent, consent=referral.consent, by=OFFICER, at=at
    )


def test_a_consent_that_was_not_passed_on_is_taken_back_quietly(offer, at):
    consent = actions.take_consent(
        offer=offer, pseudonym="P-1", scope="written", given_how="signed", by=OFFICER, at=at
    )

    actions.withdraw_consent(consent=consent, by=OFFICER, at=at)

    assert not Outgoing.objects.exists()
    consent.refresh_from_db()
    refused("återtaget", actions.refer, consent=consent, contact="x", needs="", by=OFFICER, at=at)


def test_only_those_who_meet_people_take_a_consent_back(referral, analyst, at):
    refused("Din roll", actions.withdraw_by_pseudonym, pseudonym="P-1", by=analyst, at=at)
    refused("Din roll", actions.withdraw_consent, consent=referral.consent, by=analyst, at=at)


def status(reference, at, number=1):
    return Delivery.objects.create(
        letter_id=f"{number:032}",
        kind="referral_status",
        sender="services",
        sent_on=local_date(at),
        received_at=at,
        sealed_fields=store.seal(as_canonical({"reference": reference})),
    )


def test_the_services_receipt_is_noted_once(referral, at):
    status(referral.reference, at)
    status(referral.reference, at, number=2)

    assert actions.take_in_statuses(by=SYSTEM, at=at) == 2

    assert HelpOffer.objects.get().state == "RECEIVED_BY_SERVICES"
    assert Referral.objects.get().received_at == at
    assert acts().count("help.received") == 1


def test_a_receipt_after_the_withdrawal_changes_no_state(referral, at):
    actions.withdraw_consent(consent=referral.consent, by=OFFICER, at=at)
    status(referral.reference, at)

    actions.take_in_statuses(by=SYSTEM, at=at)

    assert HelpOffer.objects.get().state == "WITHDRAWN"
    assert Referral.objects.get().received_at == at


def test_a_receipt_of_nothing_we_know_stops_nobody(referral, at):
    status("okänd", at)
    status(referral.reference, at, number=2)

    assert actions.take_in_statuses(by=SYSTEM, at=at) == 2
    assert HelpOffer.objects.get().state == "RECEIVED_BY_SERVICES"


def test_counts_are_for_those_who_lead_and_of_one_operation_or_all(offer, shift, operation_lead):
    every = queries.offer_counts(reader=operation_lead)

    assert every["EXPOSED"]["OFFERED"] == 1
    assert sum(every["EXPOSED"].values()) == 1
    assert queries.offer_counts(reader=operation_lead, operation=shift.operation) == every
    with pytest.raises(Refused):
        queries.offer_counts(reader=OFFICER)


def test_an_officer_sees_the_offers_of_own_shifts_alone(offer, at):
    stranger = actor(access.FIELD_OFFICER, "yttre-9")
    coordinator = actor(access.REGIONAL_COORDINATOR)

    assert list(queries.offers_waiting(reader=OFFICER, at=at)) == [offer]
    assert not queries.offers_waiting(reader=stranger, at=at)
    assert list(queries.offers_waiting(reader=coordinator, at=at)) == [offer]
    assert not queries.offers_waiting(reader=OFFICER, at=at + timedelta(days=2))


def test_a_referral_without_a_receipt_is_overdue_after_a_day(referral, coordinator, at):
    assert not queries.overdue_referrals(reader=coordinator, at=at)
    assert queries.overdue_referrals(reader=coordinator, at=at + timedelta(hours=25)).count() == 1


def test_the_rows_say_what_they_are(referral):
    assert str(referral.consent.offer) == "person med erfarenhet av sex mot ersättning"
    assert str(referral.consent) == "ring upp mig"
    assert str(referral) == referral.reference


def test_a_damaged_receipt_waits_and_stops_no_other(referral, at):
    damaged = status("okänd", at)
    Delivery.objects.filter(pk=damaged.pk).update(sealed_fields=b"damaged")
    status(referral.reference, at, number=2)

    assert actions.take_in_statuses(by=SYSTEM, at=at) == 1
    damaged.refresh_from_db()
    assert damaged.taken_at is None
