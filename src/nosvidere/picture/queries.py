"""What the picture shows; it reads all and changes nothing."""

from datetime import date

from django.db.models import QuerySet

from nosvidere.kernel.time import local_date
from nosvidere.operations.models import Operation
from nosvidere.picture.figures import Figure, figures_of
from nosvidere.picture.models import PublicSummary, SavedEstimate
from nosvidere.rules.access import Actor, can, check_may
from nosvidere.rules.summary import SMALL


def figures(*, reader: Actor, operation: Operation) -> list[Figure]:
    """Return the figures of an operation as they stand now, help first."""
    check_may(reader, "picture.read")
    return figures_of(operation)


def small_figures(figures: list[Figure]) -> dict[str, int]:
    """Return {label: value} of the figures about people that are small enough to point somebody out."""
    return {f.label: f.value for f in figures if f.is_about_people and 0 < f.value < SMALL}


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


def pictured_operations(*, reader: Actor) -> QuerySet[Operation]:
    """Return the operations whose figures the reader may see, newest first."""
    check_may(reader, "picture.read")
    return Operation.objects.select_related("lead_unit").exclude(state="PROPOSED")


def newest_operation(*, reader: Actor) -> Operation | None:
    """Return the newest operation whose figures the reader may see, or nothing."""
    return pictured_operations(reader=reader).first() if can(reader, "picture.read") else None
