"""A tip told by phone: with a code that is read out, and that opens the same kind of mailbox as a neighbour's own."""

import pytest
from django.db import connection
from tests.intake.conftest import GRADING
from tests.relay import become, relay_at_hand

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import actions as courier
from nosvidere.drop.queries import read_answers
from nosvidere.engine.sealing import Code, parse_code
from nosvidere.engine.sealing.receipt import ALPHABET, CHECK_ALPHABET
from nosvidere.intake import actions
from nosvidere.intake.models import Tip
from nosvidere.intake.present.calls import SPOKEN, spoken
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now, today
from nosvidere.rules.access import SOURCE_HANDLER

CALL = {
    "channel": "phone",
    "place_text": "Tångvägen 1",
    "text": "Många kommer och går.",
    "days": "1",
    "wants_code": "on",
}


@pytest.fixture
def relay(house, settings, tmp_path):
    """The police site with the relay at hand."""
    if connection.vendor != "sqlite":
        pytest.skip("the relay shares the test's connection, which needs SQLite")
    with relay_at_hand(settings, folder=tmp_path):
        become(settings, "police", folder=tmp_path)
        (settings.KEYS / "ad-key").write_bytes(b"k" * 32)
        yield


def test_the_code_is_read_out_once_and_opens_the_callers_mailbox(relay, sign_in):
    response = sign_in(SOURCE_HANDLER).post("/tips/nytt/", CALL)

    assert response.status_code == 201
    shown = response.context["code"]
    page = response.content.decode()
    assert shown.symbols in page
    assert all(f"<li>{word}</li>" in page for word in shown.words)
    tip = Tip.objects.get()
    assert tip.has_mailbox
    courier.push(at=now())
    (answer,) = read_answers(parse_code(" ".join(shown.words)), on=today())
    assert (answer.kind, answer.text) == ("status", "received")
    assert answer.proof
    assert AuditEvent.objects.filter(act="tip.give_code", object_id=str(tip.pk)).exists()


def test_a_question_reaches_whoever_called(relay, sign_in, source_handler):
    shown = sign_in(SOURCE_HANDLER).post("/tips/nytt/", CALL).context["code"]
    tip = Tip.objects.get()
    actions.open_tip(tip=tip, why="Läsning", by=source_handler, at=now())
    actions.grade_tip(tip=tip, grading=GRADING, by=source_handler, at=now())
    actions.ask_sender(tip=tip, question="Vilken våning?", by=source_handler, at=now())
    courier.push(at=now())

    texts = [answer.text for answer in read_answers(parse_code(shown.symbols), on=today())]

    assert texts == ["received", "read", "Vilken våning?"]


def test_without_the_drop_the_tip_is_kept_and_the_operator_told(house, settings, sign_in):
    settings.DROP_URL = "http://127.0.0.1:9"
    client = sign_in(SOURCE_HANDLER)

    response = client.post("/tips/nytt/", CALL, follow=True)

    assert "utan kod: Brevlådan svarar inte." in response.content.decode()
    assert not Tip.objects.get().has_mailbox


def test_a_tip_without_a_wish_for_a_code_gets_none(house, sign_in):
    told = {name: value for name, value in CALL.items() if name != "wants_code"}

    response = sign_in(SOURCE_HANDLER).post("/tips/nytt/", told)

    assert response.status_code == 302
    assert not Tip.objects.get().has_mailbox


def test_a_second_code_is_refused(relay, make_tip, source_handler):
    tip = make_tip()
    actions.give_code(tip=tip, by=source_handler, at=now())

    with pytest.raises(Refused, match="redan en kod"):
        actions.give_code(tip=tip, by=source_handler, at=now())


def test_only_a_source_handler_gives_a_code(make_tip, analyst):
    with pytest.raises(Refused):
        actions.give_code(tip=make_tip(), by=analyst, at=now())


def test_every_sign_of_a_code_can_be_said_and_no_two_sound_alike():
    assert set(SPOKEN) == set(CHECK_ALPHABET)
    assert len(set(SPOKEN.values())) == len(SPOKEN)
    assert set(ALPHABET) < set(SPOKEN)


def test_a_code_is_spelled_group_by_group():
    shown = spoken(Code(0))

    assert shown.groups[0] == ("0000", "nolla, nolla, nolla, nolla")
    assert len(shown.words) == 8
    assert "0000" not in repr(shown)
