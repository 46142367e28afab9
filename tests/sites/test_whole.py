"""Files and folders that appear whole or not at all, and what is said when the disk refuses."""

import errno

import click
import pytest
from click.testing import CliRunner
from tests.sites.conftest import Folder

from nosvidere.sites.commands.outcome import REASONS, told, usable
from nosvidere.sites.commands.progress import counting
from nosvidere.sites.whole import whole_file, whole_folder


class Broken(Exception):
    """Stands for whatever may go wrong in the middle."""


def spoil(where):
    with whole_folder(where) as half:
        (half / "a.txt").write_text("halv")
        raise Broken


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_that_breaks_off_leaves_nothing(tmp_path, exists):
    out = tmp_path / "ut"
    if exists:
        out.mkdir()

    with pytest.raises(Broken):
        spoil(out)

    assert list(tmp_path.rglob("*")) == ([out] if exists else [])


def test_what_an_earlier_run_left_half_is_gone_after_the_next(tmp_path):
    out = tmp_path / "ut"
    with whole_folder(out) as half:
        pass
    half_again = out / half.name.replace(".ut", "")
    half_again.mkdir()
    (half_again / "skräp").write_text("halv")

    with whole_folder(out) as folder:
        (folder / "in").mkdir()
        (folder / "in" / "a.txt").write_text("hel")

    assert [path.name for path in out.rglob("*") if path.is_file()] == ["a.txt"]


def test_the_working_folder_itself_may_be_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with whole_folder(Folder(tmp_path).path.relative_to(tmp_path)) as half:
        (half / "a.txt").write_text("hel")

    assert (tmp_path / "a.txt").read_text() == "hel"


def test_a_file_that_breaks_off_leaves_the_old_one(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("gammal")

    with pytest.raises(Broken), whole_file(file) as half:
        half.write_text("ny")
        raise Broken

    assert [path.read_text() for path in tmp_path.iterdir()] == ["gammal"]


@pytest.mark.parametrize("number", sorted(REASONS))
def test_what_the_disk_refuses_is_told_with_what_to_do(number):
    said = told(OSError(number, "x", "fil.csv"), None)

    assert said.startswith("fil.csv: ")
    assert "Gör så här: " in said


def test_an_unknown_refusal_keeps_the_disks_own_words(tmp_path):
    assert "no such thing" in told(OSError(errno.ENXIO, "no such thing"), tmp_path)
    assert "bara ord" in told(OSError("bara ord"), tmp_path)


def test_a_reader_that_has_had_enough_is_no_error():
    with pytest.raises(BrokenPipeError), usable():
        raise BrokenPipeError(errno.EPIPE, "x")


def test_progress_is_shown_on_a_terminal_alone(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")

    @click.command()
    def count():
        with counting() as progress:
            progress("adresser", 3)
            progress("adresser", 5, 9)

    assert "5/9" in CliRunner().invoke(count).stderr
    monkeypatch.delenv("FORCE_COLOR")
    assert CliRunner().invoke(count).stderr == ""
