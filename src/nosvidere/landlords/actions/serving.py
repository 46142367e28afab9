"""Notices out of the house: sealed in a mailbox of their own, on paper with the code, and reminded of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier.actions import open_mailbox, send_answer
from nosvidere.engine.sealing import Code, derive, new_code
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.landlords.actions.moving import check_reason, move, set_values
from nosvidere.landlords.letter import notice_text
from nosvidere.landlords.models import Notice
from nosvidere.landlords.paper import letter_pdf
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.notice import ACKNOWLEDGE_DAYS, check_serve

LANDLORD_PAGE = "hyresvard/"  # on the public site


@dataclass(frozen=True, slots=True)
class Served:
    """A notice that is on its way, with the letter code that opens it; the code is kept nowhere."""

    notice: Notice
    code: Code


@transaction.atomic
def serve_notice(*, notice: Notice, by: Actor, at: datetime) -> Served:
    """Put the notice, sealed and signed, in a mailbox of its own, and return the code for the paper letter."""
    check_may(by, "notice.serve")
    on = local_date(at)
    check_serve(state=notice.state, hold_until_on=notice.hold_until_on, on=on)
    code = new_code()
    tag, mailbox = open_mailbox(code=code, at=at)
    send_answer(tag=tag, mailbox=mailbox, kind="notice", text=notice_text(notice, on=on), at=at)
    set_values(
        notice,
        sent_at=at,
        mailbox_tag=tag,
        mailbox_public=mailbox,
        acknowledge_by_on=on + timedelta(days=ACKNOWLEDGE_DAYS),
    )
    move(notice, "SENT", by=by, at=at)
    return Served(notice, code)


@transaction.atomic
def print_letter(*, notice: Notice, code: Code, by: Actor, at: datetime) -> bytes:
    """Return the letter as PDF with the code that was just shown; raises Refused for a code that is not this letter's."""
    check_may(by, "notice.serve")
    if notice.sent_at is None:
        raise Refused("Brevet är inte skickat.")
    if derive(code, settings.TENANT).public_key != bytes(notice.mailbox_public):
        raise Refused("Koden hör inte till det här brevet.")
    record(by=by, act="notice.print", on=notice, at=at)
    address = f"{settings.PUBLIC_URL.rstrip('/')}/{LANDLORD_PAGE}"
    return letter_pdf(notice, code=code, address=address, on=local_date(notice.sent_at))


@transaction.atomic
def write_again(*, notice: Notice, text: str, by: Actor, at: datetime) -> None:
    """Write to the landlord in the notice's mailbox: a reminder, or an answer to what the landlord wrote."""
    check_may(by, "notice.serve")
    check_reason(text)
    if not notice.mailbox_public or notice.closed_at is not None:
        raise Refused("Brevlådan är inte öppen: brevet är inte skickat, eller är avslutat.")
    send_answer(
        tag=notice.mailbox_tag,
        mailbox=bytes(notice.mailbox_public),
        kind="notice",
        text=f"Dnr {notice.diary_no}, {local_date(at).isoformat()}.\n\n{text.strip()}",
        at=at,
    )
    record(by=by, act="notice.write", on=notice, at=at)
