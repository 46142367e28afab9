"""Letters and answers on the public host."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from nosvidere.drop import actions, queries
from nosvidere.drop.actions import OutgoingAnswer, SpoolFull
from nosvidere.drop.derivation import Busy, DerivationPool
from nosvidere.drop.models import Answer, Attachment, Bulletin, KeyList, Letter
from nosvidere.drop.parties import NoParty
from nosvidere.drop.queries import AnswersDamaged, NoKeys
from nosvidere.engine import sealing
from nosvidere.engine.sealing import FIRST, Code, FieldRefused, Unreadable
from nosvidere.kernel.refused import Refused

ON = date(2020, 10, 1)
CODE = Code(2020)


@pytest.fixture(scope="module")
def mailbox():
    return sealing.derive(CODE, "demo")


@pytest.fixture
def send(published, mailbox):
    """Return a function that sends a tip from the public."""

    def do(**changes):
        given = {
            "to": "police",
            "kind": "tip",
            "fields": {"saw": "Många besök."},
            "mailbox": mailbox,
            "lang": "sv",
            "on": ON,
        }
        actions.accept_letter(**given | changes)

    return do


def answers_of(police, tag, *texts):
    """Return a chain of answers as the police make them."""
    before, answers = FIRST, []
    for seq, text in enumerate(texts, start=1):
        blob = sealing.sign_answer(
            text,
            seq=seq,
            prev_hash=before,
            tag=bytes.fromhex(tag),
            signing_key=police.reply,
            mailbox_public=sealing.derive(CODE, "demo").public_key,
            day=ON,
        )
        answers.append(OutgoingAnswer(tag, seq, blob))
        before = sealing.answer_hash(blob)
    return answers


def test_a_letter_can_be_opened_by_its_receiver_alone(send, police, services):
    send()

    letter = Letter.objects.get()
    opened = sealing.open_letter(bytes(letter.blob), police.intake)
    assert opened.fields == {"saw": "Många besök."}
    assert (opened.tag.hex(), opened.epoch) == (letter.tag, letter.epoch)
    with pytest.raises(Unreadable):
        sealing.open_letter(bytes(letter.blob), services.intake)


def test_a_letter_leaves_nothing_readable_behind(send, mailbox):
    send(fields={"saw": "KANARIEFÅGEL"}, code=CODE)

    row = str(Letter.objects.values().get()).encode() + bytes(Letter.objects.get().blob)
    assert "KANARIEFÅGEL".encode() not in row
    assert mailbox.mid not in row
    assert CODE.symbols.encode() not in row


def test_attachments_lie_sealed_beside_their_letter(send, police):
    send(attachments=[b"photo one", b"photo two"])

    letter = Letter.objects.get()
    keys = sealing.open_letter(bytes(letter.blob), police.intake).attachments
    found = [
        sealing.open_attachment(bytes(Attachment.objects.get(id=key.id.hex()).blob), key)
        for key in keys
    ]
    assert found == [b"photo one", b"photo two"]


@pytest.mark.parametrize("form", ["symbols", "bare", "words", "lower"])
def test_a_letter_that_holds_its_own_code_is_refused(send, form):
    forms = {
        "symbols": CODE.symbols,
        "bare": CODE.symbols.replace("-", ""),
        "words": " ".join(CODE.words()),
        "lower": CODE.symbols.lower().replace("-", " "),
    }

    with pytest.raises(Refused, match="Skriv inte koden"):
        send(fields={"saw": f"min kod är {forms[form]} tack"}, code=CODE)
    assert not Letter.objects.exists()


def test_only_the_publics_kinds_come_from_the_public(send):
    with pytest.raises(Refused, match="referral_status"):
        send(kind="referral_status", fields={"status": "RECEIVED"})


def test_a_field_outside_the_list_is_refused(send):
    with pytest.raises(FieldRefused):
        send(fields={"score": "9"})
    assert not Letter.objects.exists()


def test_a_full_spool_keeps_its_last_tenth_for_those_in_no_lower_lane(send, monkeypatch):
    monkeypatch.setattr(actions, "SPOOL_LIMIT", 2)
    monkeypatch.setattr(actions, "SPOOL_RESERVE", 1)
    send(fields={"lane": "slow"})

    with pytest.raises(SpoolFull):
        send(fields={"lane": "slow"})
    send()
    with pytest.raises(SpoolFull):
        send()


def test_without_published_keys_nothing_is_sealed(host, mailbox):
    with pytest.raises(NoKeys, match="inte lagt upp"):
        queries.keys_of("police", on=ON)


@pytest.mark.parametrize("days", [1, 7, 14, 20])
def test_letters_are_taken_for_weeks_while_the_inside_is_down(send, police, days):
    send(on=ON + timedelta(days))

    assert sealing.open_letter(
        bytes(Letter.objects.get().blob), police.intake
    ).day == ON + timedelta(days)


def test_expired_keys_are_refused(send):
    with pytest.raises(NoKeys, match="gått ut"):
        send(on=ON + timedelta(21))


def test_keys_signed_by_another_are_not_published(host, police, services):
    with pytest.raises(Unreadable):
        actions.publish_keys(party="police", signed=services.key_list(), on=ON)
    assert not KeyList.objects.exists()


def test_an_older_list_never_replaces_a_newer(published, police):
    older = police.key_list(on=ON - timedelta(1))

    with pytest.raises(Refused, match="äldre"):
        actions.publish_keys(party="police", signed=older, on=ON)


def test_parties_without_keys_are_told(host):
    host.PARTIES.write_text('{"police": {"verify": "x"}}')

    with pytest.raises(NoParty, match="police"):
        actions.publish_keys(party="police", signed=b"", on=ON)


def test_acknowledged_letters_are_gone_with_their_files(send):
    send(attachments=[b"photo"])
    send()
    ids = list(Letter.objects.values_list("id", flat=True))

    assert actions.acknowledge(party="police", ids=ids[:1]) == 1
    assert actions.acknowledge(party="police", ids=ids) == 1
    assert not Letter.objects.exists()
    assert not Attachment.objects.exists()


def test_a_party_cannot_acknowledge_the_others_letters(send):
    send()

    assert actions.acknowledge(party="services", ids=[Letter.objects.get().id]) == 0


@pytest.mark.django_db(transaction=True)
def test_the_log_of_the_database_is_emptied_after_an_acknowledgement(send):
    send()

    assert actions.acknowledge(party="police", ids=[Letter.objects.get().id]) == 1
    assert connection.vendor != "sqlite" or not connection.in_atomic_block


def test_letters_come_in_pages_in_the_order_of_their_random_ids(send):
    for _ in range(25):
        send()

    first = queries.letters_for("police")
    second = queries.letters_for("police", after=first[-1].id)

    ids = [letter.id for letter in [*first, *second]]
    assert (len(first), len(second)) == (20, 5)
    assert ids == sorted(ids)
    assert queries.letters_for("services") == []


def test_a_code_without_answers_and_an_unknown_code_are_the_same(send):
    send()

    assert queries.read_answers(CODE, on=ON) == queries.read_answers(Code(1), on=ON) == []


def test_a_code_reads_its_answers(published, police, mailbox):
    tag = queries.tag_of(mailbox.mid)
    assert actions.post_answers(answers=answers_of(police, tag, "Tack.", "När?"), on=ON) == 2

    assert [answer.text for answer in queries.read_answers(CODE, on=ON)] == ["Tack.", "När?"]


def test_the_same_answers_again_change_nothing(published, police, mailbox):
    answers = answers_of(police, queries.tag_of(mailbox.mid), "Tack.", "När?")
    actions.post_answers(answers=answers, on=ON)

    assert actions.post_answers(answers=answers, on=ON) == 0
    assert Answer.objects.count() == 2


def test_a_new_chain_replaces_the_old(published, police, mailbox):
    tag = queries.tag_of(mailbox.mid)
    actions.post_answers(answers=answers_of(police, tag, "Tack.", "När?"), on=ON)

    actions.post_answers(answers=answers_of(police, tag, "Åter öppet."), on=ON)

    assert [answer.text for answer in queries.read_answers(CODE, on=ON)] == ["Åter öppet."]


def test_a_missing_answer_is_noticed(published, police, mailbox):
    answers = answers_of(police, queries.tag_of(mailbox.mid), "Tack.", "När?")
    actions.post_answers(answers=answers[1:], on=ON)

    with pytest.raises(AnswersDamaged):
        queries.read_answers(CODE, on=ON)


def test_an_answer_of_another_size_is_refused(host):
    with pytest.raises(Refused, match="storleken"):
        actions.post_answers(answers=[OutgoingAnswer("0" * 64, 1, b"x")], on=ON)


def test_a_partys_letter_lies_once_however_often_it_is_sent(host):
    given = {"to": "services", "letter_id": "a" * 32, "epoch": 143, "blob": bytes(4144), "on": ON}

    assert actions.take_in_sealed(**given) is True
    assert actions.take_in_sealed(**given) is False
    assert Letter.objects.get().tag == ""


def test_a_partys_letter_of_another_size_is_refused(host):
    with pytest.raises(Refused, match="storleken"):
        actions.take_in_sealed(to="services", letter_id="a" * 32, epoch=143, blob=b"x", on=ON)


def test_a_bulletin_is_shown_as_it_was_signed(host, police, at):
    signed = sealing.sign_bulletin(
        {"n": 7}, party="police", name="picture", issued_at=at, signing_key=police.signing
    )

    assert queries.bulletin("picture") is None
    assert actions.publish_bulletin(signed=signed) == "picture"
    assert queries.bulletin("picture") == {"n": 7}


def test_an_older_bulletin_never_replaces_a_newer(host, police, at):
    def signed(issued_at):
        return sealing.sign_bulletin(
            {}, party="police", name="p", issued_at=issued_at, signing_key=police.signing
        )

    actions.publish_bulletin(signed=signed(at))
    with pytest.raises(Refused, match="nyare"):
        actions.publish_bulletin(signed=signed(at - timedelta(1)))


def test_a_bulletin_that_was_changed_in_the_database_is_not_shown(host, police, at):
    signed = sealing.sign_bulletin(
        {"n": 7}, party="police", name="p", issued_at=at, signing_key=police.signing
    )
    Bulletin.objects.create(name="p", issued_at=at, signed=signed.replace(b"7", b"8"))

    with pytest.raises(Unreadable):
        queries.bulletin("p")


def test_what_nobody_can_or_should_read_is_purged(send, police, mailbox):
    send()
    tag = queries.tag_of(mailbox.mid)
    actions.post_answers(answers=answers_of(police, tag, "Tack."), on=ON)

    def purge_after(days):
        on = ON + timedelta(days)
        actions.publish_keys(party="police", signed=police.key_list(on), on=on)
        return actions.purge(on=on)

    assert purge_after(30) == {"letters": 0, "answers": 0}
    assert purge_after(31) == {"letters": 0, "answers": 1}
    assert purge_after(60) == {"letters": 1, "answers": 0}


@pytest.mark.parametrize("days", [22, 60, 365])
def test_a_wrong_clock_or_a_silent_inside_deletes_nothing(send, police, mailbox, days):
    send()
    tag = queries.tag_of(mailbox.mid)
    actions.post_answers(answers=answers_of(police, tag, "Tack."), on=ON)

    assert actions.purge(on=ON + timedelta(days)) == {"letters": 0, "answers": 0}
    assert Letter.objects.count() == 1


def test_a_full_queue_before_the_slow_step_is_told_at_once():
    pool = DerivationPool(at_a_time=1, queue_limit=0)
    inside, done = threading.Event(), threading.Event()

    class SlowCode(Code):
        @property
        def secret(self):
            inside.set()
            done.wait(5)
            return bytes(10)

    waiting = threading.Thread(target=pool.mailbox, args=(SlowCode(1),), kwargs={"tenant": "demo"})
    waiting.start()
    inside.wait(5)
    try:
        with pytest.raises(Busy):
            pool.mailbox(CODE, tenant="demo")
    finally:
        done.set()
        waiting.join()
    assert pool.mailbox(CODE, tenant="demo") == sealing.derive(CODE, "demo")


def test_each_field_says_how_long_it_is_kept():
    for model in (Letter, Attachment, Answer, KeyList, Bulletin):
        assert set(model.KEPT) == {field.name for field in model._meta.concrete_fields}
        assert str(model()) is not None
