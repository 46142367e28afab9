"""The season played in one process on a small town: each act through the same actions as real work."""

import json

import pytest
from tests.sites_demo.stage import small_town, stage

from nosvidere.audit.queries import verify_chain
from nosvidere.field.models import Check
from nosvidere.intake.models import SourceItem, Tip
from nosvidere.landlords.models import Notice
from nosvidere.leads.models import Lead
from nosvidere.operations.models import Operation
from nosvidere.picture.figures import figures_of
from nosvidere.picture.models import PublicSummary
from nosvidere.services.models import ReceivedReferral
from nosvidere.sites.demo import police, services
from nosvidere.sites.demo.season import make_town, play_season

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_a_small_season_leaves_rows_that_its_figures_are_counted_from(settings, tmp_path):
    settings.HOME_MUNICIPALITY = "Videhamn"
    said: list[str] = []
    with stage(settings, tmp_path) as players:
        town = small_town(tmp_path / "town")

        played = play_season(players, town=town, port=0, say=said.append)

    operation = Operation.objects.get(name="Nos Videre")
    counted = {figure.key: str(figure.value) for figure in figures_of(operation)}
    assert played.figures == counted
    assert {f["key"]: f["value"] for f in PublicSummary.objects.get().figures} == counted
    assert (counted["reported"], counted["evening_shifts"]) == ("8", "4")
    assert int(counted["addresses_checked"]) == Check.objects.count() > 0
    assert len(said) == 7
    check_nothing_is_left_undone(operation)
    check_every_act_was_played(players)


def check_nothing_is_left_undone(operation: Operation) -> None:
    """Every tip was read, every address looked at, every referral came, every letter went, and the log is whole."""
    assert not SourceItem.objects.filter(kind="tip", state="RECEIVED").exists()
    assert Tip.objects.count() == 60
    assert operation.state == "REPORTED"
    assert not Lead.objects.filter(state="CHECKED").exists()
    assert ReceivedReferral.objects.exists()
    assert Notice.objects.filter(sent_at__isnull=False).exists()
    assert verify_chain().broken_at is None


def check_every_act_was_played(players) -> None:
    """The season uses every act that the police and the services have."""
    assert players.police.done == set(police.ACTS)
    assert players.services.done == set(services.ACTS)


def test_the_demonstrations_town_is_the_same_each_time(tmp_path):
    make_town(tmp_path)

    told = json.loads((tmp_path / "town.json").read_text())
    assert (told["name"], told["addresses"]) == ("Videhamn", 20_000)
    assert len(told["evenings"]) == 4
