"""Which ads belong together, from a file to a file."""

import secrets
from pathlib import Path

import click

from nosvidere.engine import linkage
from nosvidere.kernel.time import today
from nosvidere.sites.commands.outcome import ALL_TAKEN, FILE, SOME_REJECTED, usable
from nosvidere.sites.commands.progress import counting

SHORTEST_KEY, LONGEST_KEY = 32, 64


@click.command()
@click.argument("ads", type=FILE)
@click.option("--out", required=True, type=FILE, help="Filen med grupper (CSV).")
@click.option("--rejected", type=FILE, help="Filen för rader som inte togs.")
@click.option(
    "--key-file",
    type=FILE,
    help="Nyckel för hasharna, minst 32 byte; annars en som gäller bara nu.",
)
@click.option("--engine", type=click.Choice(["duckdb"]), default="duckdb", show_default=True, help="Vad som räknar.")  # fmt: skip
def link(
    *, ads: Path, out: Path, rejected: Path | None, key_file: Path | None, engine: str
) -> None:
    """Länka annonser som delar text eller kontakt."""
    with usable(linkage.UnusableFile, out=out), counting() as progress:
        report = linkage.link_file(
            ads,
            out=out,
            rejected=rejected,
            key=_key(key_file),
            today=today(),
            progress=lambda n: progress("annonser", n),
        )
    click.echo(
        f"{report.ads} annonser, {report.text_groups} grupper på text, {report.organiser_groups} på text och kontakt "
        f"({report.ads_grouped} annonser). {report.rejected} rader togs inte."
    )
    raise SystemExit(SOME_REJECTED if report.rejected else ALL_TAKEN)


def _key(file: Path | None) -> bytes:
    if file is None:
        return secrets.token_bytes(SHORTEST_KEY)
    if not file.is_file():
        message = f"{file}: nyckelfilen finns inte. Gör så här: ange rätt fil; utan samma nyckel går gamla hashar inte att jämföra."
        raise linkage.UnusableFile(message)
    key = file.read_bytes()
    if len(key) < SHORTEST_KEY:
        message = f"{file}: nyckeln är kortare än {SHORTEST_KEY} byte. Gör så här: skapa en med head -c 32 /dev/urandom."
        raise linkage.UnusableFile(message)
    return key[:LONGEST_KEY]
