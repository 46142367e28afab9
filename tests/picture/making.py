"""A small operation that has been played, and a table to estimate from, through the same actions as real ones."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.making import make_landlord, make_statement
from tests.operations.making import AT, EVENING, LEAD, make_approved_lead, make_operation

from nosvidere.accounts.actions import add_unit
from nosvidere.accounts.models import OrgUnit
from nosvidere.engine.darkfigure import parse_table
from nosvidere.field.actions import record_check, register_report
from nosvidere.kernel.ids import new_id
from nosvidere.operations import actions
from nosvidere.operations.models import Assignment, Operation
from nosvidere.picture.estimating import Run
from nosvidere.rules import access
from nosvidere.rules.access import SYSTEM, Actor
from nosvidere.rules.check import CheckContent, ReportContent
from nosvidere.rules.estimate import ASSUMPTIONS
from nosvidere.support.actions import answer_offer, consent_and_refer, offer_help

LATE = EVENING + timedelta(hours=4)
WEEK_AFTER = EVENING + timedelta(days=9)
ORIGINS = ("TIP", "AD", "BOTH", "TIP", "OWN_OBS")
AGES = (24, 29, 33, 36, 38, 41)
FRONTS = {0: "OUTREACH", 1: "PREMISES"}  # of the first reports
SURE = {key: {"answer": "yes", "note": "Parterna är överens."} for key in ASSUMPTIONS}


@dataclass
class Played:
    """An operation and its visits in the order of their places."""

    operation: Operation
    visits: list[Assignment]

    @property
    def officer(self) -> Actor:
        """Return somebody of the first visit's team."""
        return officer_of(self.visits[0])


def officer_of(visit: Assignment) -> Actor:
    member = visit.team.members.order_by("service_code").first()
    return Actor(member.service_code, frozenset({access.FIELD_OFFICER}), member.unit.code)


def make_units() -> list[OrgUnit]:
    """Return two local police areas, each in a police area of its own."""
    region = add_unit(code="vb", name="Region", kind="region", parent=None, by=SYSTEM, at=AT)
    areas = [
        add_unit(code=f"po-{n}", name=f"Område {n}", kind="area", parent=region, by=SYSTEM, at=AT)
        for n in (1, 2)
    ]
    return [
        add_unit(
            code=f"lpo-{area.code}",
            name=f"Lokalt {area}",
            kind="local_area",
            parent=area,
            by=SYSTEM,
            at=AT,
        )
        for area in areas
    ]


def make_briefed() -> Played:
    """Return an ongoing operation: two evenings, a team each on its own front and from its own area, five visits."""
    operation, units = make_operation(), make_units()
    for number, (unit, front) in enumerate(zip(units, ("PREMISES", "BUYER"), strict=True)):
        starts_at = EVENING + timedelta(days=number)
        shift = actions.add_shift(
            operation=operation,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=8),
            muster_point="Polishuset",
            muster=(57.0, 11.4),
            commander=LEAD.code,
            by=LEAD,
            at=AT,
        )
        actions.add_team(
            shift=shift,
            call_sign="21-1",
            front=front,
            unit=unit,
            members=[(f"yttre-{number}{n}", unit) for n in (1, 2)],
            by=LEAD,
            at=AT,
        )
    for number, origin in enumerate(ORIGINS, start=1):
        make_approved_lead(number, weight=float(number), origin=origin)
    actions.freeze_list(operation=operation, by=LEAD, at=AT)
    actions.plan_operation(operation=operation, by=LEAD, at=AT)
    for state in ("BRIEFED", "ONGOING"):
        actions.step_operation(operation=operation, to=state, by=LEAD, at=AT)
    visits = operation.assignments.select_related("team__shift", "lead", "place")
    return Played(operation, list(visits.order_by("place_id")))


def make_played() -> Played:
    """Return the operation with every visit checked, six reports and two offers of help."""
    played = make_briefed()
    for visit in played.visits:
        is_wrong = visit == played.visits[-1]
        record_check(
            id=new_id(),
            assignment=visit,
            content=CheckContent(
                entry_basis="outside", outcome="wrong_address" if is_wrong else "confirmed"
            ),
            recorded_at=LATE,
            by=officer_of(visit),
            at=LATE,
        )
    for number, age in enumerate(AGES):
        report(played, number, age=age)
    help_offered(played, "DECLINED")
    help_offered(played, "")
    return played


def report(played: Played, number: int, *, age: int | None, **changes: object) -> None:
    """Register a purchase; the first is an attempt, on a front of its own."""
    facts = {
        "kind": "PURCHASE_SEXUAL_ACT",
        "completion": "ATTEMPT" if number == 0 else "COMPLETED",
        "place_type": "FLAT_RENTED",
        "front": FRONTS.get(number, "BUYER"),
        "case_no": f"K-{number}",
        "age_years": age,
        "sex": "man",
        "buyer_informed": number != 2,
    }
    register_report(
        id=new_id(),
        assignment=played.visits[0],
        content=ReportContent(**{**facts, **changes}),
        happened_at=LATE,
        by=played.officer,
        at=LATE,
    )


def help_offered(played: Played, answer: str) -> None:
    """Offer help; no answer given means a yes with a sealed referral."""
    offer = offer_help(
        id=new_id(),
        shift=played.visits[0].team.shift,
        audience="EXPOSED",
        with_interpreter=False,
        in_private=True,
        card_given=True,
        by=played.officer,
        at=LATE,
    )
    if answer:
        answer_offer(offer=offer, answer=answer, by=played.officer, at=LATE)
        return
    consent_and_refer(
        offer=offer,
        scope="call_me",
        given_how="spoken",
        contact="Ring efter tolv.",
        needs="samtal",
        by=played.officer,
        at=LATE,
    )


def let_and_observe(visit: Assignment) -> None:
    """Give a visit's place a landlord and two observed days, so that a notice can be written."""
    make_landlord(visit.place)
    for days in (1, 2):
        make_statement(visit.place, "F01", on=date(2020, 9, 30) - timedelta(days=days))


# Three lists that see alike and overlap well: the data carry a number, with caution.
GOOD_TABLE = b"A,B,C,count\n1,0,0,60\n0,1,0,55\n0,0,1,50\n1,1,0,20\n1,0,1,18\n0,1,1,17\n1,1,1,6\n"
THIN_TABLE = b"A,B,C,count\n1,0,0,9\n0,1,0,8\n0,0,1,7\n1,1,0,1\n"


def make_run(raw: bytes = GOOD_TABLE, **answers: str) -> Run:
    """Return a table with its answers; an assumption may be answered otherwise than yes."""
    told = {key: {**SURE[key], "answer": answers.get(key, "yes")} for key in SURE}
    return Run(parse_table(raw), raw.decode(), "upload", told)
