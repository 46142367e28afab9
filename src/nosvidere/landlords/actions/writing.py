"""Notices drafted, changed, handed over to legal review, approved or stopped."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.intake.actions import next_diary_no
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.landlords.actions.moving import check_reason, move, set_values
from nosvidere.landlords.models import Notice, NoticeStep
from nosvidere.landlords.queries import observed_days
from nosvidere.leads.models import Lead
from nosvidere.register.models import Tenure
from nosvidere.register.queries import landlord_of
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.notice import check_draft, check_review


@transaction.atomic
def draft_notice(*, lead: Lead, extent_basis: str, by: Actor, at: datetime) -> Notice:
    """Draft a notice about a confirmed place to whoever lets it."""
    check_may(by, "notice.draft")
    tenure, days = _checked(lead, extent_basis)
    if lead.notices.filter(closed_at__isnull=True).exists():
        raise Refused("Det finns redan ett öppet brev om platsen.")
    notice = Notice.objects.create(
        lead=lead,
        place=lead.place,
        party=tenure.party,
        tenure=tenure.form,
        diary_no=next_diary_no(at),
        extent_basis=extent_basis.strip(),
        observed_on=days,
        drafted_by=by.code,
        drafted_at=at,
    )
    NoticeStep.objects.create(notice=notice, after="DRAFT", by=by.code, at=at)
    record(by=by, act="notice.draft", on=notice, at=at)
    return notice


def _checked(lead: Lead, extent_basis: str) -> tuple[Tenure, list[str]]:
    """Return who lets the place and the days on which signs were observed; raises Refused where they do not carry."""
    tenure = landlord_of(lead.place)
    if tenure is None:
        raise Refused("Registret säger inte vem som hyr ut. Lägg in hyresvärden först.")
    days = observed_days(lead)
    check_draft(
        lead_state=lead.state,
        observed_on=days,
        extent_basis=extent_basis,
        is_party_verified=tenure.party.is_verified,
    )
    return tenure, [day.isoformat() for day in days]


@transaction.atomic
def revise_notice(*, notice: Notice, extent_basis: str, by: Actor, at: datetime) -> None:
    """Change a draft: why the use is the whole or a substantial part; landlord and days are read anew."""
    check_may(by, "notice.draft")
    if notice.state != "DRAFT":
        raise Refused("Bara ett utkast kan ändras.")
    tenure, days = _checked(notice.lead, extent_basis)
    set_values(
        notice,
        party=tenure.party,
        tenure=tenure.form,
        extent_basis=extent_basis.strip(),
        observed_on=days,
    )
    record(by=by, act="notice.revise", on=notice, at=at)


@transaction.atomic
def ask_review(*, notice: Notice, by: Actor, at: datetime) -> None:
    """Hand a draft over to legal review."""
    check_may(by, "notice.draft")
    move(notice, "REVIEW", by=by, at=at)


@transaction.atomic
def approve_notice(
    *,
    notice: Notice,
    proportionality: str,
    ground: str,
    harm: Mapping[str, str],
    reservation: str = "",
    hold_until_on: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Approve a notice in legal review, with the decision to disclose and the answers to the questions of harm.

    `reservation` is what the landlord may not do with what is told (OSL 10:14); a notice may be held back up to
    fourteen days, so that whoever lives there is offered help first.
    """
    check_may(by, "notice.review")
    check_review(
        state=notice.state,
        drafted_by=notice.drafted_by,
        reviewer=by.code,
        proportionality=proportionality,
        ground=ground,
        harm=harm,
        on=local_date(at),
        hold_until_on=hold_until_on,
    )
    set_values(
        notice,
        proportionality=proportionality.strip(),
        disclosure_ground=ground,
        harm_check=dict(harm),
        reservation=reservation.strip(),
        hold_until_on=hold_until_on,
        reviewed_by=by.code,
        reviewed_at=at,
    )
    move(notice, "APPROVED", by=by, at=at, why=proportionality)


@transaction.atomic
def reject_notice(*, notice: Notice, why: str, by: Actor, at: datetime) -> None:
    """Stop a notice in legal review."""
    check_may(by, "notice.review")
    check_reason(why)
    move(notice, "REJECTED", by=by, at=at, why=why)
