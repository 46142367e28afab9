"""What tips and ads share: a diary number, a state, an end."""

from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.intake.models import Diary, SourceItem
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import Actor
from nosvidere.rules.flows import AD, TIP

FLOW = {"ad": AD}


@transaction.atomic
def next_diary_no(at: datetime) -> str:
    """Return the next number of the year's diary; no number is ever given twice."""
    year = local_date(at).year
    Diary.objects.get_or_create(year=year)
    diary = Diary.objects.select_for_update().get(year=year)
    diary.last += 1
    diary.save(update_fields=["last"])
    return f"NV-{year}-{diary.last:06d}"


@transaction.atomic
def set_item_state(*, item: SourceItem, state: str, by: Actor, at: datetime) -> None:
    """Move an item to its next state, in the log; `item` is brought up to date."""
    FLOW.get(item.kind, TIP).check(item.state, state)
    if not SourceItem.objects.filter(pk=item.pk, state=item.state).update(state=state):
        raise Refused("Någon annan har ändrat uppgiften. Läs in sidan igen.")
    item.state = state
    record(by=by, act="item.move", on=item, at=at, fields={"to": state})
