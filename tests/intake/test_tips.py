"""Tips opened, graded, asked about, set aside; and what of them is seen by whom."""

import pytest
from tests.intake.conftest import GRADING

from nosvidere.audit.models import AuditEvent
from nosvidere.courier.models import Outgoing
from nosvidere.intake import queries
from nosvidere.intake.actions import (
    ask_sender,
    discard_tip,
    forward_emergency,
    grade_tip,
    mark_same_informant,
    open_tip,
    same_sender_as,
    take_in_tips,
)
from nosvidere.intake.models import Message, SourceItem, Tip
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import SYSTEM
from nosvidere.rules.triage import Grading

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(letter, at):
    """A tip that came by letter."""
    letter(
        saw="Det springer folk hela natten. Ring 070-174 06 05.", place="Tångvägen 1", signs="F01"
    )
    take_in_tips(by=SYSTEM, at=at)
    return Tip.objects.select_related("item").get()


def test_opening_is_logged_with_its_reason_and_told_to_the_sender_once(
    written, source_handler, at
):
    text = open_tip(tip=written, why=" Första läsning ", by=source_handler, at=at)
    open_tip(tip=written, why="Igen", by=source_handler, at=at)

    assert text.startswith("Det springer folk")
    assert [e.why for e in AuditEvent.objects.filter(act="tip.read")] == ["Första läsning", "Igen"]
    assert Outgoing.objects.filter(kind="status").count() == 1


def test_opening_needs_a_reason_and_the_right_role(written, source_handler, analyst, at):
    with pytest.raises(Refused, match="varför"):
        open_tip(tip=written, why=" ", by=source_handler, at=at)
    with pytest.raises(Refused, match="källhandläggare"):
        open_tip(tip=written, why="Nyfiken", by=analyst, at=at)

    assert not AuditEvent.objects.filter(act="tip.read").exists()


def test_a_tip_by_phone_has_no_one_to_tell(make_tip, source_handler, at):
    tip = make_tip()

    open_tip(tip=tip, why="Läsning", by=source_handler, at=at)
    discard_tip(tip=tip, reason="not_ours", by=source_handler, at=at)

    assert not Outgoing.objects.exists()


def test_a_grading_keeps_both_grades_and_masks_what_a_person_let_through(
    make_tip, source_handler, at
):
    tip = make_tip()
    open_tip(tip=tip, why="Läsning", by=source_handler, at=at)
    grading = Grading(
        "A",
        "3",
        "HEARSAY",
        ("T01", "T01"),
        "Rysk kvinna, tel 070-174 06 05, kvällar.",
        is_dispute=True,
    )

    grade_tip(tip=tip, grading=grading, by=source_handler, at=at)

    item = SourceItem.objects.get(pk=tip.pk)
    assert (item.state, item.source_grade, item.info_grade, item.basis, item.graded_by) == (
        "TRIAGED",
        "A",
        "3",
        "HEARSAY",
        source_handler.code,
    )
    assert (tip.signs, tip.is_dispute) == (["T01"], True)
    assert "[kontaktuppgift]" in tip.sanitised_text
    assert "070" not in tip.sanitised_text
    assert "Rysk" not in tip.sanitised_text


def test_a_grading_can_be_done_again(make_tip, source_handler, at):
    tip = make_tip(is_graded=True)

    grade_tip(tip=tip, grading=Grading("C", "4", "FACT", (), ""), by=source_handler, at=at)

    assert Tip.objects.get().item.source_grade == "C"


@pytest.mark.parametrize(
    "grading",
    [Grading("A", "1", "FACT", ("X01",), ""), Grading("Q", "1", "FACT", (), "")],
)
def test_a_refused_grading_leaves_nothing(make_tip, source_handler, at, grading):
    tip = make_tip()
    open_tip(tip=tip, why="Läsning", by=source_handler, at=at)

    with pytest.raises(Refused):
        grade_tip(tip=tip, grading=grading, by=source_handler, at=at)

    assert SourceItem.objects.get().state == "RECEIVED"
    assert not AuditEvent.objects.filter(act="tip.grade").exists()


def test_an_unread_tip_is_neither_graded_nor_set_aside(make_tip, source_handler, at):
    tip = make_tip()

    with pytest.raises(Refused):
        grade_tip(tip=tip, grading=GRADING, by=source_handler, at=at)
    with pytest.raises(Refused):
        discard_tip(tip=tip, reason="spam", by=source_handler, at=at)


def test_a_discarded_tip_goes_after_ninety_days_and_its_sender_is_told(
    written, source_handler, at
):
    open_tip(tip=written, why="Läsning", by=source_handler, at=at)

    discard_tip(tip=written, reason="nothing_seen", by=source_handler, at=at)

    item = SourceItem.objects.get()
    assert (item.state, item.set_aside_reason) == ("DISCARDED", "nothing_seen")
    assert (item.expires_on - at.date()).days == 90
    assert Outgoing.objects.filter(kind="status").count() == 2
    assert AuditEvent.objects.get(act="tip.discard").fields == {"reason": "nothing_seen"}


def test_an_emergency_is_told_on_and_graded_later(make_tip, source_handler, at):
    tip = make_tip(signs=["C01"])

    forward_emergency(tip=tip, by=source_handler, at=at)

    assert tip.item.state == "EMERGENCY_FORWARDED"
    assert AuditEvent.objects.get(act="item.move").fields == {"to": "EMERGENCY_FORWARDED"}


def test_a_question_goes_out_signed_and_stays_sealed(written, source_handler, at):
    open_tip(tip=written, why="Läsning", by=source_handler, at=at)
    grade_tip(tip=written, grading=GRADING, by=source_handler, at=at)

    ask_sender(tip=written, question="Vilka dagar?", by=source_handler, at=at)

    assert written.item.state == "QUESTION_ASKED"
    assert "Vilka" not in str(bytes(Message.objects.get().sealed_text))
    assert Outgoing.objects.filter(kind="question").count() == 1
    assert queries.thread(reader=source_handler, tip=written)[0][2] == "Vilka dagar?"
    assert queries.messages_in(written) == [(False, at)]


def test_who_has_no_mailbox_is_not_asked(make_tip, source_handler, at):
    tip = make_tip(is_graded=True)

    with pytest.raises(Refused, match="brevlådan"):
        ask_sender(tip=tip, question="Vilka dagar?", by=source_handler, at=at)

    assert not Message.objects.exists()


def test_the_thread_is_the_source_handlers_alone(written, analyst):
    with pytest.raises(Refused, match="källhandläggaren"):
        queries.thread(reader=analyst, tip=written)


def test_tips_of_one_sender_share_a_key_and_bring_those_tied_before(make_tip, source_handler, at):
    a, b, c, d = (make_tip(f"Tips {n}") for n in range(4))
    mark_same_informant(tips=[a, b], by=source_handler, at=at)
    mark_same_informant(tips=[c, d], by=source_handler, at=at)

    mark_same_informant(tips=[b, c], by=source_handler, at=at)

    assert len(set(Tip.objects.values_list("informant", flat=True))) == 1
    assert queries.same_sender(reader=source_handler, tip=Tip.objects.get(pk=a.pk)) == [
        t.item.diary_no for t in (b, c, d)
    ]


def test_a_sender_of_its_own_has_its_own_key(make_tip, source_handler, at):
    a, b = make_tip("Ett"), make_tip("Två")

    same_sender_as(tip=a, numbers="", by=source_handler, at=at)

    assert Tip.objects.get(pk=a.pk).informant
    assert not Tip.objects.get(pk=b.pk).informant
    assert queries.same_sender(reader=source_handler, tip=b) == []


def test_senders_are_named_by_diary_number(make_tip, source_handler, at):
    a, b = make_tip("Ett"), make_tip("Två")

    same_sender_as(
        tip=a, numbers=f"{b.item.diary_no.lower()}, {a.item.diary_no}", by=source_handler, at=at
    )

    assert Tip.objects.get(pk=a.pk).informant == Tip.objects.get(pk=b.pk).informant


def test_an_unknown_diary_number_is_named(make_tip, source_handler, at):
    tip = make_tip()

    with pytest.raises(Refused, match="NV-1999-000001"):
        same_sender_as(tip=tip, numbers="NV-1999-000001", by=source_handler, at=at)

    assert not Tip.objects.get().informant


def test_nothing_is_shown_to_others_before_the_grading(make_tip, source_handler, analyst, at):
    tip = make_tip()

    before = (
        queries.shown_text(reader=analyst, tip=tip),
        queries.shown_place(reader=analyst, tip=tip),
    )
    unopened = queries.shown_text(reader=source_handler, tip=tip)
    open_tip(tip=tip, why="Läsning", by=source_handler, at=at)
    draft = queries.shown_text(reader=source_handler, tip=tip)
    grade_tip(tip=tip, grading=GRADING, by=source_handler, at=at)

    assert before == ("", "")
    assert unopened == ""
    assert draft == "Många kommer och går."
    assert queries.shown_text(reader=analyst, tip=tip) == GRADING.sanitised_text
    assert queries.shown_place(reader=analyst, tip=tip) == "Tångvägen 1"


def test_emergencies_that_nobody_has_told_on_stand_first(make_tip, source_handler, at):
    ordinary, urgent, told_on = (
        make_tip("Ett"),
        make_tip("Två", signs=["C01"]),
        make_tip("Tre", signs=["C02"]),
    )
    forward_emergency(tip=told_on, by=source_handler, at=at)

    assert [t.pk for t in queries.tips(reader=source_handler)] == [
        urgent.pk,
        ordinary.pk,
        told_on.pk,
    ]
    assert queries.emergencies_waiting(reader=source_handler) == 1
    assert queries.tip_counts(reader=source_handler)["RECEIVED"] == 2
    assert queries.tips(reader=source_handler).get(pk=urgent.pk) == urgent


@pytest.mark.parametrize(
    ("is_graded", "open_acts"),
    [(False, {"grade", "discard", "sender"}), (True, {"grade", "discard", "ask", "sender"})],
)
def test_buttons_follow_the_rules(make_tip, source_handler, is_graded, open_acts):
    tip = make_tip(is_graded=is_graded)

    acts = queries.open_acts(reader=source_handler, tip=tip)

    assert {act for act, why in acts.items() if why is not None} == open_acts


def test_the_analyst_has_no_buttons_on_a_tip(make_tip, analyst):
    assert set(queries.open_acts(reader=analyst, tip=make_tip()).values()) == {None}


def test_an_emergency_can_be_told_on(make_tip, source_handler):
    assert queries.open_acts(reader=source_handler, tip=make_tip(signs=["C01"]))["forward"] == ""


@pytest.mark.parametrize("model", [Tip, SourceItem])
def test_a_tip_goes_by_its_number(make_tip, model):
    tip = make_tip()

    assert str(model.objects.get()) == tip.item.diary_no
