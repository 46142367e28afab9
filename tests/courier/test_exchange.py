"""The courier against the real relay: letters in, answers and letters out."""

from datetime import timedelta

import pytest
from tests.relay import become, relay_at_hand

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import actions, drop_client, queries, store
from nosvidere.courier.actions import pulling
from nosvidere.courier.drop_client import Drop, DropRefused, DropUnreachable
from nosvidere.courier.keys import OwnKeys
from nosvidere.courier.models import Contact, Delivery, Enclosure, Outgoing, Thread
from nosvidere.drop import actions as drop_actions
from nosvidere.drop import queries as drop_queries
from nosvidere.drop.models import Answer, Attachment, KeyList, Letter
from nosvidere.engine import sealing
from nosvidere.engine.sealing import Code, FieldRefused, Unreadable
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date, now

CODE = Code(2020)
TIP = {"saw": "Många besök.", "place": "Tångvägen 3"}


@pytest.fixture(scope="module")
def mailbox():
    return sealing.derive(CODE, "demo")


@pytest.fixture
def switch(db, settings, tmp_path):
    """Return a function that turns the process into one of the parties, with the relay at hand."""
    with relay_at_hand(settings, folder=tmp_path):
        yield lambda party: become(settings, party, folder=tmp_path)


@pytest.fixture
def police(switch):
    switch("police")


@pytest.fixture
def send(police, mailbox):
    """Return a function that sends a letter from the public."""

    def do(kind="tip", fields=TIP, attachments=()):
        drop_actions.accept_letter(
            to="police",
            kind=kind,
            fields=fields,
            mailbox=mailbox,
            lang="sv",
            on=local_date(now()),
            attachments=attachments,
        )

    return do


def read():
    """Return the texts of the answers that the code's holder sees."""
    return [answer.text for answer in drop_queries.read_answers(CODE, on=local_date(now()))]


def test_a_tip_arrives_and_leaves_the_public_host(send, mailbox):
    send(attachments=[b"photo"])

    pulled = actions.pull(at=now())

    (delivery,) = queries.deliveries_waiting("tip")
    assert (pulled.taken, pulled.repeated, pulled.unreadable) == (1, 0, 0)
    assert queries.open_delivery(delivery) == TIP
    assert queries.enclosures_of(delivery) == [b"photo"]
    assert bytes(delivery.mailbox) == mailbox.public_key
    assert not Letter.objects.exists()
    assert not Attachment.objects.exists()
    assert AuditEvent.objects.filter(act="letter.take_in").count() == 1


def test_nothing_readable_lies_in_the_delivery(send):
    send()
    actions.pull(at=now())

    sealed = bytes(Delivery.objects.get().sealed_fields)
    assert "besök".encode() not in sealed
    assert "besök".encode() in store.unseal(sealed)


def test_the_sender_is_told_that_the_letter_arrived_with_a_proof(send, mailbox):
    send()

    actions.exchange(at=now())

    (answer,) = drop_queries.read_answers(CODE, on=local_date(now()))
    tag = bytes.fromhex(drop_queries.tag_of(mailbox.mid))
    proof = bytes.fromhex(answer.proof)
    assert (answer.kind, answer.text) == ("status", "received")
    assert sealing.is_acknowledged(
        proof, tag=tag, day=answer.day, verify_key=queries.reply_verify_key()
    )


def test_a_dialogue_goes_both_ways(send, mailbox):
    send()
    actions.pull(at=now())
    tip = Delivery.objects.get()
    actions.send_answer(
        tag=tip.tag, mailbox=bytes(tip.mailbox), kind="question", text="När?", at=now()
    )
    actions.push(at=now())

    send("followup", {"text": "På tisdagar."})
    actions.exchange(at=now())

    (followup,) = queries.deliveries_waiting("followup")
    assert followup.tag == tip.tag
    assert queries.open_delivery(followup) == {"text": "På tisdagar."}
    assert read() == ["received", "När?", "received"]


def test_a_letter_that_came_twice_is_taken_once(send):
    send()
    (letter,) = Letter.objects.all()
    kept = {
        "id": letter.id,
        "to": "police",
        "epoch": letter.epoch,
        "day": letter.day,
        "tag": letter.tag,
        "blob": letter.blob,
    }
    actions.pull(at=now())

    Letter.objects.create(**kept)
    pulled = actions.pull(at=now())

    assert (pulled.taken, pulled.repeated) == (0, 1)
    assert Delivery.objects.count() == 1
    assert not Letter.objects.exists()


def test_more_letters_than_a_page_are_all_taken(send):
    for _ in range(25):
        send()

    assert actions.pull(at=now()).taken == 25
    assert not Letter.objects.exists()


def test_a_pull_ends_however_many_letters_there_are(send, monkeypatch):
    monkeypatch.setattr(pulling, "MOST_PAGES", 1)
    for _ in range(21):
        send()

    assert actions.pull(at=now()).taken == 20
    assert actions.pull(at=now()).taken == 1


@pytest.mark.parametrize("harm", ["blob", "tag", "epoch", "key", "file", "files"])
def test_a_letter_that_cannot_be_opened_is_kept_for_a_person(send, harm):
    send(attachments=[b"photo"])
    letter = Letter.objects.get()
    blob = bytes(letter.blob)
    harms = {
        "blob": lambda: Letter.objects.update(blob=blob[:-1] + bytes([blob[-1] ^ 1])),
        "tag": lambda: Letter.objects.update(tag="0" * 64),
        "epoch": lambda: Letter.objects.update(epoch=letter.epoch + 1),
        "key": lambda: OwnKeys.of_site().destroy_intake(letter.epoch),
        "file": lambda: Attachment.objects.update(blob=b"x"),
        "files": lambda: Attachment.objects.all().delete(),
    }
    harms[harm]()

    pulled = actions.pull(at=now())

    (delivery,) = queries.unreadable_deliveries()
    assert (pulled.taken, pulled.unreadable) == (0, 1)
    assert queries.deliveries_waiting() == []
    assert queries.open_delivery(delivery)["reason"]
    assert queries.enclosures_of(delivery) == [
        bytes(letter.blob) if harm != "blob" else blob[:-1] + bytes([blob[-1] ^ 1])
    ]


def test_a_file_that_vanished_makes_the_letter_unreadable(send, monkeypatch):
    send(attachments=[b"photo"])
    spool = Drop.spool

    def spool_then_lose(self, after=""):
        letters = spool(self, after)
        Attachment.objects.all().delete()
        return letters

    monkeypatch.setattr(Drop, "spool", spool_then_lose)

    assert actions.pull(at=now()).unreadable == 1


def test_a_made_up_way_back_does_not_lose_the_tip(police):
    keys = drop_queries.keys_of("police", on=local_date(now())).current(local_date(now()))
    blob = sealing.seal_letter(
        TIP,
        recipient_public=keys.public_key,
        mailbox_public=bytes(32),
        tag=bytes(32),
        epoch=keys.number,
        day=local_date(now()),
        lang="sv",
        kind="tip",
    )
    Letter.objects.create(
        to="police", epoch=keys.number, day=local_date(now()), tag="0" * 64, blob=blob
    )

    assert actions.pull(at=now()).taken == 1
    assert AuditEvent.objects.filter(act="answer.no_way_back").exists()
    assert not Outgoing.objects.exists()


def test_taken_letters_are_forgotten_here(send):
    send()
    actions.pull(at=now())
    (delivery,) = queries.deliveries_waiting()

    actions.mark_taken(delivery=delivery, at=now())

    delivery.refresh_from_db()
    assert queries.deliveries_waiting() == []
    assert (bytes(delivery.sealed_fields), bytes(delivery.mailbox)) == (b"", b"")
    with pytest.raises(Refused, match="redan"):
        queries.open_delivery(delivery)
    with pytest.raises(Refused, match="redan"):
        actions.mark_taken(delivery=delivery, at=now())


def test_a_landlords_letter_code_opens_the_notice(police):
    tag, mailbox = actions.open_mailbox(code=CODE, at=now())
    actions.send_answer(tag=tag, mailbox=mailbox, kind="notice", text="Underrättelse.", at=now())

    actions.push(at=now())

    assert read() == ["Underrättelse."]


def test_a_chain_begins_anew_after_the_mailbox_has_been_silent(police):
    tag, mailbox = actions.open_mailbox(code=CODE, at=now())
    given = {"tag": tag, "mailbox": mailbox, "kind": "message"}
    actions.send_answer(**given, text="Först.", at=now())
    actions.push(at=now())

    assert actions.send_answer(**given, text="Långt senare.", at=now() + timedelta(30)) == 1
    actions.push(at=now())

    assert read() == ["Långt senare."]


def test_a_referral_reaches_the_services_and_their_word_comes_back(switch):
    switch("police")
    switch("services")
    switch("police")
    actions.push_letter(
        to="services", kind="referral", reference="r-1", fields={"contact": "070"}, at=now()
    )
    assert actions.push(at=now()) == 1

    switch("services")
    Delivery.objects.all().delete()
    assert actions.pull(at=now()).taken == 1
    (referral,) = queries.deliveries_waiting("referral")
    assert referral.sender == "police"
    assert queries.open_delivery(referral) == {"reference": "r-1", "contact": "070"}
    assert not Answer.objects.exists()

    fields = {"reference": "r-1", "status": "RECEIVED"}
    actions.push_letter(to="police", kind="referral_status", fields=fields, at=now())
    actions.push(at=now())
    switch("police")
    actions.pull(at=now())
    (status,) = queries.deliveries_waiting("referral_status")
    assert queries.open_delivery(status) == fields


def test_what_was_sent_is_forgotten_here(switch):
    switch("services")
    switch("police")
    actions.push_letter(to="services", kind="referral", fields={"contact": "070"}, at=now())
    assert queries.waiting_to_be_sent() == 1

    actions.push(at=now())

    (sent,) = Outgoing.objects.all()
    assert (bytes(sent.content), sent.attempts) == (b"", 1)
    assert queries.waiting_to_be_sent() == 0


def test_a_letter_pushed_again_after_a_kill_lies_once(switch):
    switch("services")
    switch("police")
    sent = actions.push_letter(to="services", kind="referral", fields={"contact": "070"}, at=now())
    content = bytes(Outgoing.objects.get(pk=sent).content)
    actions.push(at=now())

    Outgoing.objects.filter(pk=sent).update(sent_at=None, content=content)
    actions.push(at=now())

    assert Letter.objects.filter(to="services").count() == 1


def test_a_letter_to_a_party_without_keys_waits(police):
    actions.push_letter(to="services", kind="referral", fields={}, at=now())

    assert actions.push(at=now()) == 0
    assert Outgoing.objects.get().attempts == 1
    assert queries.contact().failure
    assert queries.waiting_to_be_sent() == 1


def test_keys_of_an_unknown_organisation_are_not_used(police):
    with pytest.raises(Refused, match="saknas hos oss"):
        queries.checked_keys(b"x", party="services", on=local_date(now()))
    with pytest.raises(Refused, match="lita på"):
        queries.checked_keys(b"x", party="police", on=local_date(now()))


def test_a_letter_of_a_public_kind_or_to_oneself_is_refused(police):
    with pytest.raises(FieldRefused):
        actions.push_letter(to="services", kind="tip", fields={}, at=now())
    with pytest.raises(Refused, match="andra parten"):
        actions.push_letter(to="police", kind="referral", fields={}, at=now())
    assert not Outgoing.objects.exists()


def test_a_bulletin_is_shown_to_everybody(police):
    actions.publish_bulletin(name="picture", content={"checks": 30}, at=now())

    actions.push(at=now())

    assert drop_queries.bulletin("picture") == {"checks": 30}


def test_a_bulletin_older_than_the_published_stays_here(police):
    actions.publish_bulletin(name="picture", content={"checks": 30}, at=now())
    actions.push(at=now())
    actions.publish_bulletin(name="picture", content={"checks": 1}, at=now() - timedelta(1))

    assert actions.push(at=now()) == 0
    assert drop_queries.bulletin("picture") == {"checks": 30}


def test_a_round_notes_its_contact_and_publishes_once_a_day(police):
    Contact.objects.all().delete()
    assert queries.is_late(at=now())

    first = actions.exchange(at=now())
    actions.exchange(at=now())

    assert first.failure == ""
    assert not queries.is_late(at=now())
    assert queries.is_late(at=now() + timedelta(minutes=16))
    assert AuditEvent.objects.filter(act="key.publish").count() == 2


def test_a_round_without_the_drop_notes_the_failure(police, settings):
    settings.DROP_URL = "http://127.0.0.1:9"

    exchanged = actions.exchange(at=now())

    assert exchanged.failure == "Brevlådan svarar inte."
    assert queries.contact().failure == exchanged.failure


@pytest.mark.parametrize("url", ["https://127.0.0.1:9", "http://127.0.0.1:9", "ftp://127.0.0.1"])
def test_no_drop_is_told(police, settings, url):
    settings.DROP_URL = url

    with pytest.raises(DropUnreachable):
        Drop.of_site().spool()


def test_a_party_that_the_drop_does_not_know_is_refused(police, settings):
    settings.PARTIES.write_text("{}")

    with pytest.raises(DropRefused, match="403"):
        actions.pull(at=now())


def test_something_else_than_the_drop_is_told(police, monkeypatch):
    drop = Drop.of_site()

    with pytest.raises(DropUnreachable, match="annat än väntat"):
        drop._json("GET", "keys/police")
    with pytest.raises(DropUnreachable, match="annat än ett brev"):
        drop_client._spooled({"id": "x"})
    monkeypatch.setattr(drop_client, "LARGEST_ANSWER", 10)
    with pytest.raises(DropUnreachable, match="har ett fel"):
        drop.spool()


def test_keys_are_renewed_and_destroyed(police):
    held = OwnKeys.of_site().epochs()
    assert actions.rotate_keys(at=now()) == []

    destroyed = actions.rotate_keys(at=now() + timedelta(weeks=6))

    assert destroyed in (held[:1], held[:2])
    assert OwnKeys.of_site().intake(held[0]) is None
    assert AuditEvent.objects.filter(act="key.rotate").count() == 1


def test_a_key_file_is_the_owners_alone(police):
    files = [file for file in OwnKeys.of_site().folder.iterdir() if file.name != "parties.json"]

    assert {file.stat().st_mode & 0o777 for file in files} == {0o400}


def test_a_damaged_key_file_is_told(police):
    (OwnKeys.of_site().folder / "store-key").write_bytes(b"short")

    with pytest.raises(Refused, match="store-key"):
        store.seal(b"x")


def test_another_sites_store_is_closed(switch):
    switch("police")
    sealed = store.seal(b"x")

    switch("services")

    with pytest.raises(Unreadable):
        store.unseal(sealed)


def test_what_is_no_longer_needed_is_purged(send):
    send(attachments=[b"photo"])
    actions.exchange(at=now())
    actions.mark_taken(delivery=Delivery.objects.get(), at=now())
    on = local_date(now())

    assert actions.purge(on=on + timedelta(60)) == {"deliveries": 0, "outgoing": 0, "threads": 0}
    actions.purge(on=on + timedelta(92))

    assert not any(model.objects.exists() for model in (Delivery, Enclosure, Outgoing, Thread))


def test_each_field_says_how_long_it_is_kept():
    for model in (Delivery, Enclosure, Thread, Outgoing, Contact):
        assert set(model.KEPT) == {field.name for field in model._meta.concrete_fields}
    shown = (
        Delivery(kind="tip"),
        Enclosure(position=0),
        Thread(seq=2),
        Outgoing(work="letter"),
        Contact(failure="x"),
    )
    assert [str(one) for one in shown] == ["tips", "0", "2", "brev", "x"]
    assert KeyList(party="police").get_party_display() == "polisen"


def test_an_answer_that_the_drop_refuses_stops_nothing_else(send, mailbox):
    send()
    actions.pull(at=now())
    tag = Delivery.objects.get().tag
    bad = Outgoing.objects.create(
        work="answer", kind="status", to="no tag", seq=1, content=b"x", created_at=now()
    )
    actions.send_answer(tag=tag, mailbox=mailbox.public_key, kind="status", text="read", at=now())

    actions.push(at=now())

    bad.refresh_from_db()
    assert (bad.sent_at, bad.attempts) == (None, 1)
    assert not Outgoing.objects.filter(sent_at__isnull=True).exclude(pk=bad.pk).exists()


def test_a_pull_that_fails_does_not_keep_answers_back(send, mailbox, monkeypatch):
    send()
    actions.pull(at=now())
    assert queries.waiting_to_be_sent() == 1

    def fail(self, after=""):
        raise DropUnreachable("Brevlådan lämnade något annat än ett brev.")

    monkeypatch.setattr(Drop, "spool", fail)
    exchanged = actions.exchange(at=now())

    assert exchanged.pushed == 1
    assert exchanged.failure == "Brevlådan lämnade något annat än ett brev."
    assert read() == ["received"]


def test_a_failure_that_is_no_refusal_is_noted_by_its_kind(police, monkeypatch):
    def fail(self, after=""):
        raise Unreadable("hemligt innehåll")

    monkeypatch.setattr(Drop, "spool", fail)

    assert actions.exchange(at=now()).failure == "Unreadable"


def test_a_key_is_in_the_log_before_it_is_destroyed(police, monkeypatch):
    seen = []
    monkeypatch.setattr(
        OwnKeys,
        "destroy_intake",
        lambda self, epoch: seen.append((epoch, AuditEvent.objects.latest("seq").fields)),
    )

    destroyed = actions.rotate_keys(at=now() + timedelta(weeks=6))

    assert destroyed
    assert [epoch for epoch, _ in seen] == destroyed
    assert all(told["epochs"] == ",".join(map(str, destroyed)) for _, told in seen)


def test_a_destruction_that_was_broken_off_is_written_and_done_again(police, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(OwnKeys, "destroy_intake", lambda self, epoch: None)
        actions.rotate_keys(at=now() + timedelta(weeks=6))

    again = actions.rotate_keys(at=now() + timedelta(weeks=6))

    assert again
    assert not set(again) & set(OwnKeys.of_site().epochs())
    assert AuditEvent.objects.filter(act="key.rotate").count() == 2


@pytest.mark.parametrize("days", [365, 46, -2, -365])
def test_a_clock_that_jumps_destroys_no_key_and_says_so(police, days):
    held = OwnKeys.of_site().epochs()

    exchanged = actions.exchange(at=now() + timedelta(days))

    assert "Stämmer klockan" in exchanged.failure
    assert OwnKeys.of_site().epochs() == held


def test_after_a_person_has_said_that_the_clock_is_right_the_rounds_go_on(police):
    Contact.objects.update(published_on=local_date(now()) - timedelta(100))

    actions.rotate_keys(at=now())
    actions.publish_keys(at=now())

    assert actions.exchange(at=now()).failure == ""
