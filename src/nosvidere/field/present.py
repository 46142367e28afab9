"""What the pages of the field show: to a team on a phone, and to those who lead at the debriefing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nosvidere.engine.signs import SCHEME
from nosvidere.field.models import Check, ConcernReport, Envelope, OffenceReport
from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Assignment, Team
from nosvidere.operations.present import window
from nosvidere.rules.check import (
    COMPLETIONS,
    ENTRY_BASES,
    OFFENCES,
    OUTCOMES,
    SEXES,
    offence_label,
    suggested_finding,
)
from nosvidere.rules.flows import ASSIGNMENT, LEAD, REPORT
from nosvidere.rules.operation import FRONTS
from nosvidere.ui.templatetags.ui import clock, day, hour, number
from nosvidere.ui.words import translated

FINDINGS = ("CONFIRMED", "NOT_CONFIRMED", "INNOCENT", "INCONCLUSIVE")
LEGAL_SHORT = (
    "Gå in bara med grund: inbjuden, samtycke eller beslut.",
    "Att sälja är inget brott. Personen är inte misstänkt.",
    "Trygghet, tolk och hjälp först, frågor sedan. Aldrig inför köparen.",
    "Nämn aldrig tips, annonser eller vem som sett något.",
)


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One visit of the own team."""

    number: str
    place: str
    district: str
    hours: str
    state: str
    is_done: bool
    cautions: str
    href: str


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """The own shift: which team, when, where to meet, what to visit in which order."""

    title: str
    team: str
    hours: str
    muster: str
    commander: str
    visits: tuple[VisitCard, ...]
    sheet_href: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One recorded check."""

    id: str
    place: str
    at: str
    by: str
    outcome: str
    entry: str
    signs: tuple[str, ...]
    persons_met: int
    child: bool
    note: str
    is_replaced: bool
    correct_href: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One registered report; no name."""

    id: str
    case_no: str
    offence: str
    completion: str
    age: str
    at: str
    place: str
    state: str
    is_standing: bool
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingButton:
    """One finding that may be decided, or why not."""

    finding: str
    label: str
    refused: str


@dataclass(frozen=True, slots=True)
class ToConclude:
    """A visit that waits for a finding: what was recorded and what that points to."""

    pk: int
    place: str
    checks: tuple[CheckRow, ...]
    suggested: str
    buttons: tuple[FindingButton, ...]

    @property
    def has_two(self) -> bool:
        """Say whether two records or more stand for the visit."""
        return len(self.checks) > 1


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """A concern for a child that waits to be sent."""

    pk: int
    place: str
    due_at: str


@dataclass(frozen=True, slots=True)
class EnvelopeRow:
    """A record from a phone that was kept but not taken."""

    at: str
    by: str
    result: str
    reason: str


def shift_page(team: Team, visits: Sequence[Assignment]) -> ShiftPage:
    """Return the shift as its team sees it."""
    shift = team.shift
    return ShiftPage(
        title=f"{shift.operation.name}, {day(shift.starts_at)}",
        team=f"{team.call_sign}, {translated(FRONTS[team.front])}",
        hours=f"{hour(shift.starts_at)}–{hour(shift.ends_at)}",
        muster=shift.muster_point,
        commander=shift.commander,
        visits=tuple(visit_card(visit) for visit in visits),
        sheet_href=reverse("operations:sheet", args=[shift.pk]),
    )


def visit_card(visit: Assignment) -> VisitCard:
    """Return a visit as its team sees it in the list."""
    return VisitCard(
        number=str(visit.order or "–"),
        place=str(visit.place),
        district=visit.place.district,
        hours=window(visit.arrive_at, visit.leave_at),
        state=translated(ASSIGNMENT.words[visit.state]),
        is_done=visit.state == "DONE",
        cautions=visit.cautions,
        href=reverse("field:visit", args=[visit.pk]),
    )


def check_row(check: Check) -> CheckRow:
    """Return a recorded check as a page shows it."""
    correct = f"{reverse('field:visit', args=[check.assignment_id])}?rattar={check.pk}"
    return CheckRow(
        id=str(check.pk),
        place=str(check.place),
        at=clock(check.recorded_at),
        by=check.recorded_by,
        outcome=translated(OUTCOMES[check.outcome]),
        entry=translated(ENTRY_BASES[check.entry_basis]),
        signs=tuple(
            translated(SCHEME.signs[code].sv) for code in check.signs if code in SCHEME.signs
        ),
        persons_met=check.persons_met,
        child=check.child_present,
        note=check.note,
        is_replaced=check.corrected_by_id is not None,
        correct_href=correct,
    )


def report_row(report: OffenceReport) -> ReportRow:
    """Return a report as a page shows it, with what was not done."""
    lacks = [
        text
        for is_done, text in (
            (report.buyer_informed, _("har inte fått veta var hjälp finns")),
            (report.self_harm_asked, _("frågan om att skada sig är inte ställd")),
        )
        if not is_done
    ]
    return ReportRow(
        id=str(report.pk),
        case_no=report.case_no,
        offence=translated(
            offence_label(report.kind, OFFENCES, on=local_date(report.happened_at))
        ),
        completion=translated(COMPLETIONS[report.completion]),
        age=_age(report),
        at=clock(report.happened_at),
        place=str(report.assignment.place),
        state=translated(REPORT.words[report.state]),
        is_standing=report.state != "WITHDRAWN",
        lacks=tuple(lacks),
    )


def _age(report: OffenceReport) -> str:
    """Return age and sex as far as they are still kept."""
    age = report.age_band or (str(report.age_years) if report.age_years is not None else "")
    sex = translated(SEXES[report.sex]) if report.sex else ""
    return ", ".join(part for part in (sex, f"{age} år" if age else "") if part) or "–"


def to_conclude(
    visit: Assignment, *, checks: Sequence[Check], refusals: Mapping[str, str]
) -> ToConclude:
    """Return a visit that waits for a finding, with what each finding needs."""
    standing = [check for check in checks if check.corrected_by_id is None]
    pointed = dict.fromkeys(translated(LEAD.words[suggested_finding(c.outcome)]) for c in standing)
    return ToConclude(
        pk=visit.pk,
        place=str(visit.place),
        checks=tuple(check_row(check) for check in standing),
        suggested=_(" eller ").join(pointed),
        buttons=tuple(
            FindingButton(one, translated(LEAD.words[one].capitalize()), refusals[one])
            for one in FINDINGS
        ),
    )


def concern_row(concern: ConcernReport) -> ConcernRow:
    """Return a concern that waits."""
    return ConcernRow(concern.pk, str(concern.found_at_check.place), clock(concern.due_at))


def envelope_row(envelope: Envelope) -> EnvelopeRow:
    """Return a record that was kept but not taken; its content stays sealed."""
    words = {"held": _("inte tolkad"), "rejected": _("nekad")}
    return EnvelopeRow(
        clock(envelope.received_at), envelope.sent_by, words[envelope.result], envelope.reason
    )


def share(part: int, whole: int) -> str:
    """Return a share in words: 3 av 12 (25 %); nothing of nothing is a dash."""
    return f"{part} av {whole} ({number(100 * part / whole)} %)" if whole else "–"


def as_uuid(text: str) -> UUID | None:
    """Return the id that a query string holds, or nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None
