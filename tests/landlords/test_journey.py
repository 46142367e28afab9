"""One notice all the way: written, served by the page, answered on the public side, the clock started, held."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from nosvidere.courier import actions as courier
from nosvidere.drop.actions import accept_letter
from nosvidere.drop.queries import mailbox_of, read_answers
from nosvidere.engine.sealing import Code, parse_code
from nosvidere.kernel.time import local_date, now
from nosvidere.landlords import actions
from nosvidere.landlords.models import Measure, Notice
from nosvidere.rules.access import SYSTEM
from nosvidere.rules.notice import add_months


def everything_written(folder: Path) -> Iterator[bytes]:
    """Yield each row of each table and each file, as bytes."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield b"|".join(_as_bytes(value) for value in row)
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.read_bytes()


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def forms_of(code: Code) -> list[bytes]:
    """Return each form in which the code could lie somewhere."""
    bare = code.symbols.replace("-", "")
    words = code.words("sv")
    texts = [code.symbols, bare, bare[:12], " ".join(words), " ".join(words[:3]), ",".join(words)]
    return [*(text.encode() for text in texts), code.secret, code.secret.hex().encode()]


def test_a_landlord_learns_answers_and_the_measure_holds(sign_in, police, approved, analyst):
    shown = sign_in("analyst").post(reverse("landlords:serve", args=[approved.pk]))
    code = parse_code(shown.context["symbols"])
    courier.exchange(at=now())
    (told,) = read_answers(code, on=local_date(now()))
    assert "du har fått veta det" in told.text

    today = local_date(now())
    for fields in (
        {"act": "acknowledged", "text": "Vi undersöker."},
        {"act": "measure", "measure": "letting_ended", "taken_on": today.isoformat()},
    ):
        accept_letter(
            to="police",
            kind="landlord",
            fields=fields,
            mailbox=mailbox_of(code),
            lang="sv",
            on=today,
            code=code,
        )
    courier.exchange(at=now())
    assert actions.take_in_replies(by=SYSTEM, at=now()) == 2

    notice = Notice.objects.get()
    assert notice.legal_deadline_on == add_months(local_date(notice.knows_since_at), 6)
    assert notice.state == "MEASURE_TAKEN"
    actions.verify_measure(notice=notice, by=analyst, at=now())
    assert Measure.objects.get().has_held
    answers = [(answer.kind, answer.text) for answer in read_answers(code, on=today)]
    assert answers[1:] == [("status", "received"), ("status", "received")]


def test_the_code_of_a_letter_is_in_no_table_no_file_and_no_log(
    sign_in, police, approved, tmp_path, caplog
):
    caplog.set_level(logging.DEBUG)
    client = sign_in("analyst")
    code = parse_code(
        client.post(reverse("landlords:serve", args=[approved.pk])).context["symbols"]
    )
    client.post(reverse("landlords:letter", args=[approved.pk]), {"code": code.symbols})
    accept_letter(
        to="police",
        kind="landlord",
        fields={"act": "acknowledged"},
        mailbox=mailbox_of(code),
        lang="sv",
        on=local_date(now()),
        code=code,
    )
    courier.exchange(at=now())
    actions.take_in_replies(by=SYSTEM, at=now() + timedelta(minutes=1))

    written = [*everything_written(tmp_path), caplog.text.encode()]

    assert any(approved.diary_no.encode() in row for row in written)
    for form in forms_of(code):
        assert not any(form in row for row in written)


@pytest.mark.parametrize("field", ["text", "plan"])
def test_a_landlord_who_writes_the_code_in_the_answer_is_asked_not_to(served, write_back, field):
    from nosvidere.kernel.refused import Refused

    with pytest.raises(Refused, match="Skriv inte koden"):
        write_back(served.code, act="acknowledged", **{field: f"Min kod är {served.code.symbols}"})
