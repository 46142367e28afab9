"""The outbox's end on the server: a batch of records from a phone, an answer for each."""

import json

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.field import actions
from nosvidere.field.models import Envelope
from nosvidere.kernel.time import now

MOST_ITEMS = 100


class Unreadable(ValueError):
    """What was sent is no batch; says in Swedish what is wrong with it."""


@require_POST
@needs("check.record")
def outbox(request: StaffRequest) -> JsonResponse:
    """Take a batch {"items": [...]} and answer for each item: stored, duplicate, held or rejected with the reason."""
    try:
        items = read_batch(request)
    except Unreadable as wrong:
        return JsonResponse({"error": str(wrong)}, status=400)
    taken = actions.receive(envelopes=items, by=request.actor, at=now())
    return JsonResponse({"items": [answer(envelope) for envelope in taken]})


def read_batch(request: HttpRequest) -> list[object]:
    """Return the items of a batch; raises Unreadable when it is none or too large."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Unreadable("Det som skickades är inte JSON. Inget har sparats.") from None
    items = sent.get("items") if isinstance(sent, dict) else None
    if not isinstance(items, list):
        raise Unreadable('Skicka {"items": [ … ]}. Inget har sparats.')
    if len(items) > MOST_ITEMS:
        raise Unreadable(f"Skicka högst {MOST_ITEMS} poster åt gången. Inget har sparats.")
    return items


def answer(envelope: Envelope) -> dict[str, str]:
    """Return what the phone is told about one item."""
    return {"id": str(envelope.pk), "result": envelope.result, "reason": envelope.reason}
