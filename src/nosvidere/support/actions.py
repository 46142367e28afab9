"""Help offered, answered, passed on sealed, and taken back."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier.actions import mark_taken, push_letter, take_each
from nosvidere.courier.models import Delivery
from nosvidere.courier.queries import deliveries_waiting, open_delivery
from nosvidere.engine.sealing import new_code
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Shift
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.flows import HELP
from nosvidere.rules.help import (
    CONSENT_VERSION,
    check_answer,
    check_refer,
    consent_ends,
    consent_hash,
    referral_due,
)
from nosvidere.support.models import Consent, HelpOffer, Referral


@transaction.atomic
def offer_help(
    *,
    id: UUID,  # noqa: A002 - the sender's own id is the row's id
    shift: Shift,
    audience: str,
    with_interpreter: bool,
    in_private: bool,
    card_given: bool,
    reflection_period_told: bool = False,
    by: Actor,
    at: datetime,
) -> HelpOffer:
    """Note that help was offered on a shift, to no named person and at no named place; sent twice it counts once."""
    check_may(by, "help.offer")
    offer, is_new = HelpOffer.objects.get_or_create(
        id=id,
        defaults={
            "shift": shift,
            "audience": audience,
            "offered_at": at,
            "with_interpreter": with_interpreter,
            "in_private": in_private,
            "card_given": card_given,
            "reflection_period_told": reflection_period_told,
        },
    )
    if is_new:
        record(by=by, act="help.offer", at=at, fields={"audience": audience})
    return offer


@transaction.atomic
def answer_offer(*, offer: HelpOffer, answer: str, by: Actor, at: datetime) -> None:
    """Note a no, or that information was enough; a no is only ever a count."""
    check_may(by, "help.offer")
    check_answer(state=offer.state, answer=answer)
    if answer == "CONSENTED":
        raise Refused("Ett ja behöver ett samtycke: använd formuläret för det.")
    _move(offer, answer, at=at)
    if answer == "DECLINED":
        _keep_only_the_count(offer)
    record(by=by, act="help.answer", at=at, fields={"answer": answer})


def _keep_only_the_count(offer: HelpOffer) -> None:
    """Let a no say nothing but that it was one of the shift's: not when, not how."""
    when = offer.shift.starts_at
    HelpOffer.objects.filter(pk=offer.pk).update(
        offered_at=when,
        closed_at=when,
        with_interpreter=False,
        in_private=False,
        reflection_period_told=False,
    )


@transaction.atomic
def take_consent(
    *, offer: HelpOffer, pseudonym: str, scope: str, given_how: str, by: Actor, at: datetime
) -> Consent:
    """Keep that a person agreed to be contacted, to which text, in what way and until when."""
    check_may(by, "help.offer")
    check_answer(state=offer.state, answer="CONSENTED")
    consent = Consent.objects.create(
        offer=offer,
        pseudonym=pseudonym,
        text_version=CONSENT_VERSION,
        text_hash=consent_hash(),
        scope=scope,
        given_at=at,
        given_how=given_how,
        recorded_by=by.code,
        expires_on=consent_ends(local_date(at)),
    )
    _move(offer, "CONSENTED", at=at)
    record(by=by, act="help.consent", at=at, fields={"scope": scope})
    return consent


@transaction.atomic
def refer(*, consent: Consent, contact: str, needs: str, by: Actor, at: datetime) -> Referral:
    """Send what the person wants to say, sealed to the services' key; the police keep only that it was sent."""
    check_may(by, "help.offer")
    offer = consent.offer
    check_refer(
        state=offer.state,
        is_withdrawn=consent.withdrawn_at is not None,
        expires_on=consent.expires_on,
        on=local_date(at),
        contact=contact,
    )
    due_at = referral_due(at, consent.scope)
    referral = Referral.objects.create(
        consent=consent, reference=new_id().hex, sent_at=at, due_at=due_at
    )
    fields = {
        "pseudonym": consent.pseudonym,
        "contact": contact.strip(),
        "needs": needs.strip(),
        "scope": consent.scope,
        "interpreter": "yes" if offer.with_interpreter else "no",
        "due_at": due_at.isoformat(),
        "consent_version": consent.text_version,
        "consent_hash": consent.text_hash,
        "consented_on": local_date(consent.given_at).isoformat(),
        "expires_on": consent.expires_on.isoformat(),
    }
    push_letter(to="services", kind="referral", reference=referral.reference, fields=fields, at=at)
    _move(offer, "REFERRED", at=at)
    record(by=by, act="help.refer", at=at, fields={"scope": consent.scope})
    return referral


@transaction.atomic
def consent_and_refer(
    *,
    offer: HelpOffer,
    scope: str,
    given_how: str,
    contact: str,
    needs: str,
    by: Actor,
    at: datetime,
) -> Referral:
    """Take a consent under a pseudonym of ours and send the referral, both or neither."""
    consent = take_consent(
        offer=offer, pseudonym=_new_pseudonym(), scope=scope, given_how=given_how, by=by, at=at
    )
    return refer(consent=consent, contact=contact, needs=needs, by=by, at=at)


def _new_pseudonym() -> str:
    """Return a pseudonym that says nothing of anybody: the first part of a fresh code."""
    return f"P-{new_code().symbols[:9]}"


def withdraw_by_pseudonym(*, pseudonym: str, by: Actor, at: datetime) -> None:
    """Take back the consent that stands under a pseudonym."""
    check_may(by, "help.offer")
    consent = Consent.objects.filter(
        pseudonym__iexact=pseudonym.strip(), withdrawn_at__isnull=True
    ).first()
    if consent is None:
        raise Refused("Ingen öppen förmedling har den beteckningen. Läs på kortet igen.")
    withdraw_consent(consent=consent, by=by, at=at)


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Actor, at: datetime) -> None:
    """Take a consent back; if a referral has been sent, the services are told."""
    check_may(by, "help.offer")
    if not Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    ):
        raise Refused("Samtycket är redan återtaget.")
    referral = Referral.objects.filter(consent=consent).first()
    if referral is not None:
        push_letter(
            to="services",
            kind="referral_withdraw",
            reference=referral.reference,
            fields={},
            at=at,
        )
    _move(consent.offer, "WITHDRAWN", at=at)
    record(by=by, act="help.withdraw", at=at)


def take_in_statuses(*, by: Actor, at: datetime) -> int:
    """Note which referrals the services say they have received; nothing else comes back. Returns how many."""
    check_may(by, "help.offer")
    return take_each(deliveries_waiting("referral_status"), partial(_take_in, by=by, at=at))


@transaction.atomic
def _take_in(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    _received(open_delivery(delivery).get("reference", ""), by=by, at=at)
    mark_taken(delivery=delivery, at=at)


def _received(reference: str, *, by: Actor, at: datetime) -> None:
    referral = (
        Referral.objects.select_related("consent__offer").filter(reference=reference).first()
    )
    if referral is None or referral.received_at is not None:
        return
    Referral.objects.filter(pk=referral.pk).update(received_at=at)
    if HELP.can(referral.consent.offer.state, "RECEIVED_BY_SERVICES"):
        _move(referral.consent.offer, "RECEIVED_BY_SERVICES", at=at)
    record(by=by, act="help.received", at=at)


def _move(offer: HelpOffer, to: str, *, at: datetime) -> None:
    """Take an offer to a state; raises Refused when the flow or somebody else says no."""
    HELP.check(offer.state, to)
    closed_at = at if to in HELP.ends() else None
    if not HelpOffer.objects.filter(pk=offer.pk, state=offer.state).update(
        state=to, closed_at=closed_at
    ):
        raise Refused("Någon annan har ändrat erbjudandet. Läs in sidan igen.")
    offer.state, offer.closed_at = to, closed_at
