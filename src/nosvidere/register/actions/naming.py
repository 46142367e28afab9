"""What people add to the register: dwellings, who lets a place, what a street is called."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from nosvidere.audit.actions import record
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register.models import (
    COMPARED,
    PARTY_KINDS,
    TENURES,
    Nickname,
    Party,
    Place,
    StreetElsewhere,
    Tenure,
)
from nosvidere.rules.access import Actor, check_may

NAMES_AT_A_TIME = 2000
GROUND_FLOOR = 10  # the first two figures of a dwelling number: 10 is the ground floor


@transaction.atomic
def dwelling_at(*, entrance: Place, dwelling_no: str, by: Actor, at: datetime) -> Place:
    """Return the dwelling behind an entrance, added if nobody has named it before."""
    check_may(by, "place.confirm")
    if not (dwelling_no.isdecimal() and len(dwelling_no) == len("1101")):
        raise Refused(
            "Ett lägenhetsnummer har fyra siffror, till exempel 1101. Du skrev {no}.",
            no=dwelling_no,
        )
    dwelling, is_new = Place.objects.get_or_create(
        external_id=f"{entrance.external_id}/{dwelling_no}",
        defaults={
            "kind": "dwelling",
            "parent": entrance,
            "dwelling_no": dwelling_no,
            "floor": str(int(dwelling_no[:2]) - GROUND_FLOOR),
            "cell": entrance.cell,
            "valid_from_on": local_date(at),
            **{name: getattr(entrance, name) for name in COMPARED},
        },
    )
    if is_new:
        record(by=by, act="place.dwelling", on=dwelling, at=at)
    return dwelling


@transaction.atomic
def party_named(
    *,
    kind: str,
    name: str,
    org_no: str,
    service_address: str,
    is_verified: bool,
    by: Actor,
    at: datetime,
) -> Party:
    """Return who is to be served: the party with the same number (or the same kind and name), brought up to date, or a new one."""
    check_may(by, "notice.draft")
    values = {
        "kind": kind,
        "name": name.strip(),
        "org_no": org_no.strip(),
        "service_address": service_address.strip(),
    }
    _check_party(values, is_verified=is_verified)
    known = ("org_no",) if values["org_no"] else ("kind", "name")
    found = Party.objects.filter(**{part: values[part] for part in known}).order_by("pk").first()
    party = found or Party()
    for part, value in values.items():
        setattr(party, part, value)
    party.is_verified = is_verified
    party.save()
    record(by=by, act="party.name", on=party, at=at, fields={"verified": is_verified})
    return party


def _check_party(values: dict[str, str], *, is_verified: bool) -> None:
    """Raise Refused unless it is said who it is, and a verified one can be reached."""
    if values["kind"] not in PARTY_KINDS or not values["name"]:
        raise Refused("Skriv vem som hyr ut och vad för slags ägare det är.")
    if is_verified and not (values["org_no"] or values["service_address"]):
        raise Refused("En kontrollerad mottagare har organisationsnummer eller delgivningsadress.")


@transaction.atomic
def name_landlord(
    *, place: Place, party: Party, form: str, from_on: date, by: Actor, at: datetime
) -> Tenure:
    """Record who lets a place and in what form; the notice's legal deadline follows from the form."""
    check_may(by, "notice.draft")
    if form not in TENURES:
        raise Refused("Upplåtelseformen {form} finns inte.", form=form)
    if from_on > local_date(at):
        raise Refused("Dagen {day} ligger framåt i tiden.", day=from_on)
    place.tenures.filter(until_on__isnull=True).update(until_on=from_on)
    tenure = Tenure.objects.create(place=place, party=party, form=form, from_on=from_on)
    record(by=by, act="place.landlord", on=tenure, at=at)
    return tenure


@transaction.atomic
def tell_landlord(
    *,
    place: Place,
    form: str,
    from_on: date | None,
    by: Actor,
    at: datetime,
    kind: str,
    name: str,
    org_no: str = "",
    service_address: str = "",
    is_verified: bool = False,
) -> Tenure:
    """Record who lets a place, the party itself with it; without a day it counts from today."""
    party = party_named(
        kind=kind,
        name=name,
        org_no=org_no,
        service_address=service_address,
        is_verified=is_verified,
        by=by,
        at=at,
    )
    return name_landlord(
        place=place, party=party, form=form, from_on=from_on or local_date(at), by=by, at=at
    )


@transaction.atomic
def set_nickname(
    *, nickname: str, street: str, by: Actor, at: datetime, instead_of: Nickname | None = None
) -> Nickname:
    """Let a local name stand for a registered street; one that is changed stands no longer for what it did."""
    check_may(by, "register.import")
    if not nickname.strip():
        raise Refused("Skriv vad gatan kallas.")
    if not Place.objects.filter(street=street.strip(), valid_until_on__isnull=True).exists():
        raise Refused("Gatan {street} finns inte i registret.", street=street)
    if instead_of is not None:
        Nickname.objects.filter(pk=instead_of.pk).exclude(nickname=nickname.strip()).delete()
    entry, _ = Nickname.objects.update_or_create(
        nickname=nickname.strip(), defaults={"street": street.strip()}
    )
    record(by=by, act="register.nickname", on=entry, at=at)
    return entry


@transaction.atomic
def remove_nickname(*, nickname: Nickname, by: Actor, at: datetime) -> None:
    """Let a local name stand for nothing again."""
    check_may(by, "register.import")
    record(by=by, act="register.nickname_removed", on=nickname, at=at)
    nickname.delete()


@transaction.atomic
def load_streets_elsewhere(*, names: Iterable[str], by: Actor, at: datetime) -> int:
    """Replace the list of street names that are real elsewhere in the country; return how many it holds.

    Only names that came or went are written.
    """
    check_may(by, "register.import")
    wanted = {name.strip() for name in names if name.strip()}
    held = dict(StreetElsewhere.objects.values_list("name", "pk"))
    gone = [pk for name, pk in held.items() if name not in wanted]
    for start in range(0, len(gone), NAMES_AT_A_TIME):
        StreetElsewhere.objects.filter(pk__in=gone[start : start + NAMES_AT_A_TIME]).delete()
    StreetElsewhere.objects.bulk_create(
        [StreetElsewhere(name=name) for name in sorted(wanted - held.keys())],
        batch_size=NAMES_AT_A_TIME,
    )
    record(by=by, act="register.streets_elsewhere", at=at, fields={"names": len(wanted)})
    return len(wanted)
