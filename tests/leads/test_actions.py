"""From items to evidence to decisions: each act, its entry in the log, and that a no leaves nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.making import make_lead, make_place, make_statement

from nosvidere.audit.models import AuditEvent
from nosvidere.intake.models import Ad, AdBatch, SourceItem, Tip
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.refused import Refused
from nosvidere.leads import actions, queries
from nosvidere.leads.models import Assessment, Lead, LeadStep, Link, Statement

pytestmark = pytest.mark.django_db
WHY_NOT = "Det kan vara en mottagning."


def acts() -> list[str]:
    return list(AuditEvent.objects.values_list("act", flat=True))


def make_tip(
    number: int, at: datetime, *, signs=("F01", "T01"), graded: bool = True, **values
) -> SourceItem:
    item = SourceItem.objects.create(
        kind="tip",
        channel="web",
        state="TRIAGED" if graded else "RECEIVED",
        diary_no=f"NV-2020-{number:06d}",
        received_at=at,
        lawful_ground="PBL 2:1 1",
        info_grade="2",
        basis="FACT",
        graded_by="source-handler-1" if graded else "",
        graded_at=at if graded else None,
        expires_on=at.date() + timedelta(days=365),
    )
    Tip.objects.create(
        item=item,
        tag=f"{number:064d}",
        mailbox=b"x",
        sealed_text=b"x",
        signs=list(signs),
        **{"days": 3, **values},
    )
    return item


def make_ad(number: int, at: datetime, *, place=None, group: str = "") -> SourceItem:
    batch, _ = AdBatch.objects.get_or_create(
        file_name="ads.csv",
        sha256="0" * 64,
        lawful_source="för hand",
        legal_ground="PBL",
        imported_by="x",
        imported_at=at,
    )
    item = SourceItem.objects.create(
        kind="ad",
        channel="import",
        state="REGISTERED",
        diary_no=f"NV-2020-9{number:05d}",
        received_at=at,
        lawful_ground="PBL",
        expires_on=at.date() + timedelta(days=180),
    )
    Ad.objects.create(
        item=item,
        batch=batch,
        reference=f"ad-{number}",
        place=place,
        first_seen_on=at.date(),
        last_seen_on=at.date(),
        organiser_group=group,
    )
    return item


@pytest.fixture
def place(db):
    return make_place()


@pytest.fixture
def eligible(place, at):
    """A lead whose place has two kinds of signs from two independent sources."""
    make_statement(place, "F01", on=date(2020, 9, 20), informant="a")
    make_statement(place, "F02", on=date(2020, 9, 25), informant="b")
    make_statement(place, "T05", on=date(2020, 9, 28), informant="b")
    make_statement(place, "T05", on=date(2020, 9, 28), informant="c")
    return make_lead(place, at=at)


def test_a_confirmed_tip_becomes_statements_and_opens_a_lead(place, analyst, at):
    item = make_tip(1, at)

    lead = actions.confirm_place(
        item=item, place=place, by=analyst, at=at, explanation={"mentions": []}
    )

    assert lead.state == "OPEN"
    assert sorted(place.statements.values_list("sign", flat=True)) == ["F01", "T01"]
    assert item.state == "LINKED"
    assert {"link.confirm", "lead.open", "item.move"} <= set(acts())


def test_a_second_item_on_the_same_place_joins_the_open_lead(place, analyst, at):
    first = actions.confirm_place(
        item=make_tip(1, at), place=place, by=analyst, at=at, explanation={}
    )

    second = actions.confirm_place(
        item=make_tip(2, at), place=place, by=analyst, at=at, explanation={}
    )

    assert first.pk == second.pk
    assert Lead.objects.count() == 1


def test_an_ungraded_tip_is_not_linked(place, analyst, at):
    item = make_tip(1, at, graded=False)

    with pytest.raises(Refused, match="bedömas"):
        actions.confirm_place(item=item, place=place, by=analyst, at=at, explanation={})

    assert not Link.objects.exists()
    assert acts() == []


def test_an_item_is_linked_once_until_the_link_is_undone(place, analyst, at):
    item = make_tip(1, at)
    actions.confirm_place(item=item, place=place, by=analyst, at=at, explanation={})

    with pytest.raises(Refused, match="redan kopplad"):
        actions.confirm_place(item=item, place=make_place(2), by=analyst, at=at, explanation={})


def test_a_vanished_address_is_no_place_to_link_to(analyst, at):
    gone = make_place(3, valid_until_on=date(2020, 9, 2))

    with pytest.raises(Refused, match="finns inte längre"):
        actions.confirm_place(item=make_tip(1, at), place=gone, by=analyst, at=at, explanation={})


def test_undoing_a_link_withdraws_its_statements_and_lets_the_item_wait_again(place, analyst, at):
    item = make_tip(1, at)
    actions.confirm_place(item=item, place=place, by=analyst, at=at, explanation={})
    link = Link.objects.get()

    actions.undo_link(link=link, by=analyst, at=at, why="Fel hus.")

    assert not queries.live_statements(place).exists()
    assert SourceItem.objects.get().state == "TRIAGED"
    with pytest.raises(Refused, match="redan ångrad"):
        actions.undo_link(link=link, by=analyst, at=at, why="")


def test_an_ad_group_counts_as_one_source_and_tells_that_it_moves(place, analyst, at):
    elsewhere = make_place(9, municipality="Annanstad")
    items = [
        make_ad(n, at + timedelta(days=n), place=p, group="g")
        for n, p in enumerate((place, elsewhere, place))
    ]

    actions.confirm_place(item=items[0], place=place, by=analyst, at=at, explanation={})

    signs = set(place.statements.values_list("sign", flat=True))
    assert signs == {"A01", "A05", "A06"}
    assert place.statements.values("informant").distinct().count() == 1


def test_a_tip_that_repeats_another_carries_its_label(place, analyst, at):
    text = (
        "Många okända besökare kommer och går till samma lägenhet sent på kvällarna, en i taget."
    )
    first, second = (
        make_tip(1, at, sanitised_text=text),
        make_tip(2, at, sanitised_text=text + " Hej."),
    )
    actions.confirm_place(item=first, place=place, by=analyst, at=at, explanation={})

    actions.confirm_place(item=second, place=place, by=analyst, at=at, explanation={})

    assert set(Statement.objects.filter(item=second).values_list("same_text", flat=True)) == {
        str(first.pk)
    }


def test_the_form_confirms_only_what_it_offered_and_may_name_a_dwelling(place, analyst, at):
    item = make_tip(1, at)
    confirm = actions.confirmer(
        item=item, candidates={place.external_id: place}, by=analyst, at=at
    )

    with pytest.raises(Refused, match="Välj en av adresserna"):
        confirm(place="another", dwelling_no="")
    lead = confirm(place=place.external_id, dwelling_no="1101")

    assert lead.place.dwelling_no == "1101"
    assert lead.place.parent == place


def test_an_assessment_keeps_the_weighing_and_the_decision(eligible, analyst, at):
    assessment = actions.assess(lead=eligible, decision="accept", reason="", by=analyst, at=at)

    assert assessment.is_eligible
    assert assessment.weight == pytest.approx(
        sum(c["delta"] for c in assessment.contributions), abs=1e-6
    )
    assert eligible.state == "ASSESSED"
    assert "lead.assess" in acts()


def test_the_assessor_never_approves(eligible, analyst, at):
    actions.assess(lead=eligible, decision="accept", reason="", by=analyst, at=at)

    with pytest.raises(Refused, match="godkänna det själv"):
        actions.approve(lead=eligible, why_not=WHY_NOT, by=analyst, at=at)

    assert Lead.objects.get().state == "ASSESSED"
    assert Assessment.objects.get().approved_by == ""


def test_a_colleague_approves_with_what_speaks_against(eligible, analyst, second_analyst, at):
    actions.assess(lead=eligible, decision="accept", reason="", by=analyst, at=at)
    with pytest.raises(Refused, match="motskäl"):
        actions.approve(lead=eligible, why_not="", by=second_analyst, at=at)

    actions.approve(lead=eligible, why_not=WHY_NOT, by=second_analyst, at=at)

    approved = Assessment.objects.get()
    assert (approved.approved_by, approved.why_not) == ("analyst-2", WHY_NOT)
    assert Lead.objects.get().state == "APPROVED_FOR_CHECK"


def test_thin_evidence_is_not_approved(place, analyst, second_analyst, at):
    make_statement(place, "F05", on=date(2020, 9, 28), informant="a")
    lead = make_lead(place, at=at)
    actions.assess(lead=lead, decision="accept", reason="", by=analyst, at=at)

    with pytest.raises(Refused, match="Underlaget räcker inte"):
        actions.approve(lead=lead, why_not=WHY_NOT, by=second_analyst, at=at)


def test_evidence_withdrawn_after_the_assessment_stops_the_approval(
    eligible, analyst, second_analyst, at
):
    actions.assess(lead=eligible, decision="accept", reason="", by=analyst, at=at)
    Statement.objects.update(withdrawn_at=at, withdrawn_reason="Fel hus.")

    with pytest.raises(Refused, match="Underlaget räcker inte"):
        actions.approve(lead=eligible, why_not=WHY_NOT, by=second_analyst, at=at)


def test_a_place_checked_twice_in_a_month_rests_until_something_new_comes(
    eligible, analyst, second_analyst, at
):
    for days in (20, 5):
        LeadStep.objects.create(
            lead=eligible, after="CHECKED", by="x", at=at - timedelta(days=days)
        )
    actions.assess(lead=eligible, decision="accept", reason="", by=analyst, at=at)

    with pytest.raises(Refused, match="2 gånger"):
        actions.approve(lead=eligible, why_not=WHY_NOT, by=second_analyst, at=at)


def test_a_lead_without_an_assessment_is_not_approved(place, analyst, at):
    lead = make_lead(place, state="ASSESSED", at=at)

    with pytest.raises(Refused, match="ingen bedömning"):
        actions.approve(lead=lead, why_not=WHY_NOT, by=analyst, at=at)


def test_a_lead_rests_and_is_taken_up_again(place, analyst, at):
    lead = make_lead(place, at=at)
    with pytest.raises(Refused, match="varför"):
        actions.park(lead=lead, why=" ", by=analyst, at=at)

    actions.park(lead=lead, why="Vänta på svar.", by=analyst, at=at)
    resting = Lead.objects.get()
    actions.reopen(lead=lead, why="Svaret kom.", by=analyst, at=at)

    assert resting.next_review_on == at.date() + timedelta(days=30)
    assert Lead.objects.get().next_review_on is None


def test_a_withdrawn_lead_is_closed(place, analyst, at):
    lead = make_lead(place, at=at)

    actions.withdraw(lead=lead, why="Fel plats.", by=analyst, at=at)

    assert Lead.objects.get().closed_at == at


def test_someone_elses_change_in_between_is_not_overwritten(place, analyst, at):
    lead = make_lead(place, at=at)
    Lead.objects.update(state="PARKED")

    with pytest.raises(Refused, match="Någon annan"):
        actions.withdraw(lead=lead, why="Fel plats.", by=analyst, at=at)


@pytest.mark.parametrize(
    ("finding", "signs", "has_report", "state"),
    [
        ("CONFIRMED", ["V01"], False, "CONFIRMED"),
        ("CONFIRMED", [], True, "CONFIRMED"),
        ("INNOCENT", ["V03"], False, "CLOSED"),
        ("NOT_CONFIRMED", ["V02"], False, "NOT_CONFIRMED"),
        ("INCONCLUSIVE", [], False, "INCONCLUSIVE"),
    ],
)
def test_a_checked_lead_gets_its_finding(
    place, operation_lead, at, finding, signs, has_report, state
):
    lead = make_lead(place, state="CHECKED", at=at)
    actions.state_observations(
        place=place,
        signs=signs,
        observed_on=at.date(),
        check_id=new_id(),
        by=operation_lead,
        at=at,
    )

    actions.conclude(lead=lead, finding=finding, has_report=has_report, by=operation_lead, at=at)

    assert Lead.objects.get().state == state


def test_confirming_needs_an_own_observation_or_a_case(place, operation_lead, at):
    lead = make_lead(place, state="CHECKED", at=at)

    with pytest.raises(Refused, match="egen iakttagelse"):
        actions.conclude(
            lead=lead, finding="CONFIRMED", has_report=False, by=operation_lead, at=at
        )


def test_not_confirmed_twice_closes_the_lead(place, operation_lead, at):
    lead = make_lead(place, state="CHECKED", at=at)
    LeadStep.objects.create(
        lead=lead, after="NOT_CONFIRMED", by="x", at=datetime(2020, 9, 1, tzinfo=UTC)
    )

    actions.conclude(
        lead=lead, finding="NOT_CONFIRMED", has_report=False, by=operation_lead, at=at
    )

    assert Lead.objects.get().state == "CLOSED"


@pytest.mark.parametrize(
    "role", ["source_handler", "operation_lead", "field_officer", "press_officer"]
)
def test_only_an_analyst_confirms_and_assesses(place, at, role):
    from tests.conftest import actor

    with pytest.raises(Refused, match="roll"):
        actions.confirm_place(
            item=make_tip(1, at), place=place, by=actor(role), at=at, explanation={}
        )
    with pytest.raises(Refused, match="roll"):
        actions.assess(
            lead=make_lead(place, at=at), decision="accept", reason="", by=actor(role), at=at
        )


def test_a_turned_down_address_is_kept_as_not_the_same_and_waits_no_longer(place, analyst, at):
    item = make_tip(1, at)

    actions.turn_down(item=item, places=[place], by=analyst, at=at)

    assert Link.objects.get().judgement == "negative"
    assert not queries.items_to_link(reader=analyst).exists()
    assert "link.turn_down" in acts()


def test_only_what_waits_for_an_address_is_turned_down(place, analyst, at):
    with pytest.raises(Refused, match="väntar inte"):
        actions.turn_down(item=make_tip(1, at, graded=False), places=[place], by=analyst, at=at)


def test_who_sent_is_read_as_it_is_known_now(place, analyst, at):
    item = make_tip(1, at)
    actions.confirm_place(item=item, place=place, by=analyst, at=at, explanation={})

    Tip.objects.update(informant="now-known")

    assert {e.informant for e in queries.evidence_on(place)} == {"now-known"}
