"""What the pages on operations show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from nosvidere.operations.models import SHIFT_KINDS, Assignment, Operation, Shift, Team
from nosvidere.operations.queries import Lent
from nosvidere.rules.flows import ASSIGNMENT, OPERATION
from nosvidere.rules.operation import FRONTS
from nosvidere.ui.components import Figure, MapRow, MapTable, Step
from nosvidere.ui.templatetags.ui import clock, day, hour, minutes, number
from nosvidere.ui.words import translated

SHAPES = {
    "PROPOSED": "",
    "APPROVED": "working",
    "PLANNED": "working",
    "BRIEFED": "working",
    "ONGOING": "time",
    "DEBRIEFED": "done",
    "REPORTED": "done",
    "EVALUATED": "done",
    "CLOSED": "closed",
}
ORIGINS = {
    "TIP": "tips",
    "AD": "annons",
    "BOTH": "tips och annons",
    "OWN_OBS": "egen iakttagelse",
}
# What the button of a step says: a verb, not the name of the state.
STEP_LABELS = {
    "BRIEFED": "Genomgången är hållen",
    "ONGOING": "Börja insatsen",
    "DEBRIEFED": "Avsluta kvällarna",
    "REPORTED": "Rapporten är lämnad",
    "EVALUATED": "Utvärderingen är gjord",
    "CLOSED": "Avsluta insatsen",
}


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation in the list."""

    name: str
    unit: str
    days: str
    state: str
    shape: str
    addresses: str
    href: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team of a shift: call sign, front, who, lent by whom."""

    call_sign: str
    front: str
    members: str
    unit: str
    visits: int


@dataclass(frozen=True, slots=True)
class ShiftPart:
    """One shift with its teams."""

    title: str
    hours: str
    muster: str
    commander: str
    teams: tuple[TeamRow, ...]
    add_team_href: str
    sheet_href: str


@dataclass(frozen=True, slots=True)
class LentRow:
    """What one unit lends."""

    unit: str
    people: int
    hours: str


@dataclass(frozen=True, slots=True)
class Unserved:
    """A visit that the plan leaves out, and why."""

    place: str
    reason: str
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class StepButton:
    """One step that the operation may take next, or why not yet."""

    to: str
    label: str
    refused: str


@dataclass(frozen=True, slots=True)
class OperationPage:
    """An operation as its page shows it."""

    name: str
    state: str
    shape: str
    days: str
    steps: tuple[Step, ...]
    facts: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    fronts: tuple[tuple[str, int, int], ...]
    shifts: tuple[ShiftPart, ...]
    lent: tuple[LentRow, ...]
    map: MapTable | None
    unserved: tuple[Unserved, ...]
    plan: tuple[str, ...]


def operation_row(operation: Operation) -> OperationRow:
    """Return an operation as the list shows it."""
    return OperationRow(
        name=operation.name,
        unit=str(operation.lead_unit),
        days=_days(operation),
        state=OPERATION.words[operation.state],
        shape=SHAPES[operation.state],
        addresses=str(operation.assignments.count()) if operation.frozen_at else "–",
        href=reverse("operations:operation", args=[operation.pk]),
    )


def _days(operation: Operation) -> str:
    return " – ".join(
        dict.fromkeys([operation.from_on.isoformat(), operation.until_on.isoformat()])
    )


def operation_page(
    operation: Operation,
    *,
    shifts: Sequence[Shift],
    visits: Sequence[Assignment],
    lent: Sequence[Lent],
    tiles_href: str = "",
) -> OperationPage:
    """Return an operation as its page shows it."""
    return OperationPage(
        name=operation.name,
        state=OPERATION.words[operation.state],
        shape=SHAPES[operation.state],
        days=_days(operation),
        steps=steps(operation.state),
        facts=_facts(operation),
        figures=_figures(visits, lent),
        fronts=_fronts(shifts, visits),
        shifts=tuple(_shift(shift, visits) for shift in shifts),
        lent=tuple(LentRow(str(o.unit), o.people, number(o.hours)) for o in lent),
        map=_map(visits, tiles_href) if visits else None,
        unserved=tuple(
            Unserved(str(v.place), v.unserved_reason, v.is_exploration)
            for v in visits
            if v.unserved_reason
        ),
        plan=_plan(operation),
    )


def steps(state: str) -> tuple[Step, ...]:
    """Return the operation's way from proposed to closed, where it stands marked."""
    order = list(OPERATION.words)
    here = order.index(state)
    return tuple(
        Step(
            OPERATION.words[one].capitalize(),
            "done" if at < here else "current" if at == here else "coming",
        )
        for at, one in enumerate(order)
    )


def _facts(operation: Operation) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("Syfte"), operation.purpose),
        (_("Rättslig grund"), operation.legal_basis),
        (_("Leds av"), str(operation.lead_unit)),
        (_("Föreslagen"), f"{clock(operation.proposed_at)}, {operation.proposed_by}"),
    ]
    if operation.approved_at:
        facts += [
            (_("Beslutad"), f"{clock(operation.approved_at)}, {operation.approved_by}"),
            (_("Laglighet och proportion"), operation.legality_note),
        ]
    if operation.frozen_at:
        facts.append((_("Listan fryst"), clock(operation.frozen_at)))
    return tuple(facts)


def _figures(visits: Sequence[Assignment], lent: Sequence[Lent]) -> tuple[Figure, ...]:
    done = sum(v.state == "DONE" for v in visits)
    return (
        Figure(_("adresser på listan"), str(len(visits))),
        Figure(_("planerade"), str(sum(v.arrive_at is not None for v in visits))),
        Figure(_("gjorda"), str(done)),
        Figure(_("personer"), str(sum(one.people for one in lent))),
        Figure(_("lånade timmar"), number(sum(one.hours for one in lent))),
    )


def _fronts(
    shifts: Sequence[Shift], visits: Sequence[Assignment]
) -> tuple[tuple[str, int, int], ...]:
    """Return (front, teams, planned visits) for each of the three fronts, also one without teams."""
    teams = [team.front for shift in shifts for team in shift.teams.all()]
    planned = [visit.team.front for visit in visits if visit.team]
    return tuple(
        (word.capitalize(), teams.count(front), planned.count(front))
        for front, word in FRONTS.items()
    )


def _shift(shift: Shift, visits: Sequence[Assignment]) -> ShiftPart:
    return ShiftPart(
        title=f"{translated(SHIFT_KINDS[shift.kind].capitalize())} {day(shift.starts_at)}",
        hours=f"{hour(shift.starts_at)}–{hour(shift.ends_at)}",
        muster=shift.muster_point,
        commander=shift.commander,
        teams=tuple(_team(team, visits) for team in shift.teams.all()),
        add_team_href=reverse("operations:add_team", args=[shift.pk]),
        sheet_href=reverse("operations:sheet", args=[shift.pk]),
    )


def _team(team: Team, visits: Sequence[Assignment]) -> TeamRow:
    return TeamRow(
        call_sign=team.call_sign,
        front=translated(FRONTS[team.front]),
        members=", ".join(sorted(member.service_code for member in team.members.all())),
        unit=str(team.unit),
        visits=sum(visit.team_id == team.pk for visit in visits),
    )


def _map(visits: Sequence[Assignment], tiles_href: str) -> MapTable:
    return MapTable(
        key="visits",
        caption=_("Adresser på listan, per kväll och lag"),
        headings=(
            _("Adress"),
            _("Kväll"),
            _("Lag"),
            _("Ordning"),
            _("Tid"),
            _("Känd genom"),
            _("Vald"),
            _("Läge"),
        ),
        rows=tuple(_row(visit) for visit in visits),
        tiles_href=tiles_href,
    )


def _row(visit: Assignment) -> MapRow:
    return MapRow(
        label=str(visit.place),
        cells=(
            day(visit.arrive_at) or "–",
            visit.team.call_sign if visit.team else "–",
            str(visit.order) if visit.order else "–",
            window(visit.arrive_at, visit.leave_at),
            translated(ORIGINS[visit.origin]),
            _("lottad") if visit.is_exploration else _("efter vikt"),
            translated(ASSIGNMENT.words[visit.state]),
        ),
        href=reverse("operations:visit", args=[visit.pk]),
        lat=visit.place.lat,
        lon=visit.place.lon,
    )


def window(start: datetime | None, end: datetime | None) -> str:
    """Return a visit's hours as 19:30–21:00, or a dash while it is not planned."""
    return f"{hour(start)}–{hour(end)}" if start and end else "–"


def _plan(operation: Operation) -> tuple[str, ...]:
    """Return what must be known of how the plan was made: travel, how near the best, the seed."""
    plan = operation.plan
    if not plan:
        return ()
    share = 100 * plan["served"] / plan["bound"] if plan["bound"] else 100
    travel = (
        _("Restiderna är gissade efter fågelvägen, för vägnätet är inte inlagt.")
        if plan["is_fallback"]
        else _("Restiderna är räknade på vägnätet.")
    )
    return (
        travel,
        _("Resor sammanlagt {time}.").format(time=minutes(plan["travel_minutes"])),
        _("Planen tar {share} procent av den vikt som någon plan högst kan ta.").format(
            share=number(share)
        ),
        _("Lottningens frö: {seed}. Gjord {at}.").format(
            seed=plan["seed"], at=clock(datetime.fromisoformat(plan["made_at"]))
        ),
    )


def step_buttons(open_steps: dict[str, str]) -> list[StepButton]:
    """Return the steps that may come next, each with why not if it may not yet."""
    return [StepButton(to, _(STEP_LABELS[to]), refused) for to, refused in open_steps.items()]
