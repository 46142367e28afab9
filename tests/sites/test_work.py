"""A site's periodic work: each task on its own, nothing lost when the drop is away."""

import io
import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from PIL import Image
from tests.making import make_place
from tests.relay import become, relay_at_hand

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import actions as courier
from nosvidere.courier import store
from nosvidere.courier.models import Delivery, Enclosure, Outgoing
from nosvidere.courier.queries import own_key_list
from nosvidere.drop import actions as drop
from nosvidere.drop.models import Attachment, Letter
from nosvidere.engine import sealing
from nosvidere.engine.sealing import Unreadable
from nosvidere.intake.models import Photo, Tip
from nosvidere.kernel.time import local_date, now
from nosvidere.register.actions import rebuild_index
from nosvidere.rules.access import SYSTEM
from nosvidere.sites import work
from nosvidere.sites.work import ROUNDS, run_round

pytestmark = pytest.mark.django_db
NOWHERE = "http://127.0.0.1:9"
TIP = {"saw": "Många besök.", "place": "Tångvägen 3"}


@pytest.fixture
def mailbox():
    return sealing.derive(sealing.new_code(), "demo")


@pytest.fixture
def police(db, settings, tmp_path):
    """The police site with the relay at hand; gives the relay's address."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    with relay_at_hand(settings, folder=tmp_path) as url:
        become(settings, "police", folder=tmp_path)
        make_place(3)
        rebuild_index(by=SYSTEM, at=now())
        yield url


def send_tip(mailbox) -> None:
    drop.accept_letter(
        to="police", kind="tip", fields=TIP, mailbox=mailbox, lang="sv", on=local_date(now())
    )


def test_one_round_brings_a_tip_from_the_relay_into_casework(police, mailbox):
    send_tip(mailbox)

    told = list(run_round("police"))

    assert Tip.objects.count() == 1
    assert "tips in: 1" in told


def test_a_round_without_work_says_nothing_and_may_be_run_again(police):
    list(run_round("police"))

    assert list(run_round("police")) == []


def test_an_unreachable_drop_loses_nothing(police, mailbox, settings, caplog):
    send_tip(mailbox)
    courier.send_answer(tag="ab" * 32, mailbox=mailbox.public_key, kind="status", text="read", at=now())  # fmt: skip
    settings.DROP_URL = NOWHERE

    with caplog.at_level(logging.WARNING):
        list(run_round("police"))

    assert "brevlådan" in caplog.text
    assert Letter.objects.count() == 1
    assert Outgoing.objects.get().sent_at is None
    settings.DROP_URL = police
    list(run_round("police"))
    assert Tip.objects.count() == 1
    assert not Outgoing.objects.filter(sent_at__isnull=True).exists()


def test_a_task_that_fails_does_not_stop_the_others(police, mailbox, monkeypatch, caplog):
    send_tip(mailbox)
    courier.exchange(at=now())
    tasks = (("trasigt", "nosvidere.sites.work:broken"), *ROUNDS["police"])
    monkeypatch.setitem(ROUNDS, "police", tasks)
    monkeypatch.setattr(work, "broken", broken, raising=False)

    told = list(run_round("police"))

    assert "tips in: 1" in told
    assert "trasigt: OSError" in caplog.text
    assert "hemligt" not in caplog.text


def broken(**_: object) -> int:
    message = "hemligt innehåll"
    raise OSError(message)


def test_purging_is_done_once_a_day(police):
    at = now()
    list(run_round("police", at=at))
    list(run_round("police", at=at))

    assert AuditEvent.objects.filter(act="purge").count() == 1
    list(run_round("police", at=at + timedelta(days=1)))
    assert AuditEvent.objects.filter(act="purge").count() == 2


def test_one_round_brings_a_photo_from_the_relay_to_a_bare_picture(police, mailbox):
    written = io.BytesIO()
    Image.new("RGB", (6, 4), "red").save(written, "JPEG", comment=b"hemligt")
    drop.accept_letter(
        to="police",
        kind="tip",
        fields=TIP,
        mailbox=mailbox,
        lang="sv",
        on=local_date(now()),
        attachments=[written.getvalue(), b"%PDF"],
    )

    told = list(run_round("police"))

    shown, refused = Photo.objects.all()
    assert "bilder öppnade: 2" in told
    assert (shown.state, shown.width, refused.problem) == ("DEVELOPED", 6, "not_a_photo")
    assert b"hemligt" not in store.unseal(bytes(shown.sealed))
    assert not Attachment.objects.exists()
    assert not Enclosure.objects.exists()


def test_letters_that_were_taken_long_ago_leave_the_courier(police, mailbox):
    send_tip(mailbox)
    list(run_round("police"))

    told = list(run_round("police", at=now() + timedelta(days=120)))

    assert any(line.startswith("utgånget borttaget: ") for line in told)
    assert not Delivery.objects.exists()


def test_the_public_site_purges_its_relay(police, mailbox):
    send_tip(mailbox)
    later = now() + timedelta(days=400)
    nobody_heard = list(run_round("public", at=later))
    on = local_date(later)
    drop.publish_keys(party="police", signed=own_key_list(on=on), on=on)

    told = list(run_round("public", at=later))

    assert nobody_heard == []
    assert told == ["utgånget borttaget: 1"]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("site", sorted(ROUNDS))
def test_every_task_of_every_site_is_there(site):
    assert all(callable(work._task(target)) for _, target in ROUNDS[site])


@pytest.mark.parametrize("error", [OperationalError, Unreadable])
def test_a_locked_database_or_a_damaged_letter_does_not_end_the_worker(
    police, monkeypatch, caplog, error
):
    def fail(**_: object) -> int:
        message = "hemligt innehåll"
        raise error(message)

    monkeypatch.setitem(ROUNDS, "police", (("trasigt", "nosvidere.sites.work:failing"),))
    monkeypatch.setattr(work, "failing", fail, raising=False)

    assert list(run_round("police")) == []
    assert f"trasigt: {error.__name__}" in caplog.text
    assert "hemligt" not in caplog.text


def test_sign_ins_that_have_run_out_go():
    for name, day in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=name, session_data="", expire_date=now() + timedelta(days=day)
        )

    assert work.purge_sessions(by=SYSTEM, at=now()) == 1
    assert Session.objects.get().session_key == "new"
