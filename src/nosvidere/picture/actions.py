"""Publishing figures through disclosure control, signed and sent to the public site; keeping runs of the dark figure."""

from datetime import date, datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier.actions import publish_bulletin
from nosvidere.engine import darkfigure
from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Operation
from nosvidere.picture.disclosure import screened
from nosvidere.picture.estimating import REPLICATES, Run, kept_result
from nosvidere.picture.figures import FIGURES_VERSION, figures_of
from nosvidere.picture.models import PublicEstimate, PublicSummary, SavedEstimate
from nosvidere.picture.queries import last_published, last_shift_on, next_version
from nosvidere.rules.access import Actor, check_may
from nosvidere.rules.estimate import (
    ANSWERS,
    ASSUMPTIONS,
    check_publish_estimate,
    check_save,
    public_limits,
)
from nosvidere.rules.summary import check_publish

SUMMARY = "summary"
DARK_FIGURE = "darkfigure"


@transaction.atomic
def publish_summary(
    *, operation: Operation, small_number_reason: str, by: Actor, at: datetime
) -> PublicSummary:
    """Publish the operation's figures as they stand now; those that could point somebody out only by a reasoned decision."""
    check_may(by, "summary.publish")
    check_publish(last_shift_on=last_shift_on(operation), on=local_date(at))
    figures = screened(
        figures_of(operation), earlier=last_published(operation), decision=small_number_reason
    )
    summary = PublicSummary.objects.create(
        operation=operation,
        title=f"Insatsen {operation.name}",
        version=operation.summaries.count() + 1,
        figures=figures,
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
    publish_bulletin(name=SUMMARY, content=content, at=at, by=by)
    record(by=by, act="summary.publish", on=summary, at=at, why=small_number_reason)
    return summary


def make_estimate(
    *,
    name: str,
    counted_until_on: date,
    run: Run,
    seed: int,
    replicates: int = REPLICATES,
    by: Actor,
    at: datetime,
) -> SavedEstimate:
    """Estimate from a table and keep the run with all that is needed to do it again; the counting takes seconds."""
    check_may(by, "estimate.run")
    check_save(name=name, lists=run.table.lists, assumptions=run.assumptions)
    answer = darkfigure.estimate(run.table, seed=seed, replicates=replicates)
    with transaction.atomic():
        saved = SavedEstimate.objects.create(
            name=name,
            counted_until_on=counted_until_on,
            seed=answer.seed,
            version=answer.version,
            replicates=answer.replicates,
            input_sha256=answer.table.sha256,
            verdict=answer.verdict.kind,
            table={"csv": run.raw_table},
            source=run.source,
            assumptions=run.assumptions,
            result=kept_result(answer),
            made_by=by.code,
            made_at=at,
        )
        record(by=by, act="estimate.save", on=saved, at=at, fields={"verdict": saved.verdict})
    return saved


@transaction.atomic
def publish_estimate(
    *, saved: SavedEstimate, title: str, by: Actor, at: datetime
) -> PublicEstimate:
    """Publish a run's interval, rounded outwards and with its caveat; never a point, never a refused run."""
    check_may(by, "summary.publish")
    check_publish_estimate(
        verdict=saved.verdict, band=saved.band, assumptions=saved.assumptions, title=title
    )
    low, high = public_limits(saved.band)
    published = PublicEstimate.objects.create(
        estimate=saved,
        title=title.strip(),
        version=next_version(),
        low=low,
        high=high,
        caveat=darkfigure.CAVEAT,
        published_by=by.code,
        published_at=at,
    )
    publish_bulletin(name=DARK_FIGURE, content=_told(published, saved), at=at, by=by)
    record(by=by, act="estimate.publish", on=published, at=at, fields={"estimate": saved.pk})
    return published


def _told(published: PublicEstimate, saved: SavedEstimate) -> dict[str, object]:
    """Return all that the public is told of a run."""
    return {
        "title": published.title,
        "version": published.version,
        "low": published.low,
        "high": published.high,
        "confidence": "95 %",
        "caveat": published.caveat,
        "verdict": saved.verdict,
        "counted_until_on": saved.counted_until_on.isoformat(),
        "assumptions": [
            {"question": ASSUMPTIONS[key], "answer": ANSWERS[told["answer"]]}
            for key, told in saved.assumptions.items()
        ],
        "engine_version": saved.version,
    }
