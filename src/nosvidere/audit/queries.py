"""Questions to the log."""

from dataclasses import dataclass

from django.db.models import QuerySet

from nosvidere.audit.chain import link_hash
from nosvidere.audit.models import AuditEvent, AuditHead
from nosvidere.rules.access import Actor, check_may


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along the chain found."""

    events: int
    broken_at: int | None
    reason: str


def events_for(*, reader: Actor, act: str = "", actor: str = "") -> QuerySet[AuditEvent]:
    """Return the log, newest first, for a data protection officer."""
    check_may(reader, "audit.read")
    events = AuditEvent.objects.order_by("-seq")
    if act:
        events = events.filter(act__startswith=act)
    if actor:
        events = events.filter(actor=actor)
    return events


def verify_chain() -> Verification:
    """Return whether each row follows from the one before and the last one is the head's."""
    seq, digest = 0, "0" * 64
    for event in AuditEvent.objects.order_by("seq").iterator():
        reason = _fault(event, seq, digest)
        if reason:
            return Verification(seq, event.seq, reason)
        seq, digest = event.seq, event.hash
    head = AuditHead.objects.filter(id=1).first()
    if head is not None and (head.seq, head.hash) != (seq, digest):
        return Verification(
            seq, seq + 1, "De sista raderna saknas: kedjans ände pekar på en rad som inte finns."
        )
    return Verification(seq, None, "")


def _fault(event: AuditEvent, seq: int, digest: str) -> str:
    """Return what is wrong with a row that should follow (seq, digest), or nothing."""
    if event.seq != seq + 1:
        return f"Rad {seq + 1} saknas."
    if event.previous_hash != digest:
        return f"Rad {event.seq} följer inte på raden före."
    if link_hash(digest, event.content()) != event.hash:
        return f"Rad {event.seq} har ändrats efter att den skrevs."
    return ""
