"""The dark figure of a capture table: verdict first, then the numbers."""

import json
from pathlib import Path

import click

from nosvidere.engine import darkfigure
from nosvidere.engine.darkfigure.estimates import ALL, MOST_REPLICATES
from nosvidere.engine.darkfigure.verdict import REFUSED
from nosvidere.sites.commands.outcome import ALL_TAKEN, FILE, NO_ESTIMATE, usable
from nosvidere.sites.commands.progress import counting
from nosvidere.sites.estimate_page import estimate_page
from nosvidere.sites.whole import whole_file


@click.command()
@click.argument("table", type=FILE)
@click.option(
    "--method",
    type=click.Choice([ALL, *darkfigure.METHODS]),
    default=ALL,
    show_default=True,
    help="Vilken metod.",
)
@click.option(
    "--replicates",
    type=click.IntRange(1, MOST_REPLICATES),
    default=1_000,
    show_default=True,
    help="Omräkningar för intervallen.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, darkfigure.LARGEST_SEED),
    default=darkfigure.FIRST_SEED,
    show_default=True,
    help="Frö; samma frö ger samma gränser, här och i R.",
)
@click.option("--json", "json_out", type=FILE, help="Skriv också svaret som JSON i filen.")
@click.option("--html", "html_out", type=FILE, help="Skriv också svaret som en sida i filen.")  # fmt: skip
def estimate(
    *,
    table: Path,
    method: str,
    replicates: int,
    seed: int,
    json_out: Path | None,
    html_out: Path | None,
) -> None:
    """Skatta hur många fall ingen lista har sett. Slutar med 3 när underlaget inte bär någon skattning."""
    with usable(darkfigure.UnusableTable):
        with counting() as progress:
            answer = darkfigure.estimate(
                darkfigure.read_table(table),
                method=method,
                replicates=replicates,
                seed=seed,
                progress=progress,
            )
        click.echo(answer.as_text(), nl=False)
        if json_out is not None:
            told = json.dumps(answer.as_json(), ensure_ascii=False, indent=1, allow_nan=False)
            _write(json_out, told)
        if html_out is not None:
            _write(html_out, estimate_page(answer, source=table.name))
    raise SystemExit(NO_ESTIMATE if answer.verdict.kind == REFUSED else ALL_TAKEN)


def _write(file: Path, text: str) -> None:
    with whole_file(file) as half:
        half.write_text(text, encoding="utf-8")
