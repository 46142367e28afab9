"""Commands that work on files alone: the chain and one engine each, files in, files out."""

import json
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from nosvidere.engine import linkage, places
from nosvidere.kernel.time import today
from nosvidere.sites.commands.progress import counting

P = ParamSpec("P")
ALL_TAKEN, SOME_REJECTED, UNUSABLE = 0, 1, 2
FILE = click.Path(path_type=Path)


def usable(command: Callable[P, int]) -> Callable[P, None]:
    """Let a command's result be its exit status, and an unusable file a message with what to do and status 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
        except (places.UnusableFile, linkage.UnusableFile) as unusable_file:
            click.echo(str(unusable_file), err=True)
            status = UNUSABLE
        sys.exit(status)

    return run


@click.command()
@click.option(
    "--register",
    required=True,
    type=FILE,
    help="Adressregistret (CSV, GeoPackage, GeoJSON, Parquet).",
)
@click.option("--tips", required=True, type=FILE, help="Tips, ett JSON-objekt på varje rad.")
@click.option("--ads", required=True, type=FILE, help="Annonser (CSV eller Parquet).")
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
@click.option("--seed", default=1, show_default=True, type=int, help="Frö för planens slump.")
@usable
def chain(  # noqa: PLR0917 - click passes each option by name
    register: Path,
    tips: Path,
    ads: Path,
    out: Path,
    shifts: int,
    teams: int,
    home_municipality: str,
    seed: int,
) -> int:
    """Kör hela kedjan på filer: adresser, länkar, vikter, rangordning och plan."""
    from nosvidere.sites import chain as run  # noqa: PLC0415 - the engines load when the chain is asked for

    files = run.Files(register, tips, ads)
    with counting() as progress:
        # The hashes live in this run alone, so the key does too.
        gathered = run.gather(
            files,
            home_municipality=home_municipality,
            key=secrets.token_bytes(32),
            today=today(),
            progress=progress,
        )
        on = gathered.last_day()
        ranked = run.rank_places(gathered, on=on)
        plan, faults = run.lay_plan(ranked, shifts=shifts, teams=teams, seed=seed)
        unmapped = run.not_mappable(ranked)
        run.write_results(run.Results(on, gathered, ranked, plan, faults, unmapped), out)
    _tell_chain(gathered, ranked, unmapped, out)
    return SOME_REJECTED if gathered.refused else ALL_TAKEN


def _tell_chain(gathered: Any, ranked: Any, unmapped: Any, out: Path) -> None:
    eligible = sum(place.weighing.is_eligible for place in ranked)
    click.echo(
        f"{len(gathered.tips)} tips och {len(gathered.ads)} annonser gav {len(ranked)} platser; "
        f"{eligible} får kontrolleras. Resultaten ligger i {out}."
    )
    if unmapped:
        click.echo(
            f"{len(unmapped)} av dem saknar punkt i registret och kan inte läggas på karta eller i en rutt."
        )
    for refusal in gathered.refused[:10]:
        click.echo(f"{refusal.file}, rad {refusal.line}: {refusal.reason}", err=True)
    if gathered.refused:
        click.echo(
            f"{len(gathered.refused)} rader togs inte; alla står i {out / 'rejected.csv'}.",
            err=True,
        )


@click.command()
@click.option(
    "--register",
    required=True,
    type=FILE,
    help="Adressregistret, eller en indexfil från register index.",
)
@click.option(
    "--home-municipality", default="", help="Kommunen som texterna menar när de inte säger någon."
)
@usable
def resolve(register: Path, home_municipality: str) -> int:
    """Läs {"id","text"} rad för rad från standard in och skriv {"id","mentions"} till standard ut."""
    rejected: list[places.Rejected] = []
    with counting() as progress:
        addresses = places.read_register(
            register,
            today=today(),
            rejected=rejected.append,
            progress=lambda n: progress("adresser", n),
        )
        resolver = places.Resolver(
            places.Index.build(addresses), home_municipality=home_municipality
        )
    for row in rejected:
        click.echo(f"{register.name}, rad {row.line}: {row.reason}", err=True)
    bad = sum(
        not _resolve_line(resolver, number, line) for number, line in enumerate(sys.stdin, start=1)
    )
    return SOME_REJECTED if bad or rejected else ALL_TAKEN


def _resolve_line(resolver: places.Resolver, number: int, line: str) -> bool:
    """Write the mentions of one line and say whether it could be read."""
    if not line.strip():
        return True
    try:
        row = json.loads(line)
        text, identity = row["text"], row["id"]
    except (json.JSONDecodeError, KeyError, TypeError):
        click.echo(f'standard in, rad {number}: raden är inte {{"id","text"}}', err=True)
        return False
    mentions = [places.mention_as_json(mention) for mention in resolver.resolve(str(text))]
    click.echo(json.dumps({"id": identity, "mentions": mentions}, ensure_ascii=False))
    return True


@click.command()
@click.argument("ads", type=FILE)
@click.option("--out", required=True, type=FILE, help="Filen med grupper (CSV).")
@click.option("--rejected", type=FILE, help="Filen för rader som inte togs.")
@click.option(
    "--key-file",
    type=FILE,
    help="Nyckel för hasharna, minst 32 byte; annars en som gäller bara nu.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb"]),
    default="duckdb",
    show_default=True,
    help="Vad som räknar.",
)
@usable
def link(ads: Path, out: Path, rejected: Path | None, key_file: Path | None, engine: str) -> int:  # noqa: PLR0917 - see chain
    """Länka annonser som delar text eller kontakt."""
    key = _key(key_file)
    with counting() as progress:
        report = linkage.link_file(
            ads,
            out=out,
            rejected=rejected,
            key=key,
            today=today(),
            progress=lambda n: progress("annonser", n),
        )
    click.echo(
        f"{report.ads} annonser, {report.text_groups} grupper på text, {report.organiser_groups} på text och kontakt "
        f"({report.ads_grouped} annonser). {report.rejected} rader togs inte."
    )
    return SOME_REJECTED if report.rejected else ALL_TAKEN


SHORTEST_KEY = 32


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
    return key[:64]


@click.command()
@click.option("--seed", default=1, show_default=True, type=int, help="Fröet som staden växer ur.")
@click.option("--out", required=True, type=FILE, help="Mapp för staden, säsongen och facit.")
def town(seed: int, out: Path) -> None:
    """Gör den påhittade staden och en säsong, med facit bredvid."""
    from nosvidere.engine import town as engine  # noqa: PLC0415 - h3 and tiles load when a town is asked for

    made = engine.make_town(seed)
    season = engine.make_season(made, seed)
    engine.write_town(made, season, out)
    click.echo(
        f"{made.name}: {len(made.addresses)} adresser, {len(season.tips)} tips, {len(season.ads)} annonser i {out}."
    )


@contextmanager
def written(file: Path) -> Iterator[Path]:
    """Give a file beside `file` to write in; it takes its place when the block ends well, and is gone otherwise."""
    half = file.with_name(f".{file.name}.part")
    try:
        yield half
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
