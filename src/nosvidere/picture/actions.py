"""Publishing a summary: figures through disclosure control, then signed and sent to the public site."""

from datetime import date, datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier.actions import publish_bulletin
from nosvidere.engine.darkfigure import Estimate
from nosvidere.engine.disclosure import publish_count, publish_range
from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Operation
from nosvidere.picture.figures import FIGURES_VERSION, Figure, figures_of
from nosvidere.picture.models import PublicSummary, SavedEstimate
from nosvidere.picture.queries import last_shift_on, small_figures
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.summary import check_publish

BULLETIN = "summary"
AGES = ("youngest", "oldest")


@transaction.atomic
def publish_summary(
    *, operation: Operation, small_number_reason: str, by: Actor, at: datetime
) -> PublicSummary:
    """Publish the operation's figures as they stand now; small numbers about people only by a reasoned decision."""
    check_may(by, "summary.publish")
    figures = figures_of(operation)
    check_publish(
        last_shift_on=last_shift_on(operation),
        on=local_date(at),
        small_figures=small_figures(figures),
        small_number_reason=small_number_reason,
    )
    summary = PublicSummary.objects.create(
        operation=operation,
        title=f"Insatsen {operation.name}",
        version=operation.summaries.count() + 1,
        figures=[
            _screened(f, decision=small_number_reason, reported=_reported(figures))
            for f in figures
        ],
        small_number_reason=small_number_reason,
        published_by=by.code,
        published_at=at,
    )
    content = {
        "title": summary.title,
        "lead_unit": operation.lead_unit.name,
        "from_on": operation.from_on.isoformat(),
        "until_on": operation.until_on.isoformat(),
        "version": summary.version,
        "figures_version": FIGURES_VERSION,
        "figures": summary.figures,
    }
    publish_bulletin(name=BULLETIN, content=content, at=at, by=by)
    record(by=by, act="summary.publish", on=summary, at=at, why=small_number_reason)
    return summary


def _reported(figures: list[Figure]) -> int:
    return next(figure.value for figure in figures if figure.key == "reported")


def _screened(figure: Figure, *, decision: str, reported: int) -> dict[str, object]:
    """Return a figure as published: its value as text, or that it is held back."""
    return {
        "key": figure.key,
        "label": figure.label,
        "definition": figure.definition,
        "value": _shown(figure, decision=decision, reported=reported),
    }


def _shown(figure: Figure, *, decision: str, reported: int) -> str:
    """Return what may be shown of a figure: ages only over enough reports, small counts of people by decision."""
    if figure.key in AGES:
        return publish_range([figure.value] * reported).shown.partition("–")[0]
    if figure.is_about_people:
        return publish_count(figure.value, decision=decision).shown
    return str(figure.value)


@transaction.atomic
def save_estimate(
    *,
    name: str,
    counted_until_on: date,
    estimate: Estimate,
    raw_table: str,
    by: Actor,
    at: datetime,
) -> SavedEstimate:
    """Keep a run of the dark figure with all that is needed to run it again."""
    check_may(by, "estimate.run")
    saved = SavedEstimate.objects.create(
        name=name,
        counted_until_on=counted_until_on,
        seed=estimate.seed,
        version=estimate.version,
        input_sha256=estimate.table.sha256,
        verdict=estimate.verdict.kind,
        table={"csv": raw_table},
        result=estimate.as_json(),
        made_by=by.code,
        made_at=at,
    )
    record(by=by, act="estimate.save", on=saved, at=at, fields={"verdict": saved.verdict})
    return saved
