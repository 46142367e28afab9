"""Tips and ads from the shell."""

from pathlib import Path

import click

from nosvidere.engine import linkage, places
from nosvidere.intake import actions
from nosvidere.kernel.time import now
from nosvidere.register.shell import counting, tell_rejected, usable
from nosvidere.rules.access import SYSTEM

FILE = click.Path(path_type=Path)


@click.command(help="Lägg in tips från en fil med ett tips i JSON på varje rad.")
@click.argument("file", type=FILE)
def add_tips(file: Path) -> None:
    """Take a file of tips in and tell what was taken and what was not."""
    with usable(places.UnusableFile), counting("Läser tips") as progress:
        done = actions.import_tips(file=file, by=SYSTEM, at=now(), progress=progress)
    click.echo(f"Inlagda: {done.taken}")
    click.echo(f"Inlagda sedan tidigare: {done.seen_again}")
    click.echo(f"Avvisade: {len(done.rejected)}")
    rejected = [(row.line, row.reason) for row in done.rejected]
    raise SystemExit(tell_rejected(rejected, of_all=len(rejected)))


@click.command(help="Läs in en laglig fil med annonser (CSV eller Parquet) och gruppera dem.")
@click.argument("file", type=FILE)
@click.option("--source", required=True, help="Varifrån annonserna kommer.")
@click.option("--ground", required=True, help="På vilken rättslig grund de läses in.")
def import_ads(file: Path, source: str, ground: str) -> None:
    """Take a lawful file of ads in, group all ads anew, and tell what was taken and what was not."""
    with usable(linkage.UnusableFile), counting("Läser annonser") as progress:
        batch = actions.import_and_link(
            file=file,
            lawful_source=source,
            legal_ground=ground,
            by=SYSTEM,
            at=now(),
            progress=progress,
        )
    click.echo(f"Nya: {batch.taken}")
    click.echo(f"Sedda igen: {batch.seen_again}")
    click.echo(f"Avvisade: {batch.rejected}")
    rejected = [(line, reason) for line, reason in batch.rejections]
    raise SystemExit(tell_rejected(rejected, of_all=batch.rejected))
