"""`./nosvidere demo`: the town, the season, the whole chain, and the three sites to look at."""

import contextlib
import hashlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

import nosvidere
from nosvidere.sites.demo.players import Players, StageFailed, demo_environment
from nosvidere.sites.demo.season import CLOCK_AFTER, PASSWORD, Played, make_town, play_season
from nosvidere.sites.demo.staff import STAFF_LINES
from nosvidere.sites.environment import DEFAULT_PORTS, home

SITES = ("public", "police", "services")
WORKERS = ("police", "services")
ROUND_SECONDS = "3"
STARTS_WITHIN_S = 60.0
# Which tables the played season has.
MADE_BY = "made-by"


def _say(text: str) -> None:
    click.echo(text, err=True)


@click.command()
@click.option(
    "--port",
    default=DEFAULT_PORTS["public"],
    show_default=True,
    help="Första porten; de två nästa används också.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Mapp för resultaten (staden, facit, siffrorna).",
)
@click.option(
    "--headless", is_flag=True, help="Kör kedjan, skriv resultaten till --out och sluta."
)
@click.option("--again", is_flag=True, help="Gör om demon från början.")
def demo(port: int, out: Path | None, headless: bool, again: bool) -> None:
    """Gör den påhittade staden, kör hela kedjan och starta de tre sajterna."""
    place = home() / "demo"
    _check_ports(port)
    if again or not _is_of_this_version(place):
        _play(place, port)
    if out is not None:
        _write_out(place, out)
    if headless:
        click.echo((place / "played.json").read_text(encoding="utf-8"))
        return
    _run_sites(place, port)


def _is_of_this_version(place: Path) -> bool:
    """Say whether a season lies there that this version of the tables played."""
    made_by = place / MADE_BY
    if not made_by.exists() or not (place / "played.json").exists():
        return False
    return made_by.read_text(encoding="ascii") == _tables_digest()


def _tables_digest() -> str:
    """Return a hash of all migrations: a demonstration of other tables cannot be shown and is played again."""
    root = Path(nosvidere.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(root.glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _check_ports(first: int) -> None:
    """Say which port is taken before anything is made."""
    for port in range(first, first + len(SITES)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                message = f"Port {port} är upptagen. Stäng det som använder den, eller välj en annan: ./nosvidere demo --port 9000"
                raise click.ClickException(message)


def _play(place: Path, port: int) -> None:
    """Make and play the season in a folder beside, which takes the demo's place only when all of it is done."""
    started = time.monotonic()
    half = place.with_name(".demo-half")
    shutil.rmtree(half, ignore_errors=True)
    town = half / "town"
    town.mkdir(parents=True)
    _say("Staden Videhamn ritas …")
    make_town(town)
    try:
        with Players(home=half, port=port) as players:
            played = play_season(players, town=town, port=port, say=_say)
    except (StageFailed, RuntimeError) as failed:
        message = f"{failed}\nKör kommandot igen; inget halvfärdigt används."
        raise click.ClickException(message) from failed
    (half / "played.json").write_text(_as_text(played), encoding="utf-8")
    (half / MADE_BY).write_text(_tables_digest(), encoding="ascii")
    shutil.rmtree(place, ignore_errors=True)
    half.rename(place)
    _say(f"Säsongen är spelad ({time.monotonic() - started:.0f} s).")


def _as_text(played: Played) -> str:
    return json.dumps(
        {"figures": played.figures, "counts": played.counts}, ensure_ascii=False, indent=2
    )


def _write_out(place: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    shutil.copytree(place / "town", out / "town", dirs_exist_ok=True)
    shutil.copy(place / "played.json", out / "played.json")
    _say(f"Resultaten ligger i {out}.")


def _run_sites(place: Path, port: int) -> None:
    """Run the three sites and the two workers until somebody stops them."""
    environment = demo_environment(home=place, public_port=port, clock=_clock())
    with contextlib.ExitStack() as stack:
        for number, site in enumerate(SITES):
            command = ("serve", site, "--port", str(port + number))
            stack.enter_context(_process(command, environment))
        for site in WORKERS:
            stack.enter_context(_process(("worker", site, "--every", ROUND_SECONDS), environment))
        # A request to stop ends the sites as well: without this they would be left running.
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, _stop)
        _wait_for(port)
        _print_logins(port)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


def _stop(*_: object) -> None:
    """End the command in the ordinary way, so that all that it started is ended."""
    raise KeyboardInterrupt


def _clock() -> datetime:
    return CLOCK_AFTER


@contextlib.contextmanager
def _process(words: tuple[str, ...], environment: dict[str, str]) -> Iterator[None]:
    """Run one of our own commands as a process that ends with this one."""
    process = subprocess.Popen(  # noqa: S603 - our own fixed command
        [sys.executable, "-m", "nosvidere.sites.cli", *words], env=environment
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(first: int) -> None:
    """Wait until all three sites answer."""
    until = time.monotonic() + STARTS_WITHIN_S
    for port in range(first, first + len(SITES)):
        while not _answers(port):
            if time.monotonic() > until:
                message = (
                    f"Sajten på port {port} startade inte. Läs felet ovan och kör kommandot igen."
                )
                raise click.ClickException(message)
            time.sleep(0.1)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _print_logins(port: int) -> None:
    click.echo(
        f"\nÖppna sidor    http://127.0.0.1:{port}/\nPolisen        http://127.0.0.1:{port + 1}/\nSocialtjänsten http://127.0.0.1:{port + 2}/\n"
    )
    click.echo(
        f"Alla loggar in med lösenordet {PASSWORD} (bara i demon; i drift krävs en andra faktor)."
    )
    for code, role, site in STAFF_LINES:
        click.echo(f"  {code:10} {role}{' (socialtjänsten)' if site == 'services' else ''}")
    click.echo("\nCtrl-C stänger alla tre. Demon ligger kvar; --again gör om den.")
