"""The one way to write in the log."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction

from nosvidere.audit.chain import link_hash
from nosvidere.audit.models import AuditEvent, AuditHead
from nosvidere.rules.access import Actor


@transaction.atomic
def record(
    *,
    by: Actor,
    act: str,
    at: datetime,
    on: models.Model | None = None,
    why: str = "",
    fields: Mapping[str, str | int | bool | None] | None = None,
) -> AuditEvent:
    """Append one event to the chain, in the caller's transaction, and return it.

    `fields` carries codes and counts, never names, addresses or free text from a tip.
    """
    AuditHead.objects.get_or_create(id=1)
    head = AuditHead.objects.select_for_update().get(id=1)
    event = AuditEvent(
        seq=head.seq + 1,
        at=at,
        actor=by.code,
        roles=",".join(sorted(by.roles)),
        act=act,
        object_kind=on._meta.label_lower if on is not None else "",  # noqa: SLF001 - the public name of a model
        object_id=str(on.pk) if on is not None else "",
        why=why,
        fields=dict(fields or {}),
        previous_hash=head.hash,
    )
    event.hash = link_hash(head.hash, event.content())
    event.save(force_insert=True)
    AuditHead.objects.filter(id=1).update(seq=event.seq, hash=event.hash)
    return event
