"""What a team records: checks, reports, concerns; append-only, each once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from nosvidere.audit.actions import record
from nosvidere.field.models import Check, ConcernReport, Envelope, OffenceReport
from nosvidere.field.queries import (
    is_on_team,
    reports_to_band,
    standing_reports,
    statements_of,
    visit_sent,
)
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.leads.actions import conclude, state_observations
from nosvidere.leads.actions import move as move_lead
from nosvidere.operations.actions import move_assignment, note_caution
from nosvidere.operations.models import Assignment, Operation, Team
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.check import (
    CheckContent,
    ReportContent,
    age_band,
    check_envelope,
    check_record,
    check_replace,
    check_report,
    check_withdraw,
    read_check,
    read_instant,
    read_report,
    signs_of_check,
)
from nosvidere.rules.evidence import check_signs, scored_signs

CHILD_CAUTION = "Barn har setts på platsen {day}: ha socialtjänsten med."


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
        **{**asdict(content), "signs": list(content.signs)},
    )
    record(by=by, act="check.record", on=check, at=at, fields={"outcome": content.outcome})
    if corrects is not None:
        _take_place_of(corrects, check, why="Laget rättade sin anteckning.", by=by, at=at)
    _follow(check, by=by, at=at)
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
    _end_visit(check.assignment, by=by, at=at)
    if check.child_present:
        _raise_concern(check, by=by, at=at)


def _end_visit(assignment: Assignment, *, by: Actor, at: datetime) -> None:
    """Let a visit be done and its lead checked, also when the record comes after the visit was given back."""
    if assignment.state in {"NOT_REACHED", "ABORTED"}:
        move_assignment(assignment=assignment, to="PLANNED", by=by, at=at)
    if assignment.state in {"PLANNED", "ON_SITE"}:
        move_assignment(assignment=assignment, to="DONE", by=by, at=at)
    late = "Anteckningen kom in efter passet."
    if assignment.lead.state == "APPROVED_FOR_CHECK":
        move_lead(lead=assignment.lead, to="ASSIGNED", by=by, at=at, why=late)
    if assignment.lead.state == "ASSIGNED":
        move_lead(lead=assignment.lead, to="CHECKED", by=by, at=at)


def _raise_concern(check: Check, *, by: Actor, at: datetime) -> None:
    """Open a concern due before the shift ends, once a visit, and leave a caution for later visits."""
    assignment = check.assignment
    day = local_date(check.recorded_at).isoformat()
    note_caution(assignment=assignment, text=CHILD_CAUTION.format(day=day), by=by, at=at)
    is_open = ConcernReport.objects.filter(found_at_check__assignment=assignment).exists()
    if assignment.team is None or is_open:
        return
    shift = assignment.team.shift
    concern = ConcernReport.objects.create(found_at_check=check, shift=shift, due_at=shift.ends_at)
    record(by=by, act="concern.open", on=concern, at=at)


def _take_place_of(earlier: Check, later: Check, *, why: str, by: Actor, at: datetime) -> None:
    """Let one check stand instead of another: what the other stated on the place is withdrawn."""
    is_same = earlier.assignment_id == later.assignment_id and earlier.pk != later.pk
    is_standing = earlier.corrected_by_id is None and later.corrected_by_id is None
    check_replace(is_same_visit=is_same, is_standing=is_standing, why=why)
    Check.objects.filter(pk=earlier.pk).update(corrected_by=later)
    statements_of(earlier).update(withdrawn_at=at, withdrawn_reason=why[:240])
    record(by=by, act="check.replace", on=earlier, at=at, why=why)


@transaction.atomic
def replace_check(*, earlier: Check, later: Check, why: str, by: Actor, at: datetime) -> None:
    """Decide at the debriefing that of two records of a visit one stands instead of the other."""
    check_may(by, "operation.plan")
    _take_place_of(earlier, later, why=why, by=by, at=at)


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
    if earlier := OffenceReport.objects.filter(pk=id, assignment=assignment).first():
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
    check_may(by, "operation.plan")
    check_withdraw(state=report.state, why=why)
    OffenceReport.objects.filter(pk=report.pk).update(state="WITHDRAWN")
    report.state = "WITHDRAWN"
    record(by=by, act="report.withdraw", on=report, at=at, why=why)


@transaction.atomic
def band_ages(*, by: Actor, at: datetime) -> int:
    """Replace ages by bands of ten years, and forget the sex, in closed operations; return how many reports it was."""
    reports = list(reports_to_band())
    for report in reports:
        report.age_band = age_band(report.age_years) if report.age_years is not None else ""
        report.age_years, report.sex = None, ""
    OffenceReport.objects.bulk_update(reports, ["age_band", "age_years", "sex"])
    if reports:
        record(by=by, act="report.band", at=at, fields={"reports": len(reports)})
    return len(reports)


@transaction.atomic
def send_concern(*, concern: ConcernReport, by: Actor, at: datetime) -> None:
    """Note that the social board has been told of the concern."""
    check_may(by, "pack.read")
    if concern.sent_at is not None:
        raise Refused("Orosanmälan är redan lämnad.")
    ConcernReport.objects.filter(pk=concern.pk).update(sent_at=at, sent_by=by.code)
    concern.sent_at, concern.sent_by = at, by.code
    record(by=by, act="concern.send", on=concern, at=at)


@transaction.atomic
def conclude_visit(*, assignment: Assignment, finding: str, by: Actor, at: datetime) -> None:
    """Decide what a check found, at the debriefing."""
    check_may(by, "operation.plan")
    has_report = standing_reports(assignment.operation).filter(assignment=assignment).exists()
    conclude(lead=assignment.lead, finding=finding, has_report=has_report, by=by, at=at)


@transaction.atomic
def note_export(*, operation: Operation, by: Actor, at: datetime) -> None:
    """Note that an operation's report left the system as a file."""
    check_may(by, "check.read")
    record(by=by, act="report.export", on=operation, at=at)


@transaction.atomic
def note_pack(*, team: Team, by: Actor, at: datetime) -> None:
    """Note that a phone fetched its team's visits."""
    check_may(by, "pack.read")
    record(by=by, act="pack.read", on=team, at=at)


def receive(*, envelopes: Sequence[object], by: Actor, at: datetime) -> list[Envelope]:
    """Keep each record that a phone sends before reading it, each in its own transaction; return them with results.

    The result is stored, duplicate, held (kept, but not understood yet: send it again later) or rejected with why.
    """
    check_may(by, "check.record")
    return [_receive_one(sent, by=by, at=at) for sent in envelopes]


def _receive_one(sent: Any, *, by: Actor, at: datetime) -> Envelope:
    """Keep one record, then read it; a fault in the reading leaves it held, never lost."""
    try:
        check_envelope(sent)
    except Refused as refused:
        return _rejected(str(sent.get("id")) if isinstance(sent, Mapping) else "", str(refused))
    body_hash = digest({"body": sent["body"]})
    values = {
        "kind": sent["kind"],
        "body": sent["body"],
        "body_hash": body_hash,
        "received_at": at,
        "sent_by": by.code,
    }
    kept, is_new = Envelope.objects.get_or_create(id=UUID(str(sent["id"])), defaults=values)
    if is_new:
        return _settle(kept, by=by, at=at)
    if kept.sent_by != by.code or (kept.kind, kept.body_hash) != (sent["kind"], body_hash):
        return _alarm(kept, by=by, at=at)
    if kept.result == "stored":
        return Envelope(id=kept.pk, kind=kept.kind, result="duplicate")
    return _settle(kept, by=by, at=at)


def _rejected(sent_id: str | UUID, reason: str) -> Envelope:
    """Return the answer to something that could not even be kept."""
    return Envelope(id=sent_id, kind="", result="rejected", reason=reason)


def _alarm(kept: Envelope, *, by: Actor, at: datetime) -> Envelope:
    """Refuse a record whose id is another's, and say so in the log: it should never happen."""
    record(by=by, act="envelope.clash", on=kept, at=at)
    return _rejected(kept.pk, "En annan post har samma nummer. Säg till insatsledningen.")


def _settle(kept: Envelope, *, by: Actor, at: datetime) -> Envelope:
    """Read a kept record and note how it went."""
    kept.result, kept.reason = _read(kept, by=by, at=at)
    Envelope.objects.filter(pk=kept.pk).update(result=kept.result, reason=kept.reason)
    return kept


def _read(kept: Envelope, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Let a kept record take effect; return its result and the reason for a no."""
    try:
        READERS[kept.kind](kept, by=by, at=at)
    except Refused as refused:
        return "rejected", str(refused)[:240]
    except (KeyError, TypeError, ValueError, ValidationError, IntegrityError) as fault:
        return "held", f"Posten gick inte att tolka ({type(fault).__name__}). Den är sparad."
    return "stored", ""


def _read_check(kept: Envelope, *, by: Actor, at: datetime) -> None:
    body = dict(kept.body)
    assignment = visit_sent(body.pop("assignment"))
    recorded_at = read_instant(body.pop("recorded_at"))
    corrects = _corrected(body.pop("corrects", None))
    record_check(
        id=kept.pk,
        assignment=assignment,
        content=read_check(body),
        recorded_at=recorded_at,
        corrects=corrects,
        by=by,
        at=at,
    )


def _corrected(sent_id: Any) -> Check | None:
    """Return the check that a record says it corrects, or nothing; raises Refused when it is not here."""
    if sent_id is None:
        return None
    found = Check.objects.filter(pk=UUID(sent_id)).first()
    if found is None:
        raise Refused("Anteckningen som skulle rättas finns inte.")
    return found


def _read_report(kept: Envelope, *, by: Actor, at: datetime) -> None:
    body = dict(kept.body)
    assignment = visit_sent(body.pop("assignment"))
    happened_at = read_instant(body.pop("happened_at"))
    register_report(
        id=kept.pk,
        assignment=assignment,
        content=read_report(body),
        happened_at=happened_at,
        by=by,
        at=at,
    )


READERS = {"check": _read_check, "report": _read_report}
