"""The command's own words: what it says before, after and when something is in the way."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.courier.conftest import free_port

from nosvidere.sites.commands.demo import (
    MADE_BY,
    _is_of_this_version,
    _tables_digest,
    demo,
)
from nosvidere.sites.demo.season import PASSWORD


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A home in which a demonstration has been played before."""
    monkeypatch.setenv("NOSVIDERE_HOME", str(tmp_path))
    (tmp_path / "demo" / "town").mkdir(parents=True)
    (tmp_path / "demo" / "town" / "register.csv").write_text("id\n")
    (tmp_path / "demo" / "played.json").write_text(json.dumps({"figures": {"reported": "8"}}))
    (tmp_path / "demo" / MADE_BY).write_text(_tables_digest())
    return tmp_path


def test_a_played_demonstration_is_not_played_again(home):
    out = home / "out"

    done = CliRunner().invoke(demo, ["--headless", "--port", str(free_port()), "--out", str(out)])

    assert done.exit_code == 0, done.output
    assert '"reported": "8"' in done.output
    assert (out / "played.json").exists()
    assert (out / "town" / "register.csv").exists()


def test_a_taken_port_is_named_before_anything_is_made(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = CliRunner().invoke(demo, ["--headless", "--again", "--port", str(port)])

    assert done.exit_code == 1
    assert f"Port {port} är upptagen" in done.output
    assert (home / "demo" / "played.json").exists()


def test_the_demonstrations_password_is_long_enough_for_the_sites():
    assert len(PASSWORD) >= 12


@pytest.mark.slow
def test_a_play_that_stops_leaves_nothing_half_done(tmp_path, monkeypatch):
    monkeypatch.setenv("NOSVIDERE_HOME", str(tmp_path))
    monkeypatch.setenv("NOSVIDERE_TLS", "perhaps")

    done = CliRunner().invoke(demo, ["--headless", "--port", str(free_port())])

    assert done.exit_code == 1
    assert "Kör kommandot igen; inget halvfärdigt används." in done.output
    assert not (tmp_path / "demo").exists()


def test_a_demonstration_of_other_tables_is_played_again(home):
    place = home / "demo"
    assert _is_of_this_version(place)

    (place / MADE_BY).write_text("other tables")

    assert not _is_of_this_version(place)
    (place / MADE_BY).unlink()
    assert not _is_of_this_version(place)
