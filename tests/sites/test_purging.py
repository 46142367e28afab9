"""What has had its time goes for real, all or nothing, and a receipt of counts stays."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.leads.test_actions import make_ad
from tests.making import make_lead, make_place, make_statement
from tests.operations.making import EVENING, OFFICER, first_visit, make_planned

from nosvidere.audit.models import AuditEvent
from nosvidere.audit.queries import verify_chain
from nosvidere.courier import store
from nosvidere.field.actions import record_check, register_report
from nosvidere.field.models import Check, ConcernReport, Envelope, OffenceReport
from nosvidere.intake.actions import take_call
from nosvidere.intake.models import Ad, AdBatch, AdLinking, Message, SourceItem, Tip
from nosvidere.intake.queries import FORGOTTEN, readable_text
from nosvidere.kernel.ids import new_id
from nosvidere.leads.models import Lead, Link, Statement
from nosvidere.operations.models import Assignment, Operation, Shift
from nosvidere.register.models import ImportRun, Party, Tenure
from nosvidere.rules.access import SOURCE_HANDLER, Actor
from nosvidere.rules.check import CheckContent, ReportContent
from nosvidere.rules.keeping import CLOSED_CASE_DAYS, IMPORT_REPORT_DAYS, UNSEEN_AD_DAYS
from nosvidere.sites.purging import RULES, purge
from nosvidere.support.actions import offer_help
from nosvidere.support.models import Consent, HelpOffer

pytestmark = pytest.mark.django_db
THEN = datetime(2020, 10, 1, 18, 0, tzinfo=UTC)
YEAR = timedelta(days=CLOSED_CASE_DAYS)
DAY = timedelta(days=1)
HANDLER = Actor("handler-1", frozenset({SOURCE_HANDLER}), "vastkust")
FOUND = CheckContent(
    entry_basis="outside", outcome="confirmed", signs=("F02",), persons_met=1, child_present=True, note="Trappan."
)  # fmt: skip
PURCHASE = ReportContent(
    kind="PURCHASE_SEXUAL_ACT", completion="COMPLETED", place_type="FLAT_RENTED", front="BUYER", case_no="K-1"
)  # fmt: skip
GONE = (Operation, Shift, Assignment, Check, OffenceReport, ConcernReport, HelpOffer, Lead, Statement)  # fmt: skip


@pytest.fixture
def operation():
    """An operation with a check that was corrected, a concern, a report and an offer of help; not yet closed."""
    made = make_planned(leads=1)
    visit = first_visit(made)
    shared = {"assignment": visit, "recorded_at": EVENING, "by": OFFICER, "at": EVENING}
    first = record_check(id=new_id(), content=FOUND, **shared)
    record_check(id=new_id(), content=FOUND, corrects=first, **shared)
    register_report(
        id=new_id(),
        assignment=visit,
        content=PURCHASE,
        happened_at=EVENING,
        by=OFFICER,
        at=EVENING,
    )
    offer_help(
        id=new_id(),
        shift=visit.team.shift,
        audience="EXPOSED",
        with_interpreter=True,
        in_private=True,
        card_given=True,
        by=OFFICER,
        at=EVENING,
    )
    return made


def close(operation: Operation) -> None:
    """Let the operation and its leads have been closed then."""
    Operation.objects.filter(pk=operation.pk).update(state="CLOSED", closed_at=THEN)
    Lead.objects.update(state="CLOSED", closed_at=THEN)


@pytest.fixture
def tip(settings, tmp_path):
    """A tip taken down by phone, with a message."""
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()
    made = take_call(text="Många besök.", place_text="Tångvägen 1", by=HANDLER, at=THEN)
    Message.objects.create(
        tip=made, is_from_sender=True, seq=1, at=THEN, sealed_text=store.seal(b"mer")
    )
    return made


def link(tip: Tip | Ad, lead: Lead) -> None:
    Link.objects.create(
        item=tip.item,
        place=lead.place,
        judgement="positive",
        method="person",
        created_by="analyst-1",
        created_at=THEN,
    )


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in GONE}


def test_a_closed_operation_goes_with_all_that_hangs_on_it(operation):
    close(operation)

    gone = purge(at=THEN + YEAR)

    assert set(counts().values()) == {0}
    assert (gone["kontroller"], gone["insatser"], gone["uppslag"], gone["orosanmälningar"]) == (2, 1, 1, 1)  # fmt: skip


def test_a_day_too_early_nothing_goes_but_what_was_asked_to(operation):
    close(operation)
    before = counts()

    purge(at=THEN + YEAR - DAY)

    assert counts() == before


def test_what_is_still_open_stays_without_its_words(operation):
    Operation.objects.update(until_on=(THEN + 2 * YEAR).date())
    Lead.objects.update(state_at=THEN + 2 * YEAR)
    before = counts()

    purge(at=THEN + 2 * YEAR)

    assert counts() == before
    assert set(Check.objects.values_list("note", flat=True)) == {""}


def test_what_nobody_closed_goes_a_year_after_its_last_day(operation):
    last = datetime.combine(operation.until_on, THEN.timetz())

    purge(at=last + YEAR - DAY)
    assert Operation.objects.exists()

    purge(at=max(last, EVENING) + YEAR + DAY)
    assert set(counts().values()) == {0}


def test_news_of_its_place_keeps_an_open_lead(tip):
    lead = make_lead(make_place(), at=THEN - YEAR)
    link(tip, lead)

    purge(at=THEN + YEAR - DAY)
    assert Lead.objects.get() == lead

    purge(at=THEN + YEAR)
    assert not Lead.objects.exists()
    assert not SourceItem.objects.exists()


def test_what_ties_ads_together_is_forgotten_also_where_a_lead_lives():
    place = make_place()
    lead = make_lead(place, at=THEN)
    item = make_ad(1, THEN, place=place)
    Ad.objects.update(contacts=["c"], words=["w"], shingles=["s"])
    link(item.ad, lead)
    AdLinking.objects.create(at=THEN, by="analyst-1", ads=1, groups=0, quarantined=["c"])

    purge(at=THEN + timedelta(days=UNSEEN_AD_DAYS - 1))
    assert (Ad.objects.get().contacts, AdLinking.objects.count()) == (["c"], 1)

    purge(at=THEN + timedelta(days=UNSEEN_AD_DAYS))
    kept = Ad.objects.get()
    assert (kept.contacts, kept.words, kept.shingles, kept.place) == ([], [], [], place)
    assert not AdLinking.objects.exists()


def test_a_landlord_goes_with_the_last_lead_on_the_place():
    place = make_place()
    lead = make_lead(place, at=THEN)
    party = Party.objects.create(kind="housing_company", name="Bostäder")
    Tenure.objects.create(place=place, party=party, form="RENTAL", from_on=THEN.date())

    purge(at=THEN + YEAR - DAY)
    assert Party.objects.get() == party

    purge(at=THEN + YEAR)
    assert not Lead.objects.filter(pk=lead.pk).exists()
    assert not Tenure.objects.exists()
    assert not Party.objects.exists()


def test_a_dry_run_counts_the_same_and_deletes_nothing(operation):
    close(operation)
    before, events = counts(), AuditEvent.objects.count()

    told = purge(at=THEN + YEAR, is_dry=True)

    assert (counts(), AuditEvent.objects.count()) == (before, events)
    assert told == purge(at=THEN + YEAR)


def test_the_receipt_says_how_many_and_nothing_more(operation):
    close(operation)

    gone = purge(at=THEN + YEAR)

    receipt = AuditEvent.objects.order_by("seq").last()
    assert (receipt.act, receipt.fields) == ("purge", gone)
    assert verify_chain().broken_at is None
    assert list(gone) == [rule.name for rule in RULES]


def test_a_purge_that_breaks_off_has_deleted_nothing(operation, monkeypatch):
    close(operation)
    before = counts()
    monkeypatch.setattr("nosvidere.sites.purging.record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        purge(at=THEN + YEAR)

    assert counts() == before


def test_a_tip_goes_after_a_year_with_its_messages(tip):
    purge(at=THEN + YEAR)

    assert not SourceItem.objects.exists()
    assert not Message.objects.exists()


def test_a_tip_that_a_lead_needs_stays_but_its_words_are_forgotten(tip):
    link(tip, make_lead(make_place(), at=THEN + DAY))

    purge(at=THEN + YEAR)

    tip.refresh_from_db()
    assert readable_text(tip) == FORGOTTEN
    assert (tip.sanitised_text, tip.sanitised_place) == ("", "")
    assert not bytes(Message.objects.get().sealed_text)
    assert purge(at=THEN + YEAR + DAY)["text i tips"] == 0


@pytest.mark.parametrize(("closed", "stays"), [(THEN, False), (THEN + DAY, True)])
def test_a_tip_stays_until_its_lead_has_been_closed_a_year(tip, closed, stays):
    lead = make_lead(make_place(), at=THEN)
    Lead.objects.filter(pk=lead.pk).update(state="CLOSED", closed_at=closed)
    link(tip, lead)

    purge(at=THEN + YEAR)

    assert SourceItem.objects.exists() is stays


def test_a_link_that_was_undone_does_not_hold_a_tip(tip):
    link(tip, make_lead(make_place(), at=THEN))
    Link.objects.update(deleted_at=THEN, deleted_by="analyst-1")

    purge(at=THEN + YEAR)

    assert not SourceItem.objects.exists()


def test_own_observations_stay_as_long_as_a_lead_needs_them():
    place, other = make_place(1), make_place(2)
    make_lead(place, at=THEN + 2 * DAY)
    for where in (place, other):
        make_statement(where, "F01", on=THEN.date())

    purge(at=THEN + YEAR + DAY)

    assert [statement.place for statement in Statement.objects.all()] == [place]


def test_what_a_phone_sent_goes_after_a_year():
    Envelope.objects.create(
        id=new_id(), kind="check", body={}, body_hash="0", received_at=THEN, sent_by="yttre-1"
    )

    assert purge(at=THEN + YEAR)["poster från telefoner"] == 1
    assert not Envelope.objects.exists()


@pytest.mark.parametrize("way", ["expired", "withdrawn"])
def test_a_consent_that_has_ended_goes_and_the_offer_stays_as_a_count(operation, way):
    Consent.objects.create(
        offer=HelpOffer.objects.get(),
        pseudonym="lärka",
        text_version="1",
        text_hash="0",
        scope="call_me",
        given_at=THEN,
        recorded_by="yttre-1",
        expires_on=THEN.date() + (DAY if way == "expired" else 30 * DAY),
        withdrawn_at=None if way == "expired" else THEN,
    )

    purge(at=THEN + 3 * DAY)

    assert not Consent.objects.exists()
    assert HelpOffer.objects.count() == 1


def test_an_import_of_ads_goes_when_its_ads_have_gone():
    AdBatch.objects.create(
        file_name="ads.csv", lawful_source="x", legal_ground="y", imported_by="z", imported_at=THEN
    )

    assert purge(at=THEN + YEAR)["inläsningar av annonser"] == 1


def test_reports_of_imports_go_after_two_years_but_for_the_latest():
    old, latest, unfinished = (
        ImportRun.objects.create(
            file_name=name, started_at=THEN, finished_at=None if name == "c" else THEN, by="a"
        )
        for name in "abc"
    )
    two_years = timedelta(days=IMPORT_REPORT_DAYS)

    purge(at=THEN + two_years - DAY)
    assert ImportRun.objects.count() == 3
    purge(at=THEN + two_years)

    assert old not in ImportRun.objects.all()
    assert {run.pk for run in ImportRun.objects.all()} == {latest.pk, unfinished.pk}
