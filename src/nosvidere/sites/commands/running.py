"""`serve` and `worker`: a site answers, and does its periodic work."""

import fcntl
import os
import signal
import ssl
import sys
import threading

import click

from nosvidere.kernel.refused import Refused
from nosvidere.sites.cli import set_up
from nosvidere.sites.environment import DEFAULT_PORTS
from nosvidere.sites.serving import CLEAN_MEMORY

# Inside, a few known people; outside, whoever comes (sites.serving).
WAYS = (
    ("--worker-class", "gthread", "--threads", "4", "--timeout", "60"),
    ("--config", "python:nosvidere.sites.serving"),
)
SITES = click.Choice(["public", "police", "services"])
SERVED = click.Choice([*SITES.choices, "relay"])


def prepare_site() -> None:
    """Bring the database of the site in DJANGO_SETTINGS_MODULE up to date and lay its static files in place.

    A server and a worker that start at once do it one after the other.
    """
    from django.conf import settings  # noqa: PLC0415 - needs a site
    from django.core.management import call_command  # noqa: PLC0415 - needs a site

    with (settings.HOME / ".preparing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)


def mutual_tls() -> list[str]:
    """Return what makes the web server of the relay take nobody without a certificate of the deployer's own authority.

    Raises Refused when one of the three files is missing.
    """
    from django.conf import settings  # noqa: PLC0415 - needs a site

    files = {
        "--certfile": settings.RELAY_CERTIFICATE,
        "--keyfile": settings.RELAY_KEY,
        "--ca-certs": settings.RELAY_AUTHORITY,
    }
    for file in files.values():
        if file is None or not file.exists():
            raise Refused(
                "Filen {file} saknas. Se NOSVIDERE_RELAY_… i docs/operating.md.", file=file
            )
    named = [word for option, file in files.items() for word in (option, str(file))]
    return [*named, "--cert-reqs", str(int(ssl.CERT_REQUIRED))]


@click.command()
@click.argument("site", type=SERVED)
@click.option(
    "--port",
    type=int,
    help="Porten; annars 8000 (public), 8001 (police), 8002 (services), 8003 (relay).",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen att lyssna på.")
@click.option("--workers", default=1, show_default=True, help="Antal processer.")
def serve(site: str, port: int | None, host: str, workers: int) -> None:
    """Kör en sajt."""
    set_up(site)
    tls = mutual_tls() if site == "relay" else []
    prepare_site()
    command = [
        sys.executable, "-m", "gunicorn", "nosvidere.sites.wsgi:application",
        "--bind", f"{host}:{port or DEFAULT_PORTS[site]}",
        "--workers", str(workers), "--no-control-socket", *WAYS[site == "public"], *tls,
    ]  # fmt: skip
    if site == "public":
        os.environ.update(CLEAN_MEMORY)
    # No access log: it would hold addresses of visitors.
    os.execv(sys.executable, command)  # noqa: S606 - our own fixed command


@click.command()
@click.argument("site", type=SITES)
@click.option("--every", default=15.0, show_default=True, help="Sekunder mellan varven.")
@click.option("--once", is_flag=True, help="Ett varv, sedan slut.")
def worker(site: str, every: float, once: bool) -> None:
    """Kör en sajts återkommande arbete: hämta, skicka, påminna, gallra."""
    set_up(site)
    prepare_site()
    from nosvidere.sites.work import run_round  # noqa: PLC0415 - needs a site

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while not stop.is_set():
        for done in run_round(site):
            click.echo(done)
        if once:
            return
        stop.wait(every)
