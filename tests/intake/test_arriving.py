"""How a tip arrives: by letter, by phone, from a file."""

from datetime import date, timedelta

import pytest
from tests.intake.conftest import GRADING, told

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import store
from nosvidere.courier.models import Delivery
from nosvidere.intake import queries
from nosvidere.intake.actions import (
    add_tips,
    ask_sender,
    grade_tip,
    import_tips,
    next_diary_no,
    open_tip,
    take_call,
    take_in_tips,
)
from nosvidere.intake.actions.items import set_item_state
from nosvidere.intake.models import Diary, Message, SourceItem, Tip
from nosvidere.kernel.refused import Refused
from nosvidere.register.actions import rebuild_index
from nosvidere.rules.access import SYSTEM

pytestmark = pytest.mark.django_db


def test_a_letter_becomes_a_tip_once(letter, at):
    letter(
        saw="Det springer folk på Tångvägen 1.",
        signs="F01,T01",
        days="4",
        from_on="2020-09-01",
        until_on="2020-09-20",
    )

    assert take_in_tips(by=SYSTEM, at=at) == 1
    assert take_in_tips(by=SYSTEM, at=at) == 0

    tip = Tip.objects.select_related("item").get()
    assert (tip.item.state, tip.item.diary_no, tip.item.channel) == (
        "RECEIVED",
        "NV-2020-000001",
        "web",
    )
    assert (tip.signs, tip.days, tip.has_mailbox) == (["F01", "T01"], 4, True)
    assert (tip.item.occurred_from_on, tip.item.occurred_until_on) == (
        date(2020, 9, 1),
        date(2020, 9, 20),
    )
    assert tip.item.mentions[0]["address_id"] == "Tångvägen-1"
    assert AuditEvent.objects.filter(act="tip.take_in").count() == 1


def test_the_text_lies_sealed_and_is_masked_for_others(letter, at):
    letter(
        saw="En thailändsk kvinna, ring mig på 070-174 06 05.",
        place="Tångvägen 1",
        contact="070-174 06 06",
    )

    take_in_tips(by=SYSTEM, at=at)

    tip = Tip.objects.get()
    assert b"070" not in bytes(tip.sealed_text)
    assert "070" not in tip.sanitised_text
    assert "thailändsk" not in tip.sanitised_text
    assert queries.readable_text(tip) == (
        "En thailändsk kvinna, ring mig på 070-174 06 05.\n\nPlats: Tångvägen 1\n\nKan nås på: 070-174 06 06"
    )


def test_a_place_in_parts_is_read_as_an_address(letter, at):
    letter(saw="Spring i trappan.", street="Tångvägen", number="2")

    take_in_tips(by=SYSTEM, at=at)

    tip = Tip.objects.get()
    assert tip.sanitised_place == "Tångvägen 2"
    assert tip.item.mentions[0]["address_id"] == "Tångvägen-2"


def test_a_letter_is_not_trusted_further_than_it_can_be_read(letter, at):
    letter(
        saw="Något",
        signs="F01,X01,Q99,F01",
        days="-3",
        from_on="i höstas",
        channel="patrol",
        basis="FACT",
        danger="yes",
        dispute="yes",
    )

    take_in_tips(by=SYSTEM, at=at)

    tip = Tip.objects.select_related("item").get()
    assert (tip.signs, tip.days, tip.item.channel, tip.item.basis) == (["F01"], 1, "web", "FACT")
    assert tip.item.occurred_from_on is None
    assert (tip.is_emergency, tip.is_dispute) == (True, True)
    assert AuditEvent.objects.get(act="tip.take_in").fields["signs_left_out"] == 2


def test_many_days_are_at_most_a_month(letter, at):
    letter(saw="Något", days="400", basis="RUMOUR")

    take_in_tips(by=SYSTEM, at=at)

    assert Tip.objects.get().days == 31
    assert SourceItem.objects.get().basis == "HEARSAY"


def test_an_addition_joins_the_thread(letter, at):
    letter(saw="Något")
    take_in_tips(by=SYSTEM, at=at)
    letter("followup", text="Det hände igen.", received_at=at + timedelta(hours=1))

    take_in_tips(by=SYSTEM, at=at)

    message = Message.objects.get()
    assert message.is_from_sender
    assert store.unseal(bytes(message.sealed_text)).decode() == "Det hände igen."
    assert Tip.objects.count() == 1


def test_an_answer_brings_the_tip_back(letter, make_tip, source_handler, at):
    letter(saw="Något")
    take_in_tips(by=SYSTEM, at=at)
    tip = Tip.objects.select_related("item").get()
    set_item_state(item=tip.item, state="TRIAGED", by=source_handler, at=at)
    ask_sender(tip=tip, question="Vilken våning?", by=source_handler, at=at)
    letter("followup", text="Den tredje.")

    take_in_tips(by=SYSTEM, at=at)

    tip.item.refresh_from_db()
    assert tip.item.state == "TRIAGED"


def test_the_same_code_again_is_a_new_tip_from_the_same_sender(letter, at):
    letter(saw="Först", place="Tångvägen 1")
    letter(saw="Sedan", place="Tångvägen 2", received_at=at + timedelta(hours=1))
    letter(saw="Någon annan", sender="b")
    letter("followup", text="Till det senaste.", received_at=at + timedelta(hours=2))

    take_in_tips(by=SYSTEM, at=at)

    first, second = Tip.objects.filter(informant__gt="").order_by("item__received_at")
    assert first.informant == second.informant
    assert Message.objects.get().tip == second
    assert Tip.objects.filter(informant="").count() == 1


def test_a_third_tip_keeps_the_senders_key(letter, at):
    for hour in range(3):
        letter(saw=f"Tips {hour}", received_at=at + timedelta(hours=hour))

    take_in_tips(by=SYSTEM, at=at)

    assert len(set(Tip.objects.values_list("informant", flat=True))) == 1


def test_an_addition_to_a_purged_tip_is_a_tip_of_its_own(letter, at):
    letter("followup", text="Det händer fortfarande på Tångvägen 1.")

    take_in_tips(by=SYSTEM, at=at)

    assert Tip.objects.get().item.mentions[0]["address_id"] == "Tångvägen-1"


def test_a_tip_can_be_taken_back(letter, at):
    letter(saw="Något")
    take_in_tips(by=SYSTEM, at=at)
    letter("withdraw", text="Jag hade fel.")

    take_in_tips(by=SYSTEM, at=at)

    text = store.unseal(bytes(Message.objects.get().sealed_text)).decode()
    assert text == "Den som tipsade tar tillbaka tipset.\nJag hade fel."


def test_taking_back_what_is_gone_is_noted(letter, at):
    letter("withdraw", text="Jag hade fel.")

    take_in_tips(by=SYSTEM, at=at)

    assert not Tip.objects.exists()
    assert AuditEvent.objects.filter(act="tip.nothing_to_withdraw").count() == 1
    assert not Delivery.objects.filter(taken_at__isnull=True).exists()


@pytest.mark.parametrize("index", [None, b"", b"NVPLACES\x01\0\0\0\2\0\0\0{}"])
def test_a_tip_never_waits_for_the_register(letter, source_handler, settings, at, index):
    letter(saw="Rop på hjälp", place="Tångvägen 1", signs="C02")
    file = settings.HOME / "register.index"
    file.unlink() if index is None else file.write_bytes(index)

    take_in_tips(by=SYSTEM, at=at)
    tip = Tip.objects.select_related("item").get()
    before = tip.item.mentions
    rebuild_index(by=SYSTEM, at=at)
    open_tip(tip=tip, why="Läsning", by=source_handler, at=at)
    grade_tip(tip=tip, grading=GRADING, by=source_handler, at=at)

    assert (before, tip.is_emergency) == ([], True)
    assert SourceItem.objects.get().mentions[0]["address_id"] == "Tångvägen-1"


def test_a_damaged_letter_waits_and_stops_no_other(letter, at, caplog):
    letter(saw="Det första")
    broken = letter(saw="Det andra", received_at=at - timedelta(hours=1))
    Delivery.objects.filter(pk=broken.pk).update(sealed_fields=b"damaged")

    assert take_in_tips(by=SYSTEM, at=at) == 1

    broken.refresh_from_db()
    assert broken.taken_at is None
    assert "Unreadable" in caplog.text


def test_a_call_becomes_a_tip_without_a_mailbox(house, source_handler, at):
    tip = take_call(
        text="Rop på hjälp.",
        place_text="Tångvägen 2",
        signs=["C02"],
        is_in_danger=False,
        by=source_handler,
        at=at,
    )

    assert (tip.item.channel, tip.has_mailbox, tip.is_emergency) == ("phone", False, True)


@pytest.mark.parametrize(
    "values", [{"text": " ", "place_text": ""}, {"text": "x", "place_text": "", "signs": ["X01"]}]
)
def test_a_call_that_says_nothing_or_too_much_is_refused(house, source_handler, at, values):
    with pytest.raises(Refused):
        take_call(**values, by=source_handler, at=at)

    assert not Tip.objects.exists()


def test_the_analyst_takes_no_calls(house, analyst, at):
    with pytest.raises(Refused):
        take_call(text="Något", place_text="", by=analyst, at=at)


def test_nothing_told_is_nothing_added(house, source_handler, at):
    assert add_tips([], by=source_handler, at=at) == []


def test_a_file_of_tips_is_taken_in_once(tips_file, house, source_handler, at):
    file = tips_file(
        told(1, informant="0701740605"),
        told(2, informant="0701740605"),
        told(3, channel="patrol"),
        "{",
    )

    first = import_tips(file=file, by=source_handler, at=at)
    again = import_tips(file=file, by=source_handler, at=at)

    assert (first.taken, first.seen_again, [r.line for r in first.rejected]) == (3, 0, [4])
    assert (again.taken, again.seen_again) == (0, 3)
    keys = set(Tip.objects.exclude(informant="").values_list("informant", flat=True))
    assert len(keys) == 1
    assert not any("0701740605" in key for key in keys)
    assert SourceItem.objects.filter(channel="patrol").count() == 1
    assert AuditEvent.objects.filter(act="tip.import").count() == 2


def test_a_tip_is_kept_a_year_from_when_it_came(tips_file, house, source_handler, at):
    import_tips(file=tips_file(told()), by=source_handler, at=at)

    assert SourceItem.objects.get().expires_on == date(2021, 9, 20)


def test_diary_numbers_begin_anew_each_year(house, at):
    numbers = [next_diary_no(at), next_diary_no(at), next_diary_no(at + timedelta(days=365))]

    assert numbers == ["NV-2020-000001", "NV-2020-000002", "NV-2021-000001"]
    assert str(Diary.objects.get(year=2020)) == "2020-2"


def test_two_who_move_the_same_item_do_not_cross(make_tip, source_handler, at):
    tip = make_tip()
    other = SourceItem.objects.get(pk=tip.pk)
    set_item_state(item=other, state="TRIAGED", by=source_handler, at=at)

    with pytest.raises(Refused, match="Någon annan"):
        set_item_state(item=tip.item, state="DISCARDED", by=source_handler, at=at)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (("2020-09-28", "2020-09-20"), ("2020-09-20", "2020-09-28")),
        (("2020-10-01", "2999-01-01"), ("2020-10-01", None)),
        (("2999-01-01", "2999-01-02"), (None, None)),
        (("2020-10-01", "i går"), ("2020-10-01", None)),
    ],
)
def test_days_that_cannot_be_are_not_kept_as_days(letter, at, told, kept):
    letter(saw="Många besök.", from_on=told[0], until_on=told[1])

    take_in_tips(by=SYSTEM, at=at)

    item = SourceItem.objects.get()
    days = (item.occurred_from_on, item.occurred_until_on)
    assert tuple(str(day) if day else None for day in days) == kept
