"""What a team records: checks, reports, concerns; append-only, each once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.field.models import Check, ConcernReport, Envelope, OffenceReport
from nosvidere.field.queries import is_on_team, standing_reports
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.leads.actions import conclude, state_observations
from nosvidere.leads.actions import move as move_lead
from nosvidere.operations.actions import move_assignment
from nosvidere.operations.models import Assignment
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.check import (
    CheckContent,
    ReportContent,
    check_record,
    check_report,
    signs_of_check,
)
from nosvidere.rules.evidence import check_signs, scored_signs


@transaction.atomic
def record_check(
    *,
    id: UUID,  # noqa: A002 - the sender's own id is the row's id
    assignment: Assignment,
    content: CheckContent,
    recorded_at: datetime,
    device: str = "",
    corrects: Check | None = None,
    by: Actor,
    at: datetime,
) -> Check:
    """Record a check of a place; sent twice it is taken once, with other content it is refused.

    What was observed becomes statements on the place. A child present opens a concern due before the shift ends.
    """
    check_may(by, "check.record")
    check_record(content, is_on_team=is_on_team(by, assignment))
    check_signs(content.signs)
    body_hash = digest({**asdict(content), "assignment": assignment.pk})
    if earlier := Check.objects.filter(pk=id).first():
        return _same_again(earlier, body_hash)
    check = Check.objects.create(
        id=id,
        assignment=assignment,
        place=assignment.place,
        recorded_at=recorded_at,
        received_at=at,
        recorded_by=by.code,
        device=device,
        body_hash=body_hash,
        corrects=corrects,
        **{**asdict(content), "signs": list(content.signs)},
    )
    _follow(check, by=by, at=at)
    record(by=by, act="check.record", on=check, at=at, fields={"outcome": content.outcome})
    return check


def _same_again(earlier: Check, body_hash: str) -> Check:
    if earlier.body_hash != body_hash:
        raise Refused(
            "En annan anteckning med samma nummer finns redan. Den nya sparades inte; säg till insatsledningen."
        )
    return earlier


def digest(content: Mapping[str, object]) -> str:
    """Return the SHA-256 hex digest of content as canonical JSON."""
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _follow(check: Check, *, by: Actor, at: datetime) -> None:
    """Let a check take effect: statements on the place, the visit done, the lead checked, a concern for a child."""
    stated = scored_signs(signs_of_check(outcome=check.outcome, observed=check.signs))
    observed_on = local_date(check.recorded_at)
    state_observations(
        place=check.place, signs=stated, observed_on=observed_on, check_id=check.pk, by=by, at=at
    )
    assignment = check.assignment
    if assignment.state in {"PLANNED", "ON_SITE"}:
        move_assignment(assignment=assignment, to="DONE", by=by, at=at)
    if assignment.lead.state == "ASSIGNED":
        move_lead(lead=assignment.lead, to="CHECKED", by=by, at=at)
    if check.child_present and assignment.team is not None:
        shift = assignment.team.shift
        concern = ConcernReport.objects.create(
            found_at_check=check, shift=shift, due_at=shift.ends_at
        )
        record(by=by, act="concern.open", on=concern, at=at)


@transaction.atomic
def register_report(
    *,
    id: UUID,  # noqa: A002 - the sender's own id is the row's id
    assignment: Assignment,
    content: ReportContent,
    happened_at: datetime,
    by: Actor,
    at: datetime,
) -> OffenceReport:
    """Register a coded report without a name; sent twice it is taken once."""
    check_may(by, "report.register")
    if earlier := OffenceReport.objects.filter(pk=id).first():
        return earlier
    is_known = OffenceReport.objects.filter(case_no=content.case_no.strip()).exists()
    check_report(content, is_on_team=is_on_team(by, assignment), is_case_known=is_known)
    report = OffenceReport.objects.create(
        id=id,
        assignment=assignment,
        happened_at=happened_at,
        registered_by=by.code,
        registered_at=at,
        **{**asdict(content), "case_no": content.case_no.strip()},
    )
    fields = {"kind": content.kind, "completion": content.completion}
    record(by=by, act="report.register", on=report, at=at, fields=fields)
    return report


@transaction.atomic
def withdraw_report(*, report: OffenceReport, why: str, by: Actor, at: datetime) -> None:
    """Withdraw a report that was wrong; it no longer counts anywhere."""
    check_may(by, "check.read")
    if not why.strip():
        raise Refused("Skriv varför anmälan återkallas.")
    OffenceReport.objects.filter(pk=report.pk).update(state="WITHDRAWN")
    record(by=by, act="report.withdraw", on=report, at=at, why=why)


@transaction.atomic
def send_concern(*, concern: ConcernReport, by: Actor, at: datetime) -> None:
    """Note that the social board has been told of the concern."""
    check_may(by, "pack.read")
    if concern.sent_at is not None:
        raise Refused("Orosanmälan är redan lämnad.")
    ConcernReport.objects.filter(pk=concern.pk).update(sent_at=at, sent_by=by.code)
    record(by=by, act="concern.send", on=concern, at=at)


@transaction.atomic
def conclude_visit(*, assignment: Assignment, finding: str, by: Actor, at: datetime) -> None:
    """Decide what a check found, at the debriefing."""
    check_may(by, "check.read")
    has_report = standing_reports(assignment.operation).filter(assignment=assignment).exists()
    conclude(lead=assignment.lead, finding=finding, has_report=has_report, by=by, at=at)


def receive(*, envelopes: Sequence[Mapping[str, Any]], by: Actor, at: datetime) -> list[Envelope]:
    """Keep each record that a phone sends before reading it, each in its own transaction; return them with results."""
    check_may(by, "check.record")
    return [_receive_one(sent, by=by, at=at) for sent in envelopes]


def _receive_one(sent: Mapping[str, Any], *, by: Actor, at: datetime) -> Envelope:
    """Keep one record, then read it; a fault in the reading leaves it held, never lost."""
    body, body_hash = sent["body"], digest({"body": sent["body"]})
    values = {
        "kind": str(sent["kind"]),
        "body": body,
        "body_hash": body_hash,
        "received_at": at,
        "sent_by": by.code,
    }
    kept, is_new = Envelope.objects.get_or_create(id=sent["id"], defaults=values)
    if not is_new and kept.body_hash != body_hash:
        return Envelope(
            id=kept.pk, kind=kept.kind, result="rejected", reason="En annan post har samma nummer."
        )
    if not is_new and kept.result == "stored":
        return Envelope(id=kept.pk, kind=kept.kind, result="duplicate")
    kept.result, kept.reason = _read(kept, by=by, at=at)
    kept.save(update_fields=["result", "reason"])
    return kept


def _read(kept: Envelope, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Let a kept record take effect; return its result and the reason for a no."""
    try:
        READERS[kept.kind](kept, by=by, at=at)
    except Refused as refused:
        return "rejected", str(refused)
    except (KeyError, TypeError, ValueError) as fault:
        return "held", f"Posten gick inte att tolka ({type(fault).__name__}). Den är sparad."
    return "stored", ""


def _read_check(kept: Envelope, *, by: Actor, at: datetime) -> None:
    body = dict(kept.body)
    assignment = Assignment.objects.select_related("team__shift", "lead", "place").get(
        pk=body.pop("assignment")
    )
    recorded_at = datetime.fromisoformat(body.pop("recorded_at"))
    content = CheckContent(**{**body, "signs": tuple(body.get("signs", ()))})
    record_check(
        id=kept.pk, assignment=assignment, content=content, recorded_at=recorded_at, by=by, at=at
    )


def _read_report(kept: Envelope, *, by: Actor, at: datetime) -> None:
    body = dict(kept.body)
    assignment = Assignment.objects.select_related("team").get(pk=body.pop("assignment"))
    happened_at = datetime.fromisoformat(body.pop("happened_at"))
    register_report(
        id=kept.pk,
        assignment=assignment,
        content=ReportContent(**body),
        happened_at=happened_at,
        by=by,
        at=at,
    )


READERS = {"check": _read_check, "report": _read_report}
