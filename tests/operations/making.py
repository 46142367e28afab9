"""An operation as tests need it, made through the same actions as a real one."""

from datetime import UTC, date, datetime, timedelta

from tests.making import make_lead, make_place

from nosvidere.accounts.models import Account, OrgUnit, Post
from nosvidere.leads.models import Assessment, Lead
from nosvidere.operations import actions
from nosvidere.operations.models import Assignment, Operation, Shift, Team
from nosvidere.rules import access
from nosvidere.rules.access import Actor

AT = datetime(2020, 10, 1, 12, 0, tzinfo=UTC)
EVENING = datetime(2020, 10, 1, 16, 0, tzinfo=UTC)  # 18 in Stockholm
LEAD = Actor("operation-lead-1", frozenset({access.OPERATION_LEAD}), "syd")
LAWYER = Actor("legal-reviewer-1", frozenset({access.LEGAL_REVIEWER}), "syd")
OFFICER = Actor("yttre-1", frozenset({access.FIELD_OFFICER}), "syd")
SECOND_OFFICER = Actor("yttre-2", frozenset({access.FIELD_OFFICER}), "syd")
OTHER_OFFICER = Actor("yttre-3", frozenset({access.FIELD_OFFICER}), "nord")


def make_unit(code: str = "syd", *, name: str = "Södra Havsby") -> OrgUnit:
    """Return a local police area."""
    unit, _ = OrgUnit.objects.get_or_create(
        code=code, defaults={"name": name, "kind": "local_area"}
    )
    return unit


def make_officer(code: str, unit: OrgUnit) -> Account:
    """Return an account that works in the field from the start of the year."""
    account = Account.objects.create_user(code, name="Prov", created_at=AT)
    Post.objects.create(
        account=account, unit=unit, role=access.FIELD_OFFICER, from_on=date(2020, 1, 1)
    )
    return account


def make_operation(*, is_approved: bool = True, limit: int = 30) -> Operation:
    """Return an operation, decided unless told otherwise."""
    operation = actions.propose_operation(
        name="Nos Videre",
        purpose="Störa handeln och erbjuda hjälp.",
        legal_basis="Polislagen 2 §",
        lead_unit=make_unit(),
        from_on=date(2020, 10, 1),
        until_on=date(2020, 10, 4),
        address_limit=limit,
        seed=7,
        by=LEAD,
        at=AT,
    )
    if is_approved:
        actions.approve_operation(operation=operation, legality_note="Prövad.", by=LAWYER, at=AT)
    return operation


def make_shift(operation: Operation, *, days: int = 0) -> Shift:
    """Return an evening shift, some days after the first evening."""
    starts_at = EVENING + timedelta(days=days)
    return actions.add_shift(
        operation=operation,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
        muster_point="Polishuset i Havsby",
        muster=(57.0, 11.4),
        commander=LEAD.code,
        by=LEAD,
        at=AT,
    )


def make_team(
    shift: Shift,
    *,
    front: str = "PREMISES",
    codes: tuple[str, ...] = ("yttre-1", "yttre-2"),
    call_sign: str = "21-1",
) -> Team:
    """Return a team lent by one unit."""
    unit = make_unit()
    return actions.add_team(
        shift=shift,
        call_sign=call_sign,
        front=front,
        unit=unit,
        members=[(code, unit) for code in codes],
        by=LEAD,
        at=AT,
    )


def make_approved_lead(
    number: int = 1, *, weight: float = 5.0, origin: str = "TIP", **place: object
) -> Lead:
    """Return a lead that is approved for a check, with its assessment."""
    lead = make_lead(make_place(number, **place), state="APPROVED_FOR_CHECK", at=AT)
    Assessment.objects.create(
        lead=lead,
        scheme="1",
        made_at=AT,
        made_by="analyst-1",
        weight=weight,
        families=["F", "T"],
        sources=2,
        contributions=[
            {
                "sign": "F01",
                "evidence": [],
                "points": 3,
                "grade": 1,
                "age": 1,
                "delta": 3,
                "text": "Många besökare.",
            }
        ],
        counter=[
            {
                "sign": "V02",
                "evidence": [],
                "points": -1,
                "grade": 1,
                "age": 1,
                "delta": -1,
                "text": "Inget fynd.",
            }
        ],
        missing=["Ingen egen iakttagelse."],
        is_eligible=True,
        decision="accept",
        origin=origin,
        approved_by="operation-lead-1",
        approved_at=AT,
        why_not="Det kan vara en mottagning.",
    )
    return lead


def make_planned(*, leads: int = 2, to: str = "ONGOING") -> Operation:
    """Return an operation with one evening, one team and its visits planned, taken to a state."""
    operation = make_operation()
    make_team(make_shift(operation))
    for number in range(1, leads + 1):
        make_approved_lead(number, weight=float(number))
    actions.freeze_list(operation=operation, by=LEAD, at=AT)
    actions.plan_operation(operation=operation, by=LEAD, at=AT)
    for state in ("BRIEFED", "ONGOING"):
        if operation.state != to:
            actions.step_operation(operation=operation, to=state, by=LEAD, at=AT)
    return operation


def first_visit(operation: Operation) -> Assignment:
    """Return the first planned visit."""
    return (
        operation.assignments.select_related("team__shift", "lead", "place")
        .order_by("order")
        .first()
    )
