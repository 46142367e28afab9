"""The stage: orders in, answers out; and acts that find something wrong say so instead of going on."""

import io
import json
from datetime import UTC, datetime

import pytest
from tests.operations.making import EVENING, first_visit, make_planned

from nosvidere.field.actions import record_check
from nosvidere.field.models import ConcernReport
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.time import now
from nosvidere.operations.models import Assignment, TeamMember
from nosvidere.rules.access import FIELD_OFFICER, Actor
from nosvidere.rules.check import CheckContent
from nosvidere.sites.demo.police_operation import conclude, play_evening
from nosvidere.sites.demo.stage import play

AT = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)


def test_a_site_does_one_act_after_another_on_its_own_clock(monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "nosvidere.sites.every")
    orders = [{"do": "look", "at": AT.isoformat()}] * 2
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(map(json.dumps, orders))))

    play("public")

    assert capsys.readouterr().out == "true\ntrue\n"
    assert (now() - AT).total_seconds() < 60


def script_for(visit: Assignment, **changes: object) -> dict[str, object]:
    check = {"id": "k-1", "assignment": visit.pk, "outcome": "CONFIRMED", "persons_met": 1}
    return {"checks": [{**check, **changes}], "offence_reports": [], "help_offers": []}


@pytest.fixture
def visit(db):
    """The only visit of an evening."""
    only = first_visit(make_planned())
    Assignment.objects.exclude(pk=only.pk).delete()
    return only


def test_an_evening_is_recorded_as_phones_send_it(visit):
    told = play_evening(at=EVENING, evening="2020-10-01", script=script_for(visit))

    assert told == {"checks": 1, "reports": 0}


def test_a_record_that_is_not_taken_stops_the_play(visit):
    with pytest.raises(RuntimeError, match="check: held"):
        play_evening(
            at=EVENING, evening="2020-10-01", script=script_for(visit, persons_met="många")
        )


def test_a_visit_without_a_team_stops_the_play(visit):
    TeamMember.objects.all().delete()

    with pytest.raises(LookupError, match="No team"):
        play_evening(at=EVENING, evening="2020-10-01", script=script_for(visit))


def test_what_concerns_a_child_is_sent_before_the_operation_is_reported(visit):
    record_check(
        id=new_id(),
        assignment=visit,
        content=CheckContent(entry_basis="outside", outcome="nothing", child_present=True),
        recorded_at=EVENING,
        by=Actor("yttre-1", frozenset({FIELD_OFFICER}), "syd"),
        at=EVENING,
    )

    conclude(at=EVENING)

    assert ConcernReport.objects.get().sent_at == EVENING
