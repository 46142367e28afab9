"""Keys from the shell."""

import json
from pathlib import Path

import click

from nosvidere.courier import actions
from nosvidere.courier.queries import Parties, own_public_keys
from nosvidere.kernel.time import now


@click.command(
    help="Skapa sajtens nycklar och visa de öppna (till parties.json på de andra sajterna)."
)
@click.option(
    "--trust",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Andras nycklar att lita på.",
)
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Skriv in de öppna nycklarna i filen.",
)
def make(trust: Path | None, into: Path | None) -> None:
    """Make the site's keys; keep those of others; show or write down the public ones."""
    public = actions.make_keys(at=now())
    if trust is not None:
        actions.trust_parties(known=json.loads(trust.read_text()), at=now())
    _show(public, into)


@click.command(help="Lägg upp sajtens öppna nycklar i brevlådan och visa dem.")
@click.option("--only-show", is_flag=True, help="Visa dem utan att lägga upp dem.")
def publish(*, only_show: bool) -> None:
    """Publish the signed key list on the drop and show the public keys."""
    if not only_show:
        actions.publish_keys(at=now())
    _show(own_public_keys(), None)


@click.command(
    help="Skapa kommande veckors mottagningsnycklar, förstör utgångna och lägg upp listan."
)
@click.option("--only-here", is_flag=True, help="Lägg inte upp listan i brevlådan.")
def rotate(*, only_here: bool) -> None:
    """Renew the intake keys and publish the list."""
    over = actions.rotate_keys(at=now())
    click.echo(f"Förstörda nycklar: {len(over)}")
    if not only_here:
        actions.publish_keys(at=now())


COMMANDS: list[click.Command] = [make, publish, rotate]


def _show(public: Parties, into: Path | None) -> None:
    if into is None:
        click.echo(json.dumps(public, indent=2, sort_keys=True))
        return
    held: Parties = json.loads(into.read_text()) if into.exists() else {}
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_text(json.dumps(held | public, indent=2, sort_keys=True))
