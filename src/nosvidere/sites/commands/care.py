"""Looking after a site: backup, restore, purge, check, and Django's own commands."""

import shutil
import sqlite3
import sys
import tarfile
from collections.abc import Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path

import click

from nosvidere.kernel.time import now
from nosvidere.sites.cli import set_up
from nosvidere.sites.commands.outcome import FILE, UNUSABLE, usable
from nosvidere.sites.commands.running import SERVED, SITES
from nosvidere.sites.environment import SiteHome, restored
from nosvidere.sites.whole import whole_file

DATABASE = "db.sqlite3"
LEFT_OUT = frozenset({"static", f"{DATABASE}-wal", f"{DATABASE}-shm"})


class UnusableCopy(click.ClickException):
    """A site that cannot be copied, or a copy that cannot be used."""

    exit_code = UNUSABLE


@click.command()
@click.argument("site", type=SITES)
@click.argument("file", type=FILE)
@click.option(
    "--without-keys",
    is_flag=True,
    help="Ta inte med nycklarna: utan dem går det förseglade inte att öppna.",
)
def backup(site: str, file: Path, without_keys: bool) -> None:
    """Säkerhetskopiera en sajt medan den går: databasen som den är i ett ögonblick, och nycklarna."""
    where = SiteHome.of(site).path
    if not (where / DATABASE).exists():
        raise UnusableCopy(
            f"{where}: sajten har ingen egen databasfil. PostgreSQL säkerhetskopieras med pg_dump."
        )
    copy = where / ".backup.sqlite3"
    with usable(out=file), whole_file(file) as half:
        try:
            _copy_database(where / DATABASE, copy)
            _pack(where, copy, half, without_keys=without_keys)
        finally:
            copy.unlink(missing_ok=True)
    click.echo(
        f"{site} ligger i {file}{' (utan nycklar)' if without_keys else ''}. Förvara kopian som sajten själv."
    )


def _copy_database(database: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)  # what a broken-off backup may have left
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _pack(where: Path, copy: Path, half: Path, *, without_keys: bool) -> None:
    left_out = LEFT_OUT | {DATABASE, copy.name} | ({"keys"} if without_keys else set())
    half.unlink(missing_ok=True)
    half.touch(mode=0o600, exist_ok=False)  # before anything is in it
    with tarfile.open(half, "w:gz") as archive:
        archive.add(copy, arcname=DATABASE)
        for entry in sorted(where.iterdir()):
            if entry.name not in left_out:
                archive.add(entry, arcname=entry.name)


@click.command()
@click.argument("site", type=SITES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(site: str, file: Path) -> None:
    """Återställ en sajt ur en säkerhetskopia; den nuvarande läggs åt sidan, inget skrivs över."""
    where = SiteHome.of(site).path
    half = where.with_name(f".{site}.restoring")
    for left in (
        half,
        restored(where),
    ):  # by a restore that was broken off before anything was changed
        shutil.rmtree(left, ignore_errors=True)
    try:
        _unpack(file, half, keys=where / "keys")
    except (tarfile.TarError, sqlite3.DatabaseError, EOFError, OSError) as error:
        shutil.rmtree(half, ignore_errors=True)
        raise UnusableCopy(
            f"{file}: kopian går inte att använda ({error}). Inget är ändrat. Ta en annan kopia."
        ) from error
    aside = _aside(where)
    # Killed between these steps, the site finds the whole folder when it starts and finishes.
    half.rename(restored(where))
    where.rename(aside)
    restored(where).rename(where)
    click.echo(
        f"{site} är återställd; starta om sajten. Det som låg där förut ligger i {aside}; ta bort det när du har sett att allt stämmer."
    )


def _unpack(file: Path, half: Path, *, keys: Path) -> None:
    """Unpack a backup into a folder and check it; one without keys takes those that the site has now."""
    half.mkdir(mode=0o700)
    with tarfile.open(file) as archive:
        archive.extractall(half, filter="data")
    _check_database(half / DATABASE)
    if not (half / "keys").exists() and keys.exists():
        shutil.copytree(keys, half / "keys")


def _check_database(file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        (answer,) = database.execute("PRAGMA integrity_check").fetchone()
    if answer != "ok":
        raise sqlite3.DatabaseError(answer)


def _aside(where: Path) -> Path:
    return next(
        p
        for n in range(1, 1000)
        if not (p := where.with_name(f"{where.name}.before-{n}")).exists()
    )


@click.command()
@click.option("--dry-run", is_flag=True, help="Visa bara vad som skulle tas bort.")
def purge(dry_run: bool) -> None:
    """Ta bort det som inte längre ska finnas, efter reglerna; kvar blir ett kvitto med antal."""
    counts = import_module("nosvidere.sites.purging").purge(at=now(), is_dry=dry_run)
    for rule, n in counts.items():
        click.echo(f"{rule}: {n}")
    click.echo(
        "Inget är borttaget: det var en provkörning." if dry_run else "Borttaget på riktigt."
    )


@click.command()
@click.argument("site", type=SERVED, default="police")
@click.option("--deploy", is_flag=True, help="Pröva också det som gäller i drift.")
def check(site: str, deploy: bool) -> None:
    """Pröva en sajts inställningar."""
    set_up(site)
    from django.core.management import call_command  # noqa: PLC0415 - needs a site
    from django.core.management.base import SystemCheckError  # noqa: PLC0415 - needs a site

    try:
        call_command("check", deploy=deploy, fail_level="WARNING" if deploy else "ERROR")
    except SystemCheckError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("site", type=SITES)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(site: str, words: Sequence[str]) -> None:
    """Kör ett av Djangos egna kommandon för en sajt."""
    set_up(site)
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs a site

    execute_from_command_line(["nosvidere manage", *words])
