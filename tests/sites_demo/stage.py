"""The season's three sites in one process: the same acts, one test database, a relay at hand."""

import json
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings as live
from tests.relay import relay_at_hand

from nosvidere.courier.models import Contact
from nosvidere.engine import town as engine
from nosvidere.intake.actions.items import KEY_FILE
from nosvidere.kernel.time import start_clock_at
from nosvidere.sites.demo import police, public, services


class Role:
    """One site's acts, done in this process with the site's own keys."""

    def __init__(self, module: ModuleType, *, folder: Path) -> None:
        self.acts: Mapping[str, Any] = module.ACTS
        self.party = module.__name__.rpartition(".")[2]
        self.folder = folder
        self.done: set[str] = set()

    def __call__(self, act: str, at: datetime, **values: Any) -> Any:
        """Do one act as its process would, with its answer through JSON."""
        start_clock_at(at)
        # The sites share one database here, so each publishes its keys as if it had not today.
        Contact.objects.update(published_on=None)
        live.PARTY = self.party
        live.KEYS = self.folder / self.party
        self.done.add(act)
        return json.loads(json.dumps(self.acts[act](at=at, **values), default=str))


class Stage:
    """The three sites as `play_season` takes them."""

    def __init__(self, settings: Any, folder: Path) -> None:
        for party in ("police", "services", "public"):
            (folder / party).mkdir()
        (folder / "police" / KEY_FILE).write_bytes(b"k" * 32)
        settings.HOME = settings.KEYS = folder
        settings.PARTY = "police"
        settings.CONTACTS = folder / "contacts.json"
        (folder / "served").mkdir()
        self.public = Role(public, folder=folder)
        self.police = Role(police, folder=folder)
        self.services = Role(services, folder=folder)
        # The relay answers in this process already.
        self.public.acts = {**public.ACTS, "listen": lambda *, at, port: True}


@contextmanager
def stage(settings: Any, folder: Path):
    """Give the three sites with the relay between them."""
    with relay_at_hand(settings, folder=folder):
        yield Stage(settings, folder)


def small_town(folder: Path) -> Path:
    """Write a town of fifteen hundred entrances with a short season."""
    town = engine.make_town(3, addresses=1_500)
    season = engine.make_season(town, 3, tips=60, ads=200)
    engine.write_town(town, season, folder)
    return folder
