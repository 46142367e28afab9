"""What the picture shows; it reads all and changes nothing."""

from datetime import date

from django.db.models import Max, QuerySet

from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Operation
from nosvidere.picture.disclosure import reasons_to_hide
from nosvidere.picture.figures import Figure, figures_of
from nosvidere.picture.models import PublicEstimate, PublicSummary, SavedEstimate
from nosvidere.rules.access import Actor, can, check_may
from nosvidere.rules.estimate import REFUSED, check_publish_estimate
from nosvidere.rules.summary import Why, check_publish
from nosvidere.ui.words import reason_against

CARRIED_OUT = ("DEBRIEFED", "REPORTED", "EVALUATED", "CLOSED")


def figures(*, reader: Actor, operation: Operation) -> list[Figure]:
    """Return the figures of an operation as they stand now, help first."""
    check_may(reader, "picture.read")
    return figures_of(operation)


def held_back(*, reader: Actor, operation: Operation) -> list[tuple[Figure, Why]]:
    """Return the figures that could point somebody out if they were published now, each with why."""
    found = figures(reader=reader, operation=operation)
    reasons = reasons_to_hide(found, earlier=last_published(operation))
    return [(figure, reasons[figure.key]) for figure in found if figure.key in reasons]


def last_published(operation: Operation) -> dict[str, int]:
    """Return {figure: number} of what was last told of an operation in numbers, by whichever version told it."""
    versions = operation.summaries.order_by("version").values_list("figures", flat=True)
    return {
        figure["key"]: int(figure["value"])
        for figures in versions
        for figure in figures
        if figure["value"].isdecimal()
    }


def why_not_publish(operation: Operation, *, on: date) -> str:
    """Return why the operation's figures may not be published on a day, or nothing."""
    return reason_against(check_publish, last_shift_on=last_shift_on(operation), on=on)


def last_shift_on(operation: Operation) -> date | None:
    """Return the day on which the operation's last shift began."""
    last = operation.shifts.order_by("-starts_at").first()
    return local_date(last.starts_at) if last else None


def summaries(*, reader: Actor) -> QuerySet[PublicSummary]:
    """Return what has been published, newest first."""
    check_may(reader, "picture.read")
    return PublicSummary.objects.select_related("operation")


def saved_estimates(*, reader: Actor) -> QuerySet[SavedEstimate]:
    """Return the saved runs of the dark figure, newest first."""
    check_may(reader, "estimate.run")
    return SavedEstimate.objects.all()


def publishable_estimates(*, reader: Actor) -> QuerySet[SavedEstimate]:
    """Return the saved runs that a press officer may think of publishing: those that were not refused."""
    check_may(reader, "summary.publish")
    return SavedEstimate.objects.exclude(verdict=REFUSED)


def why_not_publish_estimate(saved: SavedEstimate) -> str:
    """Return why a run's interval may not be published, or nothing."""
    return reason_against(
        check_publish_estimate,
        verdict=saved.verdict,
        band=saved.band,
        assumptions=saved.assumptions,
        title=saved.name,
    )


def public_estimates(*, reader: Actor) -> QuerySet[PublicEstimate]:
    """Return the published intervals of the dark figure, newest first."""
    check_may(reader, "picture.read")
    return PublicEstimate.objects.all()


def next_version() -> int:
    """Return the number of the next published interval."""
    return (PublicEstimate.objects.aggregate(last=Max("version"))["last"] or 0) + 1


def pictured_operations(*, reader: Actor) -> QuerySet[Operation]:
    """Return the operations whose figures the reader may see, newest first."""
    check_may(reader, "picture.read")
    return Operation.objects.select_related("lead_unit").exclude(state="PROPOSED")


def newest_operation(*, reader: Actor) -> Operation | None:
    """Return the newest operation that has been carried out, if the reader may see its figures, or nothing."""
    if not can(reader, "picture.read"):
        return None
    return pictured_operations(reader=reader).filter(state__in=CARRIED_OUT).first()
