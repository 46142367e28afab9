"""The after-action report (insatsrapport): aim against result, effort, outcome, faults, decisions. Source: the workflows, 4.6.

Help and notices to landlords are told of in the situation picture, which counts them without any tie to an address.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from nosvidere.field.models import Check, OffenceReport
from nosvidere.field.present import share
from nosvidere.field.queries import standing_checks, standing_reports
from nosvidere.operations.models import Assignment, Operation
from nosvidere.operations.queries import lent_by_unit, visits_of
from nosvidere.operations.sheet import document
from nosvidere.rules.check import COMPLETIONS, OFFENCES, OUTCOMES, offence_label
from nosvidere.rules.flows import LEAD, OPERATION
from nosvidere.rules.operation import FRONTS
from nosvidere.ui.templatetags.ui import day

TEMPLATE = Path(__file__).parent / "sheets" / "report.typ"
FOUND = ("CONFIRMED", "NOT_CONFIRMED", "INNOCENT", "INCONCLUSIVE")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report: what to see first, then a table, then how it was counted."""

    title: str
    says: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    method: str = ""


@dataclass(frozen=True, slots=True)
class AfterAction:
    """An operation's report as it stands now, for one reader."""

    title: str
    state: str
    reader: str
    made_on: str
    parts: tuple[Part, ...]


def after_action(operation: Operation, *, reader: str, made_on: str) -> AfterAction:
    """Return the report of an operation, each number counted now from what was recorded."""
    visits = list(visits_of(operation).prefetch_related("lead__steps"))
    checks = list(standing_checks(operation))
    reports = list(standing_reports(operation))
    return AfterAction(
        title=operation.name,
        state=OPERATION.words[operation.state],
        reader=reader,
        made_on=made_on,
        parts=(
            _aim(operation, visits, checks),
            _effort(operation),
            _fronts(visits, checks),
            _outcomes(checks),
            _drawn(visits),
            _reports(reports),
            _faults(visits, checks),
            _decisions(operation, visits, reports),
        ),
    )


def _aim(operation: Operation, visits: Sequence[Assignment], checks: Sequence[Check]) -> Part:
    places = len({check.place_id for check in checks})
    return Part(
        "Syfte och utfall",
        (
            operation.purpose,
            f"Kontrollerade platser: {share(places, len({v.place_id for v in visits}))} av listan.",
            "Hjälp som erbjudits och underrättelser till hyresvärdar räknas i lägesbilden, utan koppling till adresser.",
        ),
        method="En plats räknas en gång, med minst en gällande kontroll. Lägenheter räknas var för sig.",
    )


def _effort(operation: Operation) -> Part:
    lent = lent_by_unit(operation)
    rows = tuple((str(one.unit), str(one.people), f"{one.hours:.0f}") for one in lent)
    people, hours = sum(one.people for one in lent), sum(one.hours for one in lent)
    return Part(
        "Insatt arbete",
        (f"{people} personer, {hours:.0f} timmar, från {len(lent)} enheter.",),
        ("Lånad av", "Personer", "Timmar"),
        rows,
        "Timmar är passens längd gånger antalet personer. De timmarna saknades hos enheterna.",
    )


def _fronts(visits: Sequence[Assignment], checks: Sequence[Check]) -> Part:
    planned = Counter(visit.team.front for visit in visits if visit.team)
    done = Counter(_front(check) for check in checks)
    met: Counter[str] = Counter()
    for check in checks:
        met[_front(check)] += check.persons_met
    rows = tuple(
        (word, str(planned[front]), str(done[front]), str(met[front]))
        for front, word in FRONTS.items()
    )
    return Part(
        "Tre fronter",
        (),
        ("Front", "Planerade besök", "Kontroller", "Personer träffade"),
        rows,
        "Personer är antal vid varje kontroll; samma person kan vara räknad flera gånger.",
    )


def _front(check: Check) -> str:
    """Return the front of the team that made a check."""
    team = check.assignment.team
    return team.front if team else ""


def _outcomes(checks: Sequence[Check]) -> Part:
    count = Counter(check.outcome for check in checks)
    rows = tuple((word, str(count[code])) for code, word in OUTCOMES.items())
    return Part("Vad kontrollerna visade", (), ("Utfall", "Antal"), rows)


def _drawn(visits: Sequence[Assignment]) -> Part:
    """Return how places chosen by weight and by chance turned out: whether the weight was right."""
    rows = []
    for name, chosen in (
        ("Efter vikt", [v for v in visits if not v.is_exploration]),
        ("Lottade", [v for v in visits if v.is_exploration]),
    ):
        found = Counter(_finding(visit) for visit in chosen)
        rows.append((name, *(str(found[one]) for one in FOUND), str(found[""])))
    return Part(
        "Efter vikt och lottade",
        ("Skiljer sig de lottade inte från de andra har vikten inte hjälpt.",),
        ("Vald", *(LEAD.words[one] for one in FOUND), "utan besked"),
        tuple(rows),
    )


def _finding(visit: Assignment) -> str:
    """Return the finding that a visit's lead was given, or nothing."""
    steps = [step.after for step in visit.lead.steps.all() if step.after in FOUND]
    return steps[-1] if steps else ""


def _reports(reports: Sequence[OffenceReport]) -> Part:
    count = Counter(
        (offence_label(r.kind, OFFENCES, on=r.happened_at.date()), COMPLETIONS[r.completion])
        for r in reports
    )
    rows = tuple((kind, how, str(n)) for (kind, how), n in sorted(count.items()))
    return Part(
        "Anmälningar",
        (
            f"Fått veta var hjälp finns: {share(sum(r.buyer_informed for r in reports), len(reports))}.",
            f"Frågan om att skada sig ställd: {share(sum(r.self_harm_asked for r in reports), len(reports))}.",
        ),
        ("Brott", "Slag", "Antal"),
        rows,
        "Gällande anmälningar; återkallade är inte med. Antalet följer arbetsinsatsen, inte brottsligheten.",
    )


def _faults(visits: Sequence[Assignment], checks: Sequence[Check]) -> Part:
    wrong = sum(check.outcome == "wrong_address" for check in checks)
    left = [(str(v.place), v.unserved_reason or "Laget hann inte.") for v in visits if _is_left(v)]
    return Part(
        "Fel och avvikelser",
        (f"Fel adress: {wrong}.", f"Inte besökta: {share(len(left), len(visits))}."),
        ("Plats", "Varför"),
        tuple(left),
    )


def _is_left(visit: Assignment) -> bool:
    return visit.state in {"UNPLANNED", "NOT_REACHED", "ABORTED"}


def _decisions(
    operation: Operation, visits: Sequence[Assignment], reports: Sequence[OffenceReport]
) -> Part:
    waiting = sum(visit.lead.state == "CHECKED" for visit in visits)
    confirmed = sum(visit.lead.state == "CONFIRMED" for visit in visits)
    ends = (
        f"Avslutad {day(operation.closed_at)}: uppgifterna gallras ett år därefter."
        if operation.closed_at
        else "När insatsen avslutas byts åldrar mot tioårsspann, och ett år därefter gallras uppgifterna."
    )
    return Part(
        "Att besluta och gallring",
        (
            f"Kontrollerade platser utan besked: {waiting}.",
            f"Bekräftade platser där hyresvärd kan underrättas: {confirmed}.",
            f"Anmälningar med ålder kvar: {_with_age(reports)}.",
            ends,
        ),
    )


def _with_age(reports: Iterable[OffenceReport]) -> int:
    return sum(report.age_years is not None for report in reports)


def report_pdf(report: AfterAction) -> bytes:
    """Return the report as a PDF with its reader's code across each page."""
    return document(TEMPLATE, asdict(report))
