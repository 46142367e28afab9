"""What the pages on imports show."""

import pytest
from django.urls import reverse

from nosvidere.register import reports
from nosvidere.register.models import ImportRun, StagedChange
from nosvidere.register.tally import Tally

pytestmark = pytest.mark.django_db


def make_run(at, **values) -> ImportRun:
    tally = {"file_name": "a.csv", "started_at": at, "finished_at": at, "by": "administrator-1"}
    return ImportRun.objects.create(**{**tally, **values})


def test_an_import_without_faults_says_so(at):
    page = reports.import_page(
        make_run(at, added=4, report=Tally().report(before=set(), after=set(), unread=()))
    )

    assert (page.rejections, page.moves, page.furthest, page.notices) == (None, None, (), ())


def test_sorts_of_rejections_come_with_the_most_frequent_first(at):
    counts = {"number": 2, "duplicate": 1200}

    chart = reports.import_page(
        make_run(at, rejected=1202, report={"rejections": counts})
    ).rejections

    assert [bar.label for bar in chart.bars] == [
        "samma id två gånger",
        "husnummer som inte går att läsa",
    ]
    assert chart.says == "1\xa0202 rader avvisades. Vanligast: samma id två gånger."
    assert chart.rows[0] == ("samma id två gånger", "1\xa0200")


def test_moves_are_told_by_how_far(at):
    report = {"moves": [5, 0, 1, 2, 0, 1], "furthest": [[812.4, 7, "Tångvägen 1, Havsby"]]}

    page = reports.import_page(make_run(at, report=report))

    assert page.moves.says.startswith("9 adresser har fått en ny punkt. 3 av dem")
    assert [row[0] for row in page.moves.rows] == [
        "under 1 m", "1–5 m", "5–25 m", "25–100 m", "100–500 m", "500 m eller mer",
    ]  # fmt: skip
    assert page.furthest == (
        reports.Move("Tångvägen 1, Havsby", reverse("register:place", args=[7]), "812"),
    )


def test_streets_that_are_not_shown_are_counted(at):
    streets = [[f"Gata {n}", "Havsby"] for n in range(100)]

    page = reports.import_page(
        make_run(at, report={"streets_new": streets, "streets_new_in_all": 700})
    )

    assert len(page.streets_new.shown) == reports.SHOWN_STREETS
    assert page.streets_new.more == 700 - reports.SHOWN_STREETS
    assert page.streets_new.shown[0] == "Gata 0, Havsby"


def test_an_import_that_never_ended_says_so(at):
    run = make_run(at, finished_at=None)

    assert "Inget av den syns" in reports.import_page(run).notices[0].text
    assert not reports.import_row(run).is_finished


def test_columns_that_are_not_read_are_told(at):
    page = reports.import_page(make_run(at, report={"unread": ["fastighet", "anm"]}))

    assert page.notices[0].text == "Kolumner i filen som inte läses: fastighet, anm."


def test_addresses_that_came_back_are_told_with_the_changed(at):
    page = reports.import_page(make_run(at, changed=9, report={"returned": 4}))

    assert page.figures[1].note == "varav 4 åter i registret"


@pytest.mark.parametrize(
    ("names", "said"), [(0, "Utan en lista"), (120_000, "120\xa0000 gatunamn")]
)
def test_the_list_of_the_country_is_told(names, said):
    assert said in reports.names_notice(names).text


def test_a_staged_change_is_called_by_its_address():
    assert str(StagedChange(street="Tångvägen", number="4", letter="B")) == "Tångvägen 4B"
