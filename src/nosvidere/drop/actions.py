"""Letters in, letters and answers out, and nothing kept longer than needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max, Sum
from django.db.models.functions import Length

from nosvidere.drop.models import (
    PARTIES,
    Answer,
    Attachment,
    Bulletin,
    KeyList,
    Letter,
    UsedForm,
    UsedNonce,
)
from nosvidere.drop.parties import MAY_ANSWER, NoParty, party_named
from nosvidere.drop.queries import NoKeys, keys_of, tag_of
from nosvidere.engine import sealing
from nosvidere.engine.sealing import ANSWER_BLOB, PUBLIC_FIELDS, Code, Epoch, Mailbox
from nosvidere.kernel.refused import Refused
from nosvidere.rules.keeping import REPLY_BOX_DAYS

SPOOL_LIMIT = 100_000
SPOOL_RESERVE = 10_000  # the last tenth is for those in no lower lane
FILES_LIMIT = (
    8 * 1024**3
)  # bytes of sealed files; when they are reached, letters without files still go in
FILES_RESERVE = 2 * 1024**3
SLOW = "slow"
FORM_DAYS = 2
NONCE_SECONDS = 300
DESTROYED_AFTER_DAYS = 30


class SpoolFull(Refused):
    """The inside has not fetched for so long that no more letters fit."""


class NoRoomForFiles(Refused):
    """The inside has not fetched for so long that no more files fit; letters without files still do."""


class FormUsed(Refused):
    """The form has been sent before: its letter is here, and this one is not taken."""


@dataclass(frozen=True, slots=True)
class OutgoingAnswer:
    """A sealed answer on its way to a mailbox."""

    tag: str
    seq: int
    blob: bytes


def accept_letter(
    *,
    to: str,
    kind: str,
    fields: Mapping[str, str],
    mailbox: Mailbox,
    lang: str,
    on: date,
    attachments: Sequence[bytes] = (),
    code: Code | None = None,
    form: str = "",
) -> None:
    """Seal a letter from the public to a party and store it; when this returns it is on the disk.

    `code` is the one whose mailbox it is: a letter that holds it is refused, so that the code cannot be read
    from the letter. `form` is the mark of the form that it came with, which is taken once. Raises FieldRefused,
    NoKeys, SpoolFull, NoRoomForFiles, FormUsed.
    """
    if kind not in PUBLIC_FIELDS:
        raise Refused("Det finns inget brev av slaget {kind}.", kind=kind)
    _refuse_code(fields, code)
    _check_room(attachments, is_slow=fields.get("lane") == SLOW)
    keys = keys_of(to, on=on).current(on)
    tag = tag_of(mailbox.mid)
    sealed = [sealing.seal_attachment(content) for content in attachments]
    blob = sealing.seal_letter(
        fields,
        recipient_public=keys.public_key,
        mailbox_public=mailbox.public_key,
        tag=bytes.fromhex(tag),
        epoch=keys.number,
        day=on,
        lang=lang,
        kind=kind,
        attachments=[key for key, _ in sealed],
    )
    files = {key.id.hex(): content for key, content in sealed}
    _store(Letter(to=to, epoch=keys.number, day=on, tag=tag, blob=blob), files, form=form)


@transaction.atomic
def take_in_sealed(*, to: str, letter_id: str, epoch: int, blob: bytes, on: date) -> bool:
    """Store a letter that an inside party sealed to the other; return whether it was new.

    The sender gives the id, so that a letter sent twice lies here once.
    """
    if not sealing.is_letter_size(len(blob)):
        raise Refused("Ett brev har inte den storleken: {size} byte.", size=len(blob))
    _check_spool(is_slow=False)
    row = {"to": to, "epoch": epoch, "day": on, "tag": "", "blob": blob}
    _, is_new = Letter.objects.get_or_create(id=letter_id, defaults=row)
    return is_new


def acknowledge(*, party: str, ids: Sequence[str]) -> int:
    """Delete the letters that a party has stored on its side, also from the log of the database; return how many."""
    with transaction.atomic():
        Attachment.objects.filter(letter__to=party, letter__in=ids).delete()
        count, _ = Letter.objects.filter(to=party, id__in=ids).delete()
    _shrink_log()
    return count


@transaction.atomic
def post_answers(*, answers: Sequence[OutgoingAnswer], on: date) -> int:
    """Store answers for their mailboxes; return how many were new: the same answer twice lies here once.

    An answer numbered one opens the chain anew, so what its mailbox held before is gone.
    """
    new = 0
    for answer in answers:
        if len(answer.blob) != ANSWER_BLOB:
            raise Refused("Ett svar har inte den storleken: {size} byte.", size=len(answer.blob))
        held = Answer.objects.filter(tag=answer.tag, seq=answer.seq).first()
        if held is not None and bytes(held.blob) == answer.blob:
            continue
        if answer.seq == 1:
            Answer.objects.filter(tag=answer.tag).delete()
        Answer.objects.update_or_create(
            tag=answer.tag, seq=answer.seq, defaults={"day": on, "blob": answer.blob}
        )
        new += 1
    return new


@transaction.atomic
def publish_keys(*, party: str, signed: bytes, on: date) -> None:
    """Keep a party's new key list; raise Unreadable when its organisation has not signed it, Refused when it is older."""
    organisation = party_named(party).organisation
    listed = sealing.open_epochs(signed, verify_key=organisation, party=party, on=on)
    held = KeyList.objects.select_for_update().filter(party=party).first()
    if held is not None and held.issued_on > listed.issued_on:
        raise Refused("Nyckellistan är äldre än den som redan ligger uppe.")
    row = {"issued_on": listed.issued_on, "signed": signed}
    KeyList.objects.update_or_create(party=party, defaults=row)


@transaction.atomic
def publish_bulletin(*, signed: bytes) -> str:
    """Keep what the police publish under its name, in place of the one before; return the name."""
    verify_key = party_named(MAY_ANSWER).verify
    opened = sealing.open_bulletin(signed, verify_key=verify_key, party=MAY_ANSWER)
    held = Bulletin.objects.select_for_update().filter(name=opened.name).first()
    if held is not None and held.issued_at > opened.issued_at:
        raise Refused("Det som ligger uppe är nyare.")
    row = {"issued_at": opened.issued_at, "signed": signed}
    Bulletin.objects.update_or_create(name=opened.name, defaults=row)
    return opened.name


@transaction.atomic
def use_nonce(*, nonce: str, at: int) -> bool:
    """Remember a request's nonce and forget old ones; return False when it has been used before."""
    UsedNonce.objects.filter(at__lt=at - NONCE_SECONDS).delete()
    _, is_new = UsedNonce.objects.get_or_create(nonce=nonce, defaults={"at": at})
    return is_new


@transaction.atomic
def purge(*, on: date) -> dict[str, int]:
    """Delete what nobody can or should read any more; return how many letters and answers went.

    Letters whose key is destroyed on the inside, and mailboxes without an answer for thirty days; each only while the
    party has keys that hold on the day. A clock that is wrong, or an inside that is down, deletes nothing.
    """
    UsedForm.objects.filter(day__lte=on - timedelta(FORM_DAYS)).delete()
    heard = [party for party, _ in PARTIES if _is_heard(party, on=on)]
    return {
        "letters": _purge_letters(heard, on=on),
        "answers": _purge_answers(on=on) if MAY_ANSWER in heard else 0,
    }


def _is_heard(party: str, *, on: date) -> bool:
    try:
        keys_of(party, on=on)
    except (NoKeys, NoParty):
        return False
    return True


def _purge_letters(heard: Sequence[str], *, on: date) -> int:
    old = [
        n for n in _epochs_held() if Epoch(n, b"").ends_on + timedelta(DESTROYED_AFTER_DAYS) <= on
    ]
    letters = Letter.objects.filter(epoch__in=old, to__in=heard)
    count = letters.count()
    letters.delete()
    return count


def _purge_answers(*, on: date) -> int:
    silent = Answer.objects.order_by().values("tag").annotate(newest=Max("day"))
    tags = silent.filter(newest__lt=on - timedelta(REPLY_BOX_DAYS)).values_list("tag", flat=True)
    count, _ = Answer.objects.filter(tag__in=list(tags)).delete()
    return count


def _epochs_held() -> list[int]:
    return list(Letter.objects.order_by().values_list("epoch", flat=True).distinct())


@transaction.atomic
def _store(letter: Letter, files: Mapping[str, bytes], *, form: str) -> None:
    if form and not UsedForm.objects.get_or_create(mark=form, defaults={"day": letter.day})[1]:
        raise FormUsed(
            "Det här är redan skickat. Fick du ingen kod? Tryck på Skicka en gång till."
        )
    letter.save(force_insert=True)
    Attachment.objects.bulk_create(
        Attachment(id=name, letter=letter, blob=blob) for name, blob in files.items()
    )


def _check_spool(*, is_slow: bool) -> None:
    limit = SPOOL_LIMIT - SPOOL_RESERVE if is_slow else SPOOL_LIMIT
    if Letter.objects.count() >= limit:
        raise SpoolFull("Vi kan inte ta emot fler just nu. Ring 114 14; vid fara 112.")


def _check_room(attachments: Sequence[bytes], *, is_slow: bool) -> None:
    _check_spool(is_slow=is_slow)
    if attachments:
        _check_files(sum(map(len, attachments)), is_slow=is_slow)


def _check_files(size: int, *, is_slow: bool) -> None:
    held = Attachment.objects.aggregate(bytes=Sum(Length("blob")))["bytes"] or 0
    limit = FILES_LIMIT - FILES_RESERVE if is_slow else FILES_LIMIT
    if held + size > limit:
        raise NoRoomForFiles(
            "Vi kan inte ta emot bilder just nu. Skicka texten nu och bilderna senare, med koden."
        )


def _refuse_code(fields: Mapping[str, str], code: Code | None) -> None:
    """Refuse a letter that holds its own code, as symbols or as words, with or without marks between."""
    if code is None:
        return
    forms = {_bare(code.symbols), _bare("".join(code.words()))}
    if any(form in _bare(text) for text in fields.values() for form in forms):
        raise Refused("Skriv inte koden i texten: den är bara din. Ta bort den och skicka igen.")


def _bare(text: str) -> str:
    return "".join(mark for mark in text.upper() if mark.isalnum() or mark in "*~$=")


def _shrink_log() -> None:
    """Empty SQLite's write-ahead log, where deleted rows would otherwise linger; a log in use waits for next time."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
