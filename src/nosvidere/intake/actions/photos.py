"""Photos: taken over from the courier, opened in a process apart, and shown to one source handler at a time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier import store
from nosvidere.engine.photos import BarePhoto, NotOpened
from nosvidere.engine.sealing import as_canonical
from nosvidere.intake.darkroom import develop
from nosvidere.intake.models import Photo, Tip
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import Actor, check_may

AT_A_TIME = 20


@transaction.atomic
def keep_photos(
    *, tip: Tip, contents: Sequence[bytes], may_tell: bool, by: Actor, at: datetime
) -> None:
    """Keep the photos that came with a letter, sealed and unopened, after those that the tip has."""
    first = tip.photos.count() + 1
    for position, content in enumerate(contents, start=first):
        photo = Photo.objects.create(
            tip=tip,
            position=position,
            received_at=at,
            sealed=store.seal(content),
            may_tell=may_tell,
        )
        record(by=by, act="photo.take_in", on=photo, at=at)


def develop_photos(*, by: Actor, at: datetime) -> int:
    """Open the photos that wait, each in a process of its own, and keep of each only the bare picture; return how many.

    One that cannot be opened is forgotten, with the reason noted; its tip stays as it is.
    """
    waiting = list(Photo.objects.filter(state="WAITING")[:AT_A_TIME])
    for photo in waiting:
        try:
            bare = develop(store.unseal(bytes(photo.sealed)), keep=photo.may_tell)
        except NotOpened as problem:
            _refuse(photo, str(problem), by=by, at=at)
        else:
            _keep_bare(photo, bare, by=by, at=at)
    return len(waiting)


@transaction.atomic
def _refuse(photo: Photo, problem: str, *, by: Actor, at: datetime) -> None:
    waiting = Photo.objects.filter(pk=photo.pk, state="WAITING")
    waiting.update(state="REFUSED", problem=problem, sealed=b"")
    record(by=by, act="photo.refuse", on=photo, at=at, fields={"problem": problem})


@transaction.atomic
def _keep_bare(photo: Photo, bare: BarePhoto, *, by: Actor, at: datetime) -> None:
    told = {"taken": bare.taken, "lat": _text(bare.lat), "lon": _text(bare.lon)}
    Photo.objects.filter(pk=photo.pk, state="WAITING").update(
        state="DEVELOPED",
        sealed=store.seal(bare.picture),
        sealed_told=store.seal(as_canonical({name: text for name, text in told.items() if text})),
        width=bare.width,
        height=bare.height,
    )
    record(by=by, act="photo.develop", on=photo, at=at)


def _text(degrees: float | None) -> str:
    return "" if degrees is None else str(degrees)


@transaction.atomic
def open_photo(*, photo: Photo, by: Actor, at: datetime) -> bytes:
    """Return the bare picture for a source handler who has opened its tip with a reason; the looking is in the log."""
    check_may(by, "tip.read")
    if photo.state != "DEVELOPED" or not photo.sealed:
        raise Refused("Bilden går inte att visa.")
    record(by=by, act="photo.read", on=photo.tip.item, at=at, fields={"photo": photo.position})
    return store.unseal(bytes(photo.sealed))
