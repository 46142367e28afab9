"""The main job on files: from a register, tips and ads to ranked places, a plan and a picture."""

import secrets
from pathlib import Path
from typing import Any

import click

from nosvidere.engine import linkage, places
from nosvidere.kernel.time import today
from nosvidere.sites import chain as run
from nosvidere.sites.commands.outcome import ALL_TAKEN, FILE, SOME_REJECTED, usable
from nosvidere.sites.commands.progress import counting
from nosvidere.sites.whole import whole_folder


@click.command()
@click.option(
    "--register",
    required=True,
    type=FILE,
    help="Adressregistret (CSV, GeoPackage, GeoJSON, Parquet).",
)
@click.option(
    "--tips", type=FILE, help="Tips, ett JSON-objekt på varje rad; utelämnas när inga finns."
)
@click.option("--ads", type=FILE, help="Annonser (CSV eller Parquet); utelämnas när inga finns.")
@click.option("--out", required=True, type=FILE, help="Mapp för resultaten.")
@click.option(
    "--shifts", default=4, show_default=True, type=click.IntRange(1, 60), help="Antal kvällspass."
)
@click.option(
    "--teams", default=6, show_default=True, type=click.IntRange(1, 60), help="Antal lag per pass."
)
@click.option(
    "--home-municipality", default="", help="Kommunen som texterna menar när de inte säger någon."
)
@click.option("--seed", default=1, show_default=True, type=int, help="Frö för planens slump.")  # fmt: skip
def chain(
    *,
    register: Path,
    tips: Path | None,
    ads: Path | None,
    out: Path,
    shifts: int,
    teams: int,
    **how: Any,
) -> None:
    """Kör hela kedjan på filer: adresser, länkar, vikter, rangordning och plan."""
    if tips is None and ads is None:
        message = "Det finns inget att räkna på. Gör så här: ange --tips, --ads eller båda."
        raise click.UsageError(message)
    with usable(places.UnusableFile, linkage.UnusableFile, out=out):
        results = _run(run.Files(register, tips, ads), out, shifts=shifts, teams=teams, **how)
    _tell(results, out)
    raise SystemExit(SOME_REJECTED if len(results.gathered.refused) else ALL_TAKEN)


def _run(
    files: run.Files, out: Path, *, shifts: int, teams: int, home_municipality: str, seed: int
) -> run.Results:
    with (
        whole_folder(out) as folder,
        run.refusals_in(folder / "rejected.csv") as refused,
        counting() as progress,
    ):
        gathered = run.gather(
            files,
            home_municipality=home_municipality,
            # The hashes live in this run alone, so the key does too.
            key=secrets.token_bytes(32),
            today=today(),
            refused=refused,
            progress=progress,
        )
        on = gathered.last_day(default=today())
        ranked = run.rank_places(gathered, on=on)
        progress("platser", len(ranked))
        laid = run.lay_plan(ranked, shifts=shifts, teams=teams, seed=seed)
        results = run.Results(on, gathered, ranked, laid, run.not_mappable(ranked))
        run.write_results(results, folder)
    return results


def _tell(results: run.Results, out: Path) -> None:
    gathered, ranked = results.gathered, results.ranked
    eligible = sum(place.weighing.is_eligible for place in ranked)
    click.echo(
        f"{len(gathered.tips)} tips och {len(gathered.ads)} annonser gav {len(ranked)} platser; "
        f"{eligible} får kontrolleras. Resultaten ligger i {out}."
    )
    for sentence in run.remarks(results):
        click.echo(sentence)
    for refusal in gathered.refused.first:
        click.echo(f"{refusal.file}, rad {refusal.line}: {refusal.reason}", err=True)
    if len(gathered.refused):
        click.echo(
            f"Rader som inte togs: {len(gathered.refused)}. De står i {out / 'rejected.csv'}.",
            err=True,
        )
