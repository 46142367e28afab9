"""Text to registered address, line by line from standard in to standard out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from nosvidere.engine import places
from nosvidere.kernel.time import today
from nosvidere.sites.commands.outcome import ALL_TAKEN, FILE, SOME_REJECTED, usable
from nosvidere.sites.commands.progress import counting

LONGEST_LINE = 1_000_000
NOT_A_TEXT = 'raden är inte {"id","text"} i UTF-8'
TOO_LONG = "texten är längre än {most} tecken; de {left} sista är inte lästa"


@click.command()
@click.option("--register", type=FILE, help="Adressregistret (CSV, GeoPackage, GeoJSON, Parquet).")
@click.option(
    "--index", type=FILE, help="En indexfil från register index, i stället för registret."
)
@click.option("--home-municipality", default="", help="Kommunen som texterna menar när de inte säger någon.")  # fmt: skip
def resolve(register: Path | None, index: Path | None, home_municipality: str) -> None:
    """Läs {"id","text"} rad för rad från standard in och skriv {"id","mentions"} till standard ut."""
    if (register is None) == (index is None):
        message = "Ange antingen --register eller --index."
        raise click.UsageError(message)
    with usable(places.UnusableFile):
        held, rejected = _index(register, index)
        resolver = places.Resolver(held, home_municipality=home_municipality)
        bad = _resolve_all(resolver)
    raise SystemExit(SOME_REJECTED if bad or rejected else ALL_TAKEN)


def _index(register: Path | None, index: Path | None) -> tuple[places.Index, int]:
    """Return the index, saved or built now, and how many rows of the register were refused."""
    if register is None:
        assert index is not None  # noqa: S101 - one of the two is given
        return places.Index.open(index), 0
    refused = 0

    def tell(row: places.Rejected) -> None:
        nonlocal refused
        refused += 1
        click.echo(f"{register.name}, rad {row.line}: {row.reason}", err=True)

    with counting() as progress:
        addresses = places.read_register(
            register, today=today(), rejected=tell, progress=lambda n: progress("adresser", n)
        )
        return places.Index.build(addresses), refused


def _resolve_all(resolver: places.Resolver) -> int:
    """Write the mentions of each line; return how many lines could not be read."""
    out, bad = sys.stdout.buffer, 0
    for number, line in _lines(sys.stdin.buffer):
        answer, wrong = _answer(resolver, line)
        if wrong:
            bad += 1
            click.echo(f"standard in, rad {number}: {wrong}", err=True)
        if answer:
            # Half a surrogate pair, as a JSON text may hold, becomes its own escape.
            out.write(answer.encode("utf-8", "backslashreplace") + b"\n")
    out.flush()
    return bad


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if line.strip():
            yield number, line


def _answer(resolver: places.Resolver, line: bytes) -> tuple[str, str]:
    """Return (the answer to one line as JSON, or "" when it is no text with an id; what is wrong with the line, or "")."""
    try:
        row = json.loads(line)
        text, identity = row["text"], row["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", NOT_A_TEXT
    mentions = [places.mention_as_json(mention) for mention in resolver.resolve(str(text))]
    answer: dict[str, object] = {"id": identity, "mentions": mentions}
    if left := places.unread(str(text)):
        answer["unread"] = left
    wrong = TOO_LONG.format(most=places.LONGEST_TEXT, left=left) if left else ""
    return json.dumps(answer, ensure_ascii=False), wrong
