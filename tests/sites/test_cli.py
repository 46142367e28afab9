"""The command line: every entry of the table is there and explains itself."""

import os
import subprocess
import sys

import pytest
from tests.sites.conftest import entries, run

from nosvidere.kernel.refused import Refused
from nosvidere.sites import cli


@pytest.mark.parametrize("words", [words for words, _ in entries()], ids=" ".join)
def test_every_command_of_the_table_explains_itself(words):
    shown = run(*words, "--help")

    assert shown.exit_code == 0
    assert shown.output.startswith("Usage: ")


def test_the_list_shows_each_command_with_what_it_does():
    shown = run("--help").output

    for name, entry in cli.main_entries.items():
        assert name in shown
        assert entry.summary.split()[0] in shown


def test_an_unknown_command_is_refused_with_its_name():
    shown = run("polish")

    assert shown.exit_code == 2
    assert "polish" in shown.output


def test_commands_on_files_load_no_other_engine_and_no_site():
    script = (
        "import sys; from nosvidere.sites.cli import program; program(['link', '--help'], standalone_mode=False);"
        "print([m for m in ('django', 'nosvidere.engine.planning', 'nosvidere.engine.town') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip().endswith("[]")


def test_the_version_is_told(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["nosvidere", "--version"])

    cli.main()

    assert capsys.readouterr().out.strip() == cli.__version__


def test_an_expected_no_is_told_in_one_line(monkeypatch, capsys):
    def refuse():
        raise Refused("Lådan är stängd.")

    monkeypatch.setattr(sys, "argv", ["nosvidere", "link"])
    monkeypatch.setattr(cli.program, "main", lambda **_: refuse())

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == cli.UNUSABLE
    assert capsys.readouterr().err == "Det går inte: Lådan är stängd.\n"
