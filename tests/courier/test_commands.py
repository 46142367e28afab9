"""Keys from the shell."""

import json

import pytest
from click.testing import CliRunner

from nosvidere.courier.commands import COMMANDS, make, publish, rotate
from nosvidere.courier.drop_client import DropUnreachable
from nosvidere.courier.queries import own_public_keys, parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings, tmp_path):
    """Return a function that runs a command on a site without a drop."""
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()
    settings.DROP_URL = "http://127.0.0.1:9"
    return lambda command, *words: CliRunner().invoke(command, words)


def test_made_keys_are_shown(run):
    shown = run(make)

    assert json.loads(shown.output) == own_public_keys()


def test_made_keys_are_written_beside_those_of_others(run, tmp_path):
    file = tmp_path / "public" / "parties.json"
    run(make, "--into", str(file))
    held = {"services": {"verify": "00", "organisation": "00"}}
    file.write_text(json.dumps(held))

    run(make, "--into", str(file), "--trust", str(file))

    assert json.loads(file.read_text()) == held | own_public_keys()
    assert parties() == held


def test_keys_are_shown_without_the_drop(run):
    assert json.loads(run(publish, "--only-show").output) == own_public_keys()


def test_keys_are_renewed_without_the_drop(run):
    assert run(rotate, "--only-here").output == "Förstörda nycklar: 0\n"


@pytest.mark.parametrize("command", [publish, rotate])
def test_a_drop_that_does_not_answer_is_told(run, command):
    assert isinstance(run(command).exception, DropUnreachable)


def test_the_commands_are_listed():
    assert [command.name for command in COMMANDS] == ["make", "publish", "rotate"]
