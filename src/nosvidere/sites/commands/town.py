"""The fictitious town, a season and the truth, as files."""

from pathlib import Path

import click

from nosvidere.engine import town as engine
from nosvidere.sites.commands.outcome import FILE, usable
from nosvidere.sites.whole import whole_folder


@click.command()
@click.option("--seed", default=1, show_default=True, type=int, help="Fröet som staden växer ur.")
@click.option("--out", required=True, type=FILE, help="Mapp för staden, säsongen och facit.")
def town(seed: int, out: Path) -> None:
    """Gör den påhittade staden och en säsong, med facit bredvid."""
    with usable(out=out), whole_folder(out) as folder:
        made = engine.make_town(seed)
        season = engine.make_season(made, seed)
        engine.write_town(made, season, folder)
    click.echo(
        f"{made.name}: {len(made.addresses)} adresser, {len(season.tips)} tips, {len(season.ads)} annonser i {out}."
    )
