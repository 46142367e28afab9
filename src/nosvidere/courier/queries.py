"""What has come, and how the line to the drop is."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from nosvidere.courier import store
from nosvidere.courier.keys import ORGANISATION, PARTY, REPLY, OwnKeys
from nosvidere.courier.models import UNREADABLE, Contact, Delivery, Outgoing
from nosvidere.engine import sealing
from nosvidere.engine.sealing import Epoch, EpochList, Unreadable, from_canonical, from_hex
from nosvidere.kernel.refused import Refused

KEY_BYTES = 32
PAGE = 500
LATE = timedelta(minutes=15)
LIST_DAYS = 21
Parties = dict[str, dict[str, str]]


def deliveries_waiting(*kinds: str) -> list[Delivery]:
    """Return the letters of these kinds that no casework has taken, oldest first; of all kinds when none is named."""
    waiting = Delivery.objects.filter(taken_at__isnull=True).exclude(kind=UNREADABLE)
    chosen = waiting.filter(kind__in=kinds) if kinds else waiting
    return list(chosen.order_by("received_at", "id")[:PAGE])


def unreadable_deliveries() -> list[Delivery]:
    """Return the letters that could not be opened, oldest first, for a person to look at."""
    return list(Delivery.objects.filter(kind=UNREADABLE, taken_at__isnull=True)[:PAGE])


def open_delivery(delivery: Delivery) -> dict[str, str]:
    """Return the fields of a letter that waits; raise Refused when it has been taken, and its content is gone."""
    if delivery.taken_at is not None:
        raise Refused("Brevet är redan omhändertaget.")
    fields = from_canonical(store.unseal(bytes(delivery.sealed_fields)))
    return {name: str(value) for name, value in fields.items()}


def enclosures_of(delivery: Delivery) -> list[bytes]:
    """Return the files that came with a letter, as they were sent: to be opened in a process apart, never here."""
    return [store.unseal(bytes(row.sealed)) for row in delivery.enclosures.all()]


def waiting_to_be_sent() -> int:
    """Return how many answers, letters and bulletins the drop does not have yet."""
    return Outgoing.objects.filter(sent_at__isnull=True).count()


def contact() -> Contact:
    """Return when the site last had contact with the drop."""
    return Contact.objects.filter(pk=1).first() or Contact()


def is_late(*, at: datetime) -> bool:
    """Say whether nothing has been pulled for fifteen minutes: somebody should look."""
    last = contact().pulled_at
    return last is None or at - last > LATE


def own_public_keys() -> Parties:
    """Return what the other hosts must know of this site, as `parties.json` holds it."""
    keys = OwnKeys.of_site()
    named = {
        "verify": sealing.verify_key_of(keys.signing(PARTY)).hex(),
        "organisation": sealing.verify_key_of(keys.signing(ORGANISATION)).hex(),
    }
    return {settings.PARTY: named}


def reply_verify_key() -> bytes:
    """Return the key that checks this site's answers: published on the pages and in print."""
    return sealing.verify_key_of(OwnKeys.of_site().signing(REPLY))


def parties() -> Parties:
    """Return the parties whose keys this site trusts, none when the deployer has put no file there."""
    file = parties_file()
    return dict(json.loads(file.read_text())) if file.exists() else {}


def parties_file() -> Path:
    """Return the file that holds the other parties' public keys."""
    return Path(settings.KEYS) / "parties.json"


def senders() -> dict[str, bytes]:
    """Return the verify key of each other party, by name."""
    others = {name: keys for name, keys in parties().items() if name != settings.PARTY}
    return {name: from_hex(keys["verify"], size=KEY_BYTES) for name, keys in others.items()}


def checked_keys(signed: bytes, *, party: str, on: date) -> EpochList:
    """Return another party's key list; raise Refused unless it is one that its organisation has signed."""
    trusted = parties().get(party)
    if trusted is None:
        raise Refused("Nycklarna för {party} saknas hos oss.", party=party)
    organisation = from_hex(trusted["organisation"], size=KEY_BYTES)
    try:
        return sealing.open_epochs(signed, verify_key=organisation, party=party, on=on)
    except Unreadable as error:
        raise Refused("Nycklarna för {party} går inte att lita på.", party=party) from error


def own_key_list(*, on: date) -> bytes:
    """Return this site's key list, signed by its organisation: this week's key and those of the weeks ahead."""
    keys = OwnKeys.of_site()
    epochs = [
        Epoch(number, sealing.public_key_of(keys.make_intake(number)))
        for number in sealing.epochs_to_hold(on)
    ]
    listed = EpochList(
        party=settings.PARTY,
        issued_on=on,
        expires_on=on + timedelta(days=LIST_DAYS),
        reply_verify=reply_verify_key(),
        party_verify=sealing.verify_key_of(keys.signing(PARTY)),
        epochs=tuple(epochs),
    )
    return sealing.sign_epochs(listed, signing_key=keys.signing(ORGANISATION))
