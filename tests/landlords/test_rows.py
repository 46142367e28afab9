"""What the pages on notices show."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nosvidere.engine.sealing import Code
from nosvidere.kernel.time import local_date
from nosvidere.landlords import present
from nosvidere.landlords.letter import notice_text
from nosvidere.landlords.models import Measure, Notice
from nosvidere.landlords.paper import letter_pdf
from nosvidere.register.models import TENURES

DAY = date(2020, 10, 1)
FORBIDDEN = ("prostituerad", "torsk", "bordell", "träff")


def page(notice, *, replies=(), after=(), on=DAY):
    return present.notice_page(notice, replies=replies, observed_after=after, on=on)


@pytest.mark.parametrize("tenure", TENURES)
def test_the_letter_says_the_law_of_the_tenure_and_what_is_not_allowed(draft, tenure):
    draft.tenure = tenure

    text = notice_text(draft, on=DAY)

    assert "inte lagen i egna händer" in text
    assert "Socialtjänsten" in text
    assert "jurist" in text
    assert ("Tiden kan bli längre" in text) is (tenure in {"RENTAL", "COOP", "PREMISES"})
    assert ("inte förlorad" in text) is (tenure in {"RENTAL", "COOP", "PREMISES"})
    assert not any(word in text.lower() for word in FORBIDDEN)


def test_the_letter_tells_no_source_no_observation_and_nothing_of_the_review(draft):
    draft.proportionality, draft.harm_check = "Vägt.", {"child": "Ja, ett barn."}

    text = notice_text(draft, on=DAY)

    assert draft.extent_basis not in text
    assert not any(day in text for day in draft.observed_on)
    assert "Vägt" not in text
    assert "barn" not in text


def test_a_reservation_stands_in_the_letter(draft):
    draft.reservation = "För inte uppgiften vidare."

    assert notice_text(draft, on=DAY).endswith("Förbehåll: För inte uppgiften vidare.")


def test_the_paper_is_one_page_with_the_code_and_an_address_without_it(draft):
    draft.party.service_address = "Storgatan 1, 990 01 Havsby"

    pdf = letter_pdf(draft, code=Code(2020), address="https://tips.example", on=DAY)

    assert pdf.startswith(b"%PDF")
    assert b"/Type/Pages/Count 1/" in pdf


@pytest.mark.parametrize(
    ("state", "dates", "waits", "shape"),
    [
        ("DRAFT", {}, "", "working"),
        ("SENT", {}, "", "working"),
        (
            "SENT",
            {"acknowledge_by_on": DAY + timedelta(days=3)},
            "bekräftelse: 3 dagar kvar",
            "working",
        ),
        ("RECEIVED", {"acknowledge_by_on": DAY}, "bekräftelse: i dag", "working"),
        (
            "SENT",
            {"acknowledge_by_on": DAY - timedelta(days=1)},
            "bekräftelse: en dag för sent",
            "time",
        ),
        (
            "ACKNOWLEDGED",
            {"measure_by_on": DAY + timedelta(days=1)},
            "åtgärd: en dag kvar",
            "working",
        ),
        (
            "ACKNOWLEDGED",
            {"measure_by_on": DAY - timedelta(days=2)},
            "åtgärd: 2 dagar för sent",
            "time",
        ),
        ("CLOSED", {}, "", "closed"),
    ],
)
def test_a_row_says_what_it_waits_for_in_words(draft, state, dates, waits, shape):
    draft.state = state
    for name, value in dates.items():
        setattr(draft, name, value)

    row = present.notice_row(draft, on=DAY)

    assert (row.waits, row.shape) == (waits, shape)


def test_a_tab_for_all_and_one_for_each_state_that_has_any():
    tabs = present.tabs({"DRAFT": 2, "SENT": 0, "CLOSED": 1}, "CLOSED")

    assert [(tab.label, tab.count, tab.is_current) for tab in tabs] == [
        ("Alla", 3, False),
        ("Utkast", 2, False),
        ("Avslutad", 1, True),
    ]


def test_the_page_shows_the_clock_only_as_far_as_it_runs(draft):
    assert page(draft).clock == ()

    draft.knows_since_at = datetime(2020, 10, 1, 23, 0, tzinfo=UTC)
    draft.legal_deadline_on = date(2021, 4, 2)

    assert [(f.label, f.value) for f in page(draft).clock] == [
        ("hyresvärden vet sedan", "2020-10-02"),
        ("säga upp senast enligt lag", "2021-04-02"),
    ]


def test_the_page_says_by_when_the_police_owe_a_review(in_review, at):
    labels = [figure.label for figure in page(in_review, on=local_date(at)).clock]

    assert labels == ["granska senast"]


def test_the_page_shows_the_whole_review(approved):
    approved.reservation = "Tystnad."

    shown = dict(page(approved).review)

    assert shown["Granskad av"] == "legal-reviewer-1"
    assert shown["Finns ett barn?"] == "Nej."
    assert shown["Förbehåll"] == "Tystnad."
    assert "Brevet väntar till" not in shown


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, "uppsägning, 2020-09-30"),
        (True, "uppsägning, 2020-09-30: håller (2020-10-01)"),
        (False, "uppsägning, 2020-09-30: höll inte (2020-10-01)"),
    ],
)
def test_a_measure_says_whether_it_held(draft, at, held, said):
    Measure.objects.create(
        notice=draft,
        kind="termination",
        taken_on=date(2020, 9, 30),
        reported_at=at,
        rechecked_on=None if held is None else DAY,
        has_held=held,
    )

    assert page(draft, after=[DAY]).measures == (said,)
    assert page(draft, after=[DAY]).observed_after == "2020-10-01"


def test_the_models_say_what_they_are(reply):
    notice = reply(act="measure", measure="talk", text="Ja.")

    assert str(notice) == notice.diary_no
    assert str(notice.measures.get()) == "samtal med hyresgästen"
    assert str(notice.replies.get()) == "measure"
    assert str(notice.steps.first()) == "DRAFT"
    assert str(Notice.objects.get().party) == "Havsbybostäder"
