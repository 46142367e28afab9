"""Publishing a summary: figures through disclosure control, then signed and sent to the public site."""

from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier.actions import publish_bulletin
from nosvidere.engine.disclosure import publish_count
from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Operation
from nosvidere.picture.figures import FIGURES_VERSION, Figure, figures_of
from nosvidere.picture.models import PublicSummary
from nosvidere.picture.queries import last_shift_on, small_figures
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.summary import check_publish

BULLETIN = "summary"


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
        figures=[_screened(figure, small_number_reason) for figure in figures],
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


def _screened(figure: Figure, decision: str) -> dict[str, object]:
    """Return a figure as published: its value as text, or that it is held back."""
    shown = (
        publish_count(figure.value, decision=decision)
        if figure.is_about_people
        else str(figure.value)
    )
    return {
        "key": figure.key,
        "label": figure.label,
        "definition": figure.definition,
        "value": shown,
    }
