"""The pictures of a tip: shown for a quarter of an hour to the source handler who opened the tip with a reason."""

from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.intake import actions, queries
from nosvidere.intake.models import Photo, Tip
from nosvidere.intake.present import tips as present
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now
from nosvidere.rules.access import Actor

OPEN_SECONDS = 15 * 60
SALT = "nosvidere.intake.photo"
FORBIDDEN = 403
GONE = 410


def shown(tip: Tip, reader: Actor) -> list[present.ShownPhoto]:
    """Return the photos of a tip that this reader has just opened."""
    return [
        present.shown_photo(photo, told, href=_href(photo, reader))
        for photo, told in queries.photos_of(reader=reader, tip=tip)
    ]


@needs("tip.read")
@require_safe
def photo(request: StaffRequest, pk: UUID, position: int) -> HttpResponse:
    """Show one picture to whoever has opened its tip in the last quarter of an hour; open_photo logs it."""
    found = get_object_or_404(Photo.objects.select_related("tip__item"), tip=pk, position=position)
    if not _holds(request.GET.get("open", ""), found, request.actor):
        return HttpResponse(status=FORBIDDEN)
    try:
        picture = actions.open_photo(photo=found, by=request.actor, at=now())
    except Refused:
        return HttpResponse(status=GONE)
    return HttpResponse(picture, content_type="image/jpeg")


def _href(shown: Photo, reader: Actor) -> str:
    address = reverse("intake:photo", args=[shown.tip_id, shown.position])
    return f"{address}?open={TimestampSigner(salt=SALT).sign(_opening(shown, reader))}"


def _holds(ticket: str, shown: Photo, reader: Actor) -> bool:
    try:
        opening = TimestampSigner(salt=SALT).unsign(ticket, max_age=OPEN_SECONDS)
    except BadSignature:
        return False
    return opening == _opening(shown, reader)


def _opening(shown: Photo, reader: Actor) -> str:
    return f"{shown.pk}.{reader.code}"
