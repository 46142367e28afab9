"""Backup and restore of a real database: whole or not at all, and nothing overwritten."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.sites.conftest import run

from nosvidere.sites.environment import SiteHome, restored

KEY = b"k" * 32


@pytest.fixture
def site(monkeypatch, tmp_path):
    """A site's folder with a database in write-ahead mode, a key and static files."""
    monkeypatch.setenv("NOSVIDERE_HOME", str(tmp_path / "hem"))
    where = SiteHome.of("public")
    (where.keys / "pepper").write_bytes(KEY)
    (where.path / "static").mkdir()
    (where.path / "parties.json").write_text("{}")
    write(where.path, "först")
    return where.path


def write(site: Path, word: str) -> None:
    with closing(sqlite3.connect(site / "db.sqlite3")) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
        database.execute("INSERT INTO words VALUES (?)", [word])


def words(site: Path) -> list[str]:
    with closing(sqlite3.connect(site / "db.sqlite3")) as database:
        return [word for (word,) in database.execute("SELECT word FROM words")]


def names(file: Path) -> set[str]:
    with tarfile.open(file) as archive:
        return set(archive.getnames())


def test_a_backup_holds_the_database_and_the_keys_and_only_its_owner_reads_it(site, tmp_path):
    file = tmp_path / "kopia.tar.gz"

    done = run("backup", "public", str(file))

    assert done.exit_code == 0
    assert names(file) == {"db.sqlite3", "keys", "keys/pepper", "parties.json"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not (site / ".backup.sqlite3").exists()


def test_a_backup_is_taken_while_somebody_writes(site, tmp_path):
    file = tmp_path / "kopia.tar.gz"
    with closing(sqlite3.connect(site / "db.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO words VALUES ('ännu inte')")

        done = run("backup", "public", str(file))

    run("restore", "public", str(file))
    assert done.exit_code == 0
    assert words(site) == ["först"]


def test_a_restore_brings_back_and_lays_the_present_aside(site, tmp_path):
    file = tmp_path / "kopia.tar.gz"
    run("backup", "public", str(file))
    write(site, "sedan")

    done = run("restore", "public", str(file))

    assert done.exit_code == 0
    assert words(site) == ["först"]
    assert words(site.with_name("public.before-1")) == ["först", "sedan"]
    assert (site / "keys" / "pepper").read_bytes() == KEY


def test_a_copy_without_keys_is_restored_with_those_that_the_site_has(site, tmp_path):
    file = tmp_path / "kopia.tar.gz"

    done = run("backup", "public", str(file), "--without-keys")
    run("restore", "public", str(file))

    assert "utan nycklar" in done.stdout
    assert names(file) == {"db.sqlite3", "parties.json"}
    assert (site / "keys" / "pepper").read_bytes() == KEY


def test_a_copy_without_keys_to_a_new_machine_has_none(site, tmp_path, monkeypatch):
    file = tmp_path / "kopia.tar.gz"
    run("backup", "public", str(file), "--without-keys")
    monkeypatch.setenv("NOSVIDERE_HOME", str(tmp_path / "ny"))

    run("restore", "public", str(file))

    assert words(tmp_path / "ny" / "public") == ["först"]
    assert not (tmp_path / "ny" / "public" / "keys").exists()


@pytest.mark.parametrize("spoilt", ["cut", "text", "empty", "no database", "broken database"])
def test_a_copy_that_cannot_be_used_changes_nothing(site, tmp_path, spoilt):
    file = tmp_path / "kopia.tar.gz"
    run("backup", "public", str(file))
    whole = file.read_bytes()
    other = tmp_path / "annat"
    other.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    if spoilt in {"no database", "broken database"}:
        with tarfile.open(file, "w:gz") as archive:
            archive.add(other, "db.sqlite3" if spoilt == "broken database" else "annat")
    else:
        file.write_bytes({"cut": whole[:-200], "text": b"text", "empty": b""}[spoilt])

    done = run("restore", "public", str(file))

    assert done.exit_code == 2
    assert "Inget är ändrat" in done.stderr
    assert words(site) == ["först"]
    assert sorted(path.name for path in site.parent.iterdir()) == ["public"]


def test_a_copy_with_a_damaged_page_is_refused(site, tmp_path):
    file, database = tmp_path / "kopia.tar.gz", tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(site / "db.sqlite3")) as held, held:
        held.executemany("INSERT INTO words VALUES (?)", [[f"ord {n}" * 20] for n in range(500)])
        held.execute("CREATE INDEX by_word ON words (word)")
    run("backup", "public", str(file))
    with tarfile.open(file) as archive:
        archive.extract("db.sqlite3", tmp_path, filter="data")
    content = bytearray(database.read_bytes())
    content[8192:8392] = b"\xff" * 200
    database.write_bytes(content)
    with tarfile.open(file, "w:gz") as archive:
        archive.add(database, "db.sqlite3")

    done = run("restore", "public", str(file))

    assert done.exit_code == 2
    assert words(site)[0] == "först"


def test_a_restore_after_one_that_broke_off_cleans_up(site, tmp_path):
    file = tmp_path / "kopia.tar.gz"
    run("backup", "public", str(file))
    for left in (site.with_name(".public.restoring"), restored(site)):
        left.mkdir()
        (left / "skräp").write_text("halv")

    done = run("restore", "public", str(file))

    assert done.exit_code == 0
    assert sorted(path.name for path in site.parent.iterdir()) == ["public", "public.before-1"]
    assert not (site / "skräp").exists()


def test_a_site_without_a_database_file_is_told(site, tmp_path):
    (site / "db.sqlite3").unlink()

    done = run("backup", "public", str(tmp_path / "kopia.tar.gz"))

    assert done.exit_code == 2
    assert "pg_dump" in done.stderr


def test_a_backup_that_cannot_be_written_is_told(site, tmp_path):
    done = run("backup", "public", str(tmp_path / "finns" / "inte" / "kopia.tar.gz"))

    assert done.exit_code == 2
    assert "Gör så här" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.0, 0.05, 0.15, 0.3])
def test_a_backup_killed_in_the_middle_leaves_nothing_that_looks_whole(site, tmp_path, moment):
    with closing(sqlite3.connect(site / "db.sqlite3")) as held, held:
        held.executemany(
            "INSERT INTO words VALUES (?)", ((os.urandom(2000).hex(),) for _ in range(4000))
        )
    file = tmp_path / "kopia.tar.gz"
    script = (
        "import sys; from nosvidere.sites.commands.care import backup; print('now', flush=True);"
        "backup(['public', sys.argv[1]])"
    )
    command = [sys.executable, "-c", script, str(file)]

    with subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": "src"}, stdout=subprocess.PIPE
    ) as backup:
        backup.stdout.readline()
        time.sleep(moment)
        backup.send_signal(signal.SIGKILL)

    assert not file.exists()
    assert words(site)[0] == "först"
    assert run("backup", "public", str(file)).exit_code == 0
    assert run("restore", "public", str(file)).exit_code == 0
    assert len(words(site)) == 4001


def test_purge_tells_each_kind_and_whether_it_was_real(db):
    rehearsal = run("purge", "--dry-run")
    real = run("purge")

    assert "uppslag: 0" in rehearsal.stdout
    assert rehearsal.stdout.endswith("det var en provkörning.\n")
    assert real.stdout.endswith("Borttaget på riktigt.\n")


def test_djangos_own_commands_are_at_hand(db, monkeypatch, capsys):
    done = run("manage", "police", "diffsettings", "--default", "nosvidere.sites.every")

    assert done.exit_code == 0


def test_settings_that_hold_are_told_as_such(monkeypatch):
    assert run("check").exit_code == 0


def test_settings_that_do_not_hold_in_service_are_told():
    done = run("check", "police", "--deploy")

    assert done.exit_code == 1
    assert "security.W" in done.stderr
