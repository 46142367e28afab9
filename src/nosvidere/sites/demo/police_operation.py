"""The demonstration's operation: decided, staffed, planned, four evenings played, landlords told, figures published."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from nosvidere.accounts.models import OrgUnit
from nosvidere.accounts.queries import staff_with_role
from nosvidere.engine.planning import Plan
from nosvidere.field.actions import conclude_visit, receive, send_concern
from nosvidere.field.models import Check, ConcernReport, OffenceReport
from nosvidere.kernel.time import local_date
from nosvidere.landlords import actions as landlords
from nosvidere.landlords.queries import leads_to_notice
from nosvidere.leads.queries import leads_to_visit
from nosvidere.operations import actions
from nosvidere.operations.models import Assignment, Operation, Shift, TeamMember
from nosvidere.picture.actions import publish_summary
from nosvidere.rules import access
from nosvidere.rules.access import Actor
from nosvidere.rules.check import suggested_finding
from nosvidere.sites.demo.police_setup import OFFICERS_A_TEAM, one
from nosvidere.support import actions as support
from nosvidere.support.models import HelpOffer

ADDRESSES = 30
OUTCOMES = {"CONFIRMED": "confirmed", "NOT_CONFIRMED": "nothing", "INNOCENT": "innocent"}
SEXES = {"M": "man", "F": "woman"}


NAME = "Nos Videre"
NOTE = "Ändamålet är bestämt, adresserna har minst två oberoende håll, och kontrollerna börjar utifrån."
PURPOSE = "Störa handeln, erbjuda hjälp och få en lägesbild. Hjälp som tas emot räknas lika mycket som anmälningar."
LEGAL_BASIS = "Polislagen 2 §, brottsbalken 6 kap. 11 och 12 §§"
FOLLOW_UP = "Uppföljning"
FOLLOW_UP_ADDRESSES = 6


def the_operation() -> Operation:
    """Return the operation that the season is about."""
    return Operation.objects.get(name=NAME)


def propose_operation(*, at: datetime, town: str, seed: int) -> int:
    """Propose the operation, let the lawyer decide on it, and add the four shifts with their teams."""
    told = json.loads((Path(town) / "town.json").read_text())
    rows = json.loads((Path(town) / "shifts.json").read_text())
    days = (_day(told["evenings"][0]), _day(told["evenings"][-1]))
    return _decided(
        NAME, rows, unit=told["leading_unit"], days=days, limit=ADDRESSES, seed=seed, at=at
    ).pk


def begin_follow_up(*, at: datetime, town: str, seed: int, evening: str) -> int:
    """Begin a small evening of follow-up, so that whoever looks at the demonstration meets a shift under way.

    Returns how many visits it has: none when the season left no approved lead to visit.
    """
    if not leads_to_visit(reader=one(access.OPERATION_LEAD)):
        return 0
    told = json.loads((Path(town) / "town.json").read_text())
    row = dict(json.loads((Path(town) / "shifts.json").read_text())[0])
    for end in ("starts_at", "ends_at"):
        moved = datetime.fromisoformat(row[end]) + (_day(evening) - _day(told["evenings"][0]))
        row[end] = moved.isoformat()
    days = (_day(evening), _day(evening))
    operation = _decided(
        FOLLOW_UP,
        [row],
        unit=told["leading_unit"],
        days=days,
        limit=FOLLOW_UP_ADDRESSES,
        seed=seed,
        at=at,
    )
    _begin(operation, at=at + timedelta(hours=3))
    return operation.assignments.filter(state="PLANNED").count()


def _decided(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    unit: str,
    days: tuple[date, date],
    limit: int,
    seed: int,
    at: datetime,
) -> Operation:
    """Return an operation proposed by the chief, decided by the lawyer and staffed for its shifts."""
    chief, lawyer = one(access.OPERATION_LEAD), one(access.LEGAL_REVIEWER)
    operation = actions.propose_operation(
        name=name,
        purpose=PURPOSE,
        legal_basis=LEGAL_BASIS,
        lead_unit=OrgUnit.objects.get(code=unit),
        from_on=days[0],
        until_on=days[1],
        address_limit=limit,
        seed=seed,
        by=chief,
        at=at,
    )
    actions.approve_operation(
        operation=operation, legality_note=NOTE, by=lawyer, at=at + timedelta(hours=1)
    )
    for row in rows:
        _staff(operation, row, by=chief, at=at + timedelta(hours=2))
    return operation


def _begin(operation: Operation, *, at: datetime) -> Plan:
    """Freeze the list, plan it, brief it and begin; return the plan."""
    chief = one(access.OPERATION_LEAD)
    actions.freeze_list(operation=operation, by=chief, at=at)
    plan = actions.plan_operation(operation=operation, by=chief, at=at)
    for state in ("BRIEFED", "ONGOING"):
        actions.step_operation(operation=operation, to=state, by=chief, at=at)
    return plan


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()


def _staff(operation: Operation, row: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    muster = row["muster"]
    shift = actions.add_shift(
        operation=operation,
        starts_at=datetime.fromisoformat(row["starts_at"]),
        ends_at=datetime.fromisoformat(row["ends_at"]),
        muster_point="Polishuset i Videhamn",
        muster=(muster["lat"], muster["lon"]),
        commander=by.code,
        by=by,
        at=at,
    )
    officers = staff_with_role(access.FIELD_OFFICER, on=local_date(at))
    officers.sort(key=lambda pair: int(pair[0].rpartition("-")[2]))
    free: dict[str, list[tuple[str, OrgUnit]]] = {}
    for code, unit in officers:
        free.setdefault(unit.code, []).append((code, unit))
    for team in row["teams"]:
        members = [free[team["unit"]].pop(0) for _ in range(OFFICERS_A_TEAM)]
        actions.add_team(
            shift=shift,
            call_sign=team["call_sign"],
            front=team["front"],
            unit=members[0][1],
            members=members,
            by=by,
            at=at,
        )


def plan_operation(*, at: datetime) -> dict[str, Any]:
    """Freeze the list, plan it, brief it and begin; return the addresses in the order of their visits."""
    operation = the_operation()
    plan = _begin(operation, at=at)
    visits = (
        operation.assignments.select_related("place")
        .filter(state="PLANNED")
        .order_by("arrive_at", "pk")
    )
    return {
        "unserved": len(plan.unserved),
        "visits": [_visit(visit) for visit in visits],
    }


def _visit(visit: Assignment) -> dict[str, Any]:
    entrance = visit.place.parent or visit.place
    return {
        "assignment": visit.pk,
        "address_id": entrance.external_id,
        "origin": visit.origin,
        "evening": local_date(visit.arrive_at).isoformat() if visit.arrive_at else "",
    }


def play_evening(*, at: datetime, evening: str, script: Mapping[str, Any]) -> dict[str, int]:
    """Let the teams of one evening record what the script says happens at their visits, as their phones send it."""
    shift = Shift.objects.get(starts_at__date=_day(evening))
    visits = (
        Assignment.objects.select_related("team", "place")
        .filter(team__shift=shift)
        .order_by("arrive_at")
    )
    happens = {check["assignment"]: check for check in script["checks"]}
    for visit in visits:
        _record(visit, happens[visit.pk], script, at=at)
    return {
        "checks": Check.objects.filter(assignment__team__shift=shift).count(),
        "reports": OffenceReport.objects.count(),
    }


def _record(
    visit: Assignment, check: Mapping[str, Any], script: Mapping[str, Any], *, at: datetime
) -> None:
    officer = _officer(visit)
    reports = [report for report in script["offence_reports"] if report["check"] == check["id"]]
    envelopes = [_check(visit, check), *(_report(visit, report) for report in reports)]
    for envelope in receive(envelopes=envelopes, by=officer, at=at):
        if envelope.result != "stored":
            message = f"{envelope.kind}: {envelope.result} {envelope.reason}"
            raise RuntimeError(message)
    for number, offer in enumerate(o for o in script["help_offers"] if o["check"] == check["id"]):
        _help(_shift(visit), offer, key=f"{visit.pk}/{number}", by=officer, at=at)


def _officer(visit: Assignment) -> Actor:
    """Return the first member of the team that a planned visit belongs to."""
    member = (
        TeamMember.objects.select_related("unit")
        .filter(team=visit.team)
        .order_by("service_code")
        .first()
    )
    if member is None:
        message = f"No team at visit {visit.pk}."
        raise LookupError(message)
    return Actor(member.service_code, frozenset({access.FIELD_OFFICER}), member.unit.code)


def _shift(visit: Assignment) -> Shift:
    return Shift.objects.get(teams=visit.team)


def _minutes_into(visit: Assignment, minutes: int) -> str:
    """Return the instant some minutes after a planned visit began."""
    started = Assignment.objects.values_list("arrive_at", flat=True).get(pk=visit.pk)
    if started is None:
        message = f"Visit {visit.pk} is not planned."
        raise LookupError(message)
    return (started + timedelta(minutes=minutes)).isoformat()


def _id(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def _check(visit: Assignment, check: Mapping[str, Any]) -> dict[str, Any]:
    is_used = check["outcome"] == "CONFIRMED"
    return {
        "id": _id("check", visit.pk),
        "kind": "check",
        "body": {
            "assignment": visit.pk,
            "recorded_at": _minutes_into(visit, 60),
            "entry_basis": "invited" if is_used else "outside",
            "outcome": OUTCOMES[check["outcome"]],
            "signs": ["F02", "F04"] if is_used else [],
            "persons_met": check["persons_met"],
        },
    }


def _report(visit: Assignment, report: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": _id("report", report["id"]),
        "kind": "report",
        "body": {
            "assignment": visit.pk,
            "happened_at": _minutes_into(visit, 45),
            "kind": report["kind"],
            "completion": report["completion"],
            "place_type": report["place_type"],
            "front": report["front"],
            "case_no": f"K-2020-{report['id']}",
            "age_years": report["age"],
            "sex": SEXES.get(report["sex"], ""),
            "buyer_informed": True,
            "self_harm_asked": True,
        },
    }


def _help(shift: Shift, told: Mapping[str, Any], *, key: str, by: Actor, at: datetime) -> None:
    """Offer help on the shift; a yes becomes a consent and a sealed referral."""
    offer = support.offer_help(
        id=UUID(_id("help", key)),
        shift=shift,
        audience="EXPOSED",
        with_interpreter=told["interpreter"],
        in_private=True,
        card_given=told["card_given"],
        by=by,
        at=at,
    )
    answer = {"LATER": "INFO_ONLY", "DECLINED": "DECLINED"}.get(told["answer"])
    if answer:
        support.answer_offer(offer=offer, answer=answer, by=by, at=at)
        return
    pseudonym = f"P{HelpOffer.objects.count():03d}"
    consent = support.take_consent(
        offer=offer, pseudonym=pseudonym, scope="call_me", given_how="spoken", by=by, at=at
    )
    support.refer(
        consent=consent,
        contact="Ring det nummer som lämnats, vardag efter tolv.",
        needs="samtal, boende",
        by=by,
        at=at,
    )


def conclude(*, at: datetime) -> dict[str, int]:
    """Debrief: send what concerns a child, decide what each check found, and report."""
    chief, operation = one(access.OPERATION_LEAD), the_operation()
    for concern in ConcernReport.objects.filter(sent_at__isnull=True):
        send_concern(concern=concern, by=chief, at=at)
    waiting = operation.assignments.select_related("lead__place", "operation").filter(
        lead__state="CHECKED"
    )
    for visit in waiting:
        check = visit.checks.filter(corrected_by__isnull=True).latest("recorded_at")
        conclude_visit(assignment=visit, finding=suggested_finding(check.outcome), by=chief, at=at)
    for state in ("DEBRIEFED", "REPORTED"):
        actions.step_operation(operation=operation, to=state, by=chief, at=at)
    support.take_in_statuses(by=access.SYSTEM, at=at)
    return {"confirmed": operation.assignments.filter(lead__state="CONFIRMED").count()}


def serve_notices(*, at: datetime) -> list[dict[str, str]]:
    """Draft, review and serve a notice for each confirmed place; return the letter codes and places."""
    analyst, lawyer = one(access.ANALYST), one(access.LEGAL_REVIEWER)
    served = []
    for lead in leads_to_notice(reader=analyst):
        extent = "Flera iakttagelser under flera dagar; inget tyder på boende."
        notice = landlords.draft_notice(lead=lead, extent_basis=extent, by=analyst, at=at)
        landlords.ask_review(notice=notice, by=analyst, at=at)
        landlords.approve_notice(
            notice=notice,
            proportionality="Brevet nämner ingen person och ingen källa. Hjälp har erbjudits först.",
            ground="OSL 10:2",
            harm={
                "who_lives_there": "En tillfällig hyresgäst.",
                "child": "Nej.",
                "help_first": "Ja, erbjuden på plats.",
            },
            by=lawyer,
            at=at + timedelta(hours=1),
        )
        result = landlords.serve_notice(notice=notice, by=analyst, at=at + timedelta(hours=2))
        served.append(
            {
                "code": str(result.code.symbols),
                "address_id": (lead.place.parent or lead.place).external_id,
            }
        )
    return served


def take_in_replies(*, at: datetime) -> int:
    """Take in what landlords have answered."""
    return landlords.take_in_replies(by=access.SYSTEM, at=at)


def publish(*, at: datetime) -> dict[str, Any]:
    """Publish the summary, with the decision that one attempt may be told."""
    summary = publish_summary(
        operation=the_operation(),
        small_number_reason="Ett försök kan nämnas: det pekar inte ut någon bland åtta anmälda.",
        by=one(access.PRESS_OFFICER),
        at=at,
    )
    return {figure["key"]: figure["value"] for figure in summary.figures}
