"""The demonstration's police before the season: units, staff with their posts, keys, the register."""

import csv
import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from nosvidere.accounts.actions import add_account, add_unit, give_post
from nosvidere.accounts.models import OrgUnit
from nosvidere.courier import actions as courier
from nosvidere.kernel.time import local_date
from nosvidere.register.actions import build_index, import_register, name_landlord, set_nickname
from nosvidere.register.models import Party, Place
from nosvidere.rules import access
from nosvidere.rules.access import SYSTEM, Actor
from nosvidere.sites.demo.staff import FIRST_OFFICER, POLICE

KINDS = {"lpo": "local_area"}
PARTY_KINDS = {"PRIVATE": "private_owner", "COMPANY": "housing_company", "BRF": "housing_coop"}
TENURES = {"HYRESRATT": "RENTAL", "BOSTADSRATT": "COOP", "LOKAL": "PREMISES"}
OFFICERS_A_TEAM = 2


def one(role: str, number: int = 0) -> Actor:
    """Return the demonstration's staff member with a role."""
    found = [(code, unit) for code, _, has, unit in POLICE if has == role]
    code, unit = found[number]
    return Actor(code, frozenset({role}), unit)


def prepare(*, at: datetime, town: str, password: str) -> dict[str, Any]:
    """Make the database, the keys, the units and the staff; return the public keys."""
    call_command("migrate", interactive=False, verbosity=0)
    units = _units(Path(town), at)
    officers = [
        (f"yttre-{n}", f"Yttre {n}", access.FIELD_OFFICER, unit)
        for n, unit in _officers(Path(town))
    ]
    for code, name, role, unit in (*POLICE, *officers):
        # Only the first officer can sign in: the others are there to be counted.
        may_sign_in = role != access.FIELD_OFFICER or code == FIRST_OFFICER
        account = add_account(
            code=code, name=name, password=password if may_sign_in else None, by=SYSTEM, at=at
        )
        give_post(
            account=account, role=role, unit=units[unit], from_on=local_date(at), by=SYSTEM, at=at
        )
    shutil.copy(Path(town) / "roads.json", settings.HOME / "roads.json")
    shutil.copy(Path(town) / "map.pmtiles", settings.HOME / "served" / "map.pmtiles")
    return dict(courier.make_keys(at=at))


def _units(town: Path, at: datetime) -> dict[str, OrgUnit]:
    made: dict[str, OrgUnit] = {}
    for row in json.loads((town / "units.json").read_text()):
        kind = KINDS.get(row["kind"], row["kind"])
        parent = made.get(row["parent"])
        made[row["code"]] = add_unit(
            code=row["code"], name=row["name"], kind=kind, parent=parent, by=SYSTEM, at=at
        )
    return made


def _officers(town: Path) -> list[tuple[int, str]]:
    """Return (number, unit) of the officers that the first evening needs: a pair for each team, lent by its unit."""
    teams = json.loads((town / "shifts.json").read_text())[0]["teams"]
    units = [team["unit"] for team in teams for _ in range(OFFICERS_A_TEAM)]
    return list(enumerate(units, start=1))


def trust(*, at: datetime, parties: dict[str, dict[str, str]]) -> bool:
    """Keep the public keys of the services."""
    courier.trust_parties(known=parties, at=at)
    return True


def load_register(*, at: datetime, town: str) -> dict[str, int]:
    """Load the town's register, its nicknames and who lets what; build the index."""
    folder, clerk = Path(town), one(access.TECHNICAL_ADMINISTRATOR)
    run = import_register(file=folder / "register.csv", by=clerk, at=at)
    with (folder / "nicknames.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            set_nickname(nickname=row["nickname"], street=row["street"], by=clerk, at=at)
    build_index()
    landlords = json.loads((folder / "landlords.json").read_text())
    for row in landlords:
        _landlord(row, at)
    return {"addresses": run.added, "rejected": run.rejected, "landlords": len(landlords)}


def _landlord(row: Mapping[str, str], at: datetime) -> None:
    party, _ = Party.objects.get_or_create(
        org_no=row["org_no"],
        defaults={"kind": PARTY_KINDS[row["kind"]], "name": row["name"], "is_verified": True},
    )
    place = Place.objects.get(external_id=row["address_id"])
    form = TENURES.get(row["tenure"], "RENTAL")
    name_landlord(
        place=place, party=party, form=form, from_on=local_date(at), by=one(access.ANALYST), at=at
    )


def exchange(*, at: datetime) -> str:
    """Fetch and send letters; return why it failed, or nothing."""
    return courier.exchange(at=at).failure
