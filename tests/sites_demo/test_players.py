"""The sites' processes: each has its own home and clock, and a process that stops says where."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nosvidere.sites.demo.players import Player, Players, StageFailed, demo_environment

AT = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)


def test_a_demonstrations_processes_have_their_own_home_relay_and_clock(tmp_path):
    told = demo_environment(home=tmp_path, public_port=9000, clock=AT)

    assert told["NOSVIDERE_HOME"] == str(tmp_path)
    assert told["NOSVIDERE_DROP_URL"] == "http://127.0.0.1:9000"
    assert told["NOSVIDERE_CLOCK_FROM"] == "2020-09-01T08:00:00+00:00"
    assert told["NOSVIDERE_DEMO"] == "yes"
    assert told["PATH"] == os.environ["PATH"]
    assert (Path(told["PYTHONPATH"].split(os.pathsep)[0]) / "nosvidere").is_dir()


def test_without_a_clock_the_machines_is_used(tmp_path):
    assert demo_environment(home=tmp_path, public_port=9000)["NOSVIDERE_CLOCK_FROM"] == ""


@pytest.mark.slow
def test_a_process_that_stops_says_which_site_and_at_what(tmp_path, capfd):
    player = Player("public", demo_environment(home=tmp_path, public_port=9))

    with pytest.raises(StageFailed, match="public stannade vid ”no_such_act”"):
        player("no_such_act", AT)
    with pytest.raises(StageFailed):
        player("look", AT)

    player.close()
    assert "no_such_act" in capfd.readouterr().err


@pytest.mark.slow
def test_the_three_sites_are_three_processes_that_end_together(tmp_path):
    with Players(home=tmp_path, port=9) as players:
        sites = [players.public, players.police, players.services]
        assert players.public("look", AT) is True
        assert len({site.process.pid for site in sites}) == 3

    assert [site.process.poll() for site in sites] == [0, 0, 0]
