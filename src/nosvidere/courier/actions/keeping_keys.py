"""Keys: made, published, replaced week by week, and destroyed."""

import json
import os
from datetime import datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.courier.drop_client import Drop
from nosvidere.courier.keys import ORGANISATION, PARTY, REPLY, OwnKeys
from nosvidere.courier.models import Contact
from nosvidere.courier.queries import Parties, own_key_list, own_public_keys, parties, parties_file
from nosvidere.engine.sealing import epochs_to_destroy, epochs_to_hold
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import SYSTEM, Actor


@transaction.atomic
def make_keys(*, at: datetime, by: Actor = SYSTEM) -> Parties:
    """Make the site's missing keys and return the public ones, for the file of parties on the other hosts."""
    keys = OwnKeys.of_site()
    keys.store()
    for name in (REPLY, ORGANISATION, PARTY):
        keys.signing(name)
    for epoch in epochs_to_hold(local_date(at)):
        keys.make_intake(epoch)
    record(by=by, act="key.make", at=at, fields={"intake_keys": len(keys.epochs())})
    return own_public_keys()


@transaction.atomic
def trust_parties(*, known: Parties, at: datetime, by: Actor = SYSTEM) -> None:
    """Keep the public keys of other parties, which somebody has compared by another way than this line."""
    file = parties_file()
    own = file.with_name(f".{file.name}.{os.getpid()}")
    own.write_text(json.dumps(parties() | known, indent=2, sort_keys=True))
    own.replace(file)
    record(by=by, act="key.trust", at=at, fields={"parties": ",".join(sorted(known))})


def rotate_keys(*, at: datetime, by: Actor = SYSTEM) -> list[int]:
    """Make the keys of the coming weeks, destroy those whose time is over, and return the epochs destroyed.

    The log has the destruction before it happens: broken off in between, the next round writes it again and destroys.
    """
    keys, on = OwnKeys.of_site(), local_date(at)
    made = [epoch for epoch in epochs_to_hold(on) if keys.intake(epoch) is None]
    over = epochs_to_destroy(keys.epochs(), on=on)
    if made or over:
        epochs = ",".join(map(str, over))
        with transaction.atomic():
            record(
                by=by,
                act="key.rotate",
                at=at,
                fields={"made": len(made), "destroyed": len(over), "epochs": epochs},
            )
    for epoch in made:
        keys.make_intake(epoch)
    for epoch in over:
        keys.destroy_intake(epoch)
    return over


def publish_keys(*, at: datetime, by: Actor = SYSTEM) -> None:
    """Publish the site's signed key list on the drop; raise Refused when it is not taken."""
    on = local_date(at)
    Drop.of_site().publish_keys(own_key_list(on=on))
    with transaction.atomic():
        Contact.objects.update_or_create(pk=1, defaults={"published_on": on})
        record(by=by, act="key.publish", at=at)
