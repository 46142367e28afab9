"""The register from the shell."""

from pathlib import Path

import click

from nosvidere.engine import places
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now, today
from nosvidere.register import actions
from nosvidere.register.models import ImportRun
from nosvidere.register.shell import ALL_TAKEN, counting, tell_rejected, usable
from nosvidere.register.tally import Tally
from nosvidere.rules.access import SYSTEM

FILE = click.Path(path_type=Path)


@click.command(
    help="Läs in ett adressregister (CSV, GeoPackage, GeoJSON, Parquet, .osm.pbf) och bygg index. "
    "Flera filer, en per kommun, läses en i taget; det som är taget före en oanvändbar fil står kvar."
)
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option(
    "--national",
    is_flag=True,
    help="Ta bara gatunamnen, som lista över vad gator heter i hela landet.",
)
def import_register(files: tuple[Path, ...], *, national: bool) -> None:
    """Import register files, build the index, and tell what changed."""
    if national:
        raise SystemExit(_import_names(files))
    status: int | None = None
    try:
        for file in files:
            status = max(status or ALL_TAKEN, _import(file, is_named=len(files) > 1))
    finally:
        if status is not None:
            with usable(Refused):
                actions.rebuild_index(by=SYSTEM, at=now())
    raise SystemExit(status)


def _import(file: Path, *, is_named: bool) -> int:
    """Import one file and tell what changed; return the exit status."""
    with usable(places.UnusableFile, Refused), counting("Läser registret") as progress:
        run = actions.import_register(file=file, by=SYSTEM, at=now(), progress=progress)
    if is_named:
        click.echo(file.name)
    _tell(run)
    rejected = [(line, reason) for line, reason in run.report["rejected"]]
    return tell_rejected(rejected, of_all=run.rejected)


def _import_names(files: tuple[Path, ...]) -> int:
    """Take the street names of registers of the whole country, and nothing else of them; return the exit status."""
    tally, names = Tally(), set[str]()
    with usable(places.UnusableFile, Refused), counting("Läser gatunamnen") as progress:
        for file in files:
            rows = places.read_register(
                file, today=today(), rejected=tally.reject, progress=progress
            )
            names.update(address.street for address in rows)
        if not names:
            raise Refused("{file} har inga gatunamn som går att läsa.", file=files[0].name)
        held = actions.load_streets_elsewhere(names=names, by=SYSTEM, at=now())
    click.echo(f"Gatunamn i landet: {held}")
    return _tell_first(tally)


def _tell_first(tally: Tally) -> int:
    rejected = [(row.line, row.reason) for row in tally.first_rejected]
    return tell_rejected(rejected, of_all=tally.rejected)


def _tell(run: ImportRun) -> None:
    click.echo(f"Nya: {run.added}")
    click.echo(f"Ändrade: {run.changed}")
    click.echo(f"Oförändrade: {run.unchanged}")
    click.echo(f"Försvunna: {run.vanished}")
    click.echo(f"Utan punkt: {run.without_point}")
    click.echo(f"Flyttade: {run.report['moved_in_all']}")
    click.echo(f"Avvisade: {run.rejected}")
    for label, streets in (("försvann", "streets_gone"), ("är ny", "streets_new")):
        for street in run.report[streets]:
            click.echo(f"gata som {label}: {', '.join(part for part in street if part)}")
    for column in run.report["unread"]:
        click.echo(f"kolumn som inte läses: {column}")
    if run.attribution:
        click.echo(f"Källa: {run.attribution}")


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
        with usable(Refused):
            built = (
                actions.build_index(out=out) if out else actions.rebuild_index(by=SYSTEM, at=now())
            )
        click.echo(built)
        return
    tally = Tally()
    written = out or file.with_suffix(".index")
    with usable(places.UnusableFile), counting("Läser registret") as progress:
        rows = places.read_register(file, today=today(), rejected=tally.reject, progress=progress)
        index = places.Index.build(rows)
    if not len(index):
        click.echo(f"{file.name}: ingen rad gick att läsa in.", err=True)
        _tell_first(tally)
        raise SystemExit(2)
    index.save(written)
    click.echo(f"{written}: {len(index)} adresser")
    raise SystemExit(_tell_first(tally))
