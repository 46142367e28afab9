"""Which ads belong together, from a file to a file."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from nosvidere.engine import linkage
from nosvidere.kernel.time import today
from nosvidere.sites.commands.outcome import ALL_TAKEN, FILE, SOME_REJECTED, usable
from nosvidere.sites.commands.progress import counting

SHORTEST_KEY, LONGEST_KEY = 32, 64
WORTH_SHARING = (
    20_000_000  # bytes; below that a second process takes longer to start than it saves
)


def _settings(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Return the settings given as NAME=VALUE."""
    for text in given:
        if "=" not in text:
            message = f"{text!r} är inte namn=värde, till exempel spark.executor.memory=8g."
            raise click.BadParameter(message, param=option)
    return dict(text.split("=", 1) for text in given)


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
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="Vad som räknar.",
)
@click.option(
    "--spark-master",
    envvar="NOSVIDERE_SPARK_MASTER",
    default="local[*]",
    show_default=True,
    help="Var Spark körs, till exempel spark://värd:7077 eller yarn.",
)
@click.option(
    "--spark-folder",
    envvar="NOSVIDERE_SPARK_FOLDER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Mapp som alla i klustret når; behövs inte på en dator.",
)
@click.option(
    "--spark-setting",
    "spark_settings",
    multiple=True,
    metavar="NAMN=VÄRDE",
    callback=_settings,
    help="En av Sparks egna inställningar; får ges flera gånger.",
)
def link(
    *,
    ads: Path,
    out: Path,
    rejected: Path | None,
    key_file: Path | None,
    engine: str,
    spark_master: str,
    spark_folder: Path | None,
    spark_settings: dict[str, str],
) -> None:
    """Länka annonser som delar text eller kontakt."""
    cluster = linkage.SparkCluster(spark_master, spark_folder, spark_settings)
    with (
        usable(linkage.UnusableFile, linkage.SparkMissing, out=out),
        _set_work(engine, cluster) as run,
        counting() as progress,
    ):
        report = linkage.link_file(
            ads,
            out=out,
            rejected=rejected,
            key=_key(key_file),
            today=today(),
            progress=lambda n: progress("annonser", n),
            run=run,
            workers=_workers(ads),
        )
    click.echo(
        f"{report.ads} annonser, {report.text_groups} grupper på text, {report.organiser_groups} på text och kontakt "
        f"({report.ads_grouped} annonser). {report.rejected} rader togs inte."
    )
    raise SystemExit(SOME_REJECTED if report.rejected else ALL_TAKEN)


@contextmanager
def _set_work(engine: str, cluster: linkage.SparkCluster) -> Iterator[linkage.SetWork]:
    if engine == "duckdb":
        yield linkage.on_duckdb
        return
    with linkage.spark(cluster) as run:
        yield run


def _workers(ads: Path) -> int:
    """Return how many processes hash: all the machine's for a large file, none beside this one for a small."""
    is_large = ads.is_file() and ads.stat().st_size >= WORTH_SHARING
    return (os.cpu_count() or 1) if is_large else 1


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
