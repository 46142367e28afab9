"""Questions about operations: travel, staff lent, who is out now, and what the reader may see."""

import json
from datetime import timedelta

import pytest
from tests.making import make_place
from tests.operations.making import (
    AT,
    EVENING,
    LEAD,
    OFFICER,
    OTHER_OFFICER,
    first_visit,
    make_officer,
    make_operation,
    make_planned,
    make_shift,
    make_team,
    make_unit,
)

from nosvidere.kernel.refused import Refused
from nosvidere.operations import queries
from nosvidere.operations.models import Assignment

pytestmark = pytest.mark.django_db


def test_travel_is_by_road_where_the_deployer_has_put_a_graph(settings, tmp_path):
    settings.HOME = tmp_path
    assert queries.travel_of_site().is_fallback

    graph = {"nodes": [[57.0, 11.4], [57.01, 11.4]], "edges": [[0, 1, 1000, 30]]}
    (tmp_path / "roads.json").write_text(json.dumps(graph))

    assert not queries.travel_of_site().is_fallback


def test_hours_lent_are_each_member_s_shifts():
    operation = make_operation()
    make_team(make_shift(operation))
    make_team(make_shift(operation, days=1), codes=("yttre-1", "yttre-3"))

    (lent,) = queries.lent_by_unit(operation)

    assert (str(lent.unit), lent.people, lent.hours) == ("Södra Havsby", 3, 32.0)


@pytest.mark.parametrize(
    ("hours", "is_out"), [(-7, False), (-5, True), (3, True), (13, True), (15, False)]
)
def test_a_team_is_out_around_its_shift(hours, is_out):
    make_planned()

    team = queries.current_team(reader=OFFICER, at=EVENING + timedelta(hours=hours))

    assert (team is not None) == is_out


def test_a_team_s_visits_are_for_its_own_and_for_the_lead():
    team = first_visit(make_planned()).team

    seen = [
        queries.visits_for_team(reader=who, team=team).count()
        for who in (OFFICER, LEAD, OTHER_OFFICER)
    ]

    assert seen == [2, 2, 0]


def test_officers_are_found_by_code_on_the_day():
    unit = make_unit()
    make_officer("yttre-1", unit)

    assert queries.officers(["yttre-1", "yttre-1"], on=AT.date()) == [("yttre-1", unit)]
    with pytest.raises(Refused, match="yttre-9"):
        queries.officers(["yttre-9"], on=AT.date())


def test_a_muster_point_is_a_registered_address_with_a_point():
    make_place(1)
    make_place(10, lat=None, lon=None, cell="")

    assert queries.muster_point("tångvägen  1", reader=LEAD) == (57.0001, 11.4001)
    with pytest.raises(Refused, match="ingen adress"):
        queries.muster_point("Tångvägen 10", reader=LEAD)


def test_cautions_come_from_the_entrance_too():
    visit = first_visit(make_planned())
    dwelling = make_place(50, kind="dwelling", parent=visit.place, dwelling_no="1101")
    Assignment.objects.filter(pk=visit.pk).update(cautions="Hund.")

    assert queries.cautions_at(dwelling) == "Hund."


def test_things_are_named_by_what_staff_call_them():
    operation = make_planned(leads=1)
    visit = first_visit(operation)

    names = [
        str(operation),
        str(visit.team),
        str(visit.team.shift),
        str(visit),
        str(visit.team.members.first()),
    ]

    assert names == ["Nos Videre", "21-1", "kvällspass 2020-10-01", "Tångvägen 1", "yttre-1"]
