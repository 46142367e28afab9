"""Visits, teams, routes and the independent checks of them."""

from nosvidere.engine.planning.checking import check_plan
from nosvidere.engine.planning.choosing import choose_visits, worths
from nosvidere.engine.planning.files import (
    PlanRequest,
    UnusableFile,
    plan_as_json,
    read_visits,
)
from nosvidere.engine.planning.making import make_plan
from nosvidere.engine.planning.model import (
    TWO_TEAMS,
    Moment,
    Plan,
    Rest,
    Stop,
    TeamShift,
    Unserved,
    Visit,
)
from nosvidere.engine.planning.replanning import re_plan
from nosvidere.engine.planning.team_checking import check_teams
from nosvidere.engine.planning.teams import (
    Assigner,
    FrontNeed,
    Person,
    Roster,
    StaffRules,
    Team,
    Vacancy,
    WorkShift,
    form_teams,
    team_shifts_of,
)
from nosvidere.engine.planning.travel import Road, RoadGraph, StraightLine, Travel

__all__ = [
    "TWO_TEAMS",
    "Assigner",
    "FrontNeed",
    "Moment",
    "Person",
    "Plan",
    "PlanRequest",
    "Rest",
    "Road",
    "RoadGraph",
    "Roster",
    "StaffRules",
    "Stop",
    "StraightLine",
    "Team",
    "TeamShift",
    "Travel",
    "Unserved",
    "UnusableFile",
    "Vacancy",
    "Visit",
    "WorkShift",
    "check_plan",
    "check_teams",
    "choose_visits",
    "form_teams",
    "make_plan",
    "plan_as_json",
    "re_plan",
    "read_visits",
    "team_shifts_of",
    "worths",
]
