"""The register from the shell."""

from pathlib import Path

import click

from nosvidere.engine import places
from nosvidere.kernel.time import now, today
from nosvidere.register import actions
from nosvidere.register.models import ImportRun
from nosvidere.register.shell import counting, tell_rejected, usable
from nosvidere.rules.access import SYSTEM

FILE = click.Path(path_type=Path)


@click.command(
    help="Läs in ett adressregister (CSV, GeoPackage, GeoJSON, Parquet) och bygg index."
)
@click.argument("file", type=FILE)
def import_register(file: Path) -> None:
    """Import a register file, build the index, and tell what changed."""
    with usable(places.UnusableFile), counting("Läser registret") as progress:
        run = actions.import_and_index(file=file, by=SYSTEM, at=now(), progress=progress)
    _tell(run)
    rejected = [(line, reason) for line, reason in run.report["rejected"]]
    raise SystemExit(tell_rejected(rejected, of_all=run.rejected))


def _tell(run: ImportRun) -> None:
    click.echo(f"Nya: {run.added}")
    click.echo(f"Ändrade: {run.changed}")
    click.echo(f"Oförändrade: {run.unchanged}")
    click.echo(f"Försvunna: {run.vanished}")
    click.echo(f"Utan punkt: {run.without_point}")
    click.echo(f"Flyttade: {run.report['moved_in_all']}")
    click.echo(f"Avvisade: {run.rejected}")
    for street in run.report["streets_gone"]:
        click.echo(f"gata som försvann: {street}")


@click.command(help="Bygg indexfilen av en registerfil, eller av databasen när ingen fil anges.")
@click.argument("file", type=FILE, required=False)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Var indexet skrivs; annars sajtens egen plats, eller bredvid registerfilen.",
)
def index_register(file: Path | None, out: Path | None) -> None:
    """Build the index of a file without the database, or of the database."""
    if file is None:
        click.echo(
            actions.build_index(out=out) if out else actions.rebuild_index(by=SYSTEM, at=now())
        )
        return
    rejected: list[places.Rejected] = []
    written = out or file.with_suffix(".index")
    with usable(places.UnusableFile), counting("Läser registret") as progress:
        rows = places.read_register(
            file, today=today(), rejected=rejected.append, progress=progress
        )
        index = places.Index.build(rows)
    if not len(index):
        click.echo(f"{file.name}: ingen rad gick att läsa in.", err=True)
        tell_rejected([(r.line, r.reason) for r in rejected], of_all=len(rejected))
        raise SystemExit(2)
    index.save(written)
    click.echo(f"{written}: {len(index)} adresser")
    raise SystemExit(tell_rejected([(r.line, r.reason) for r in rejected], of_all=len(rejected)))
