"""The effect of an operation from counts per area, before and after."""

import json
from pathlib import Path

import click

from nosvidere.engine import effect as engine
from nosvidere.sites.commands.outcome import ALL_TAKEN, FILE, SOME_REJECTED, usable
from nosvidere.sites.effect_text import effect_text
from nosvidere.sites.whole import whole_file


@click.command()
@click.argument("counts", type=FILE)
@click.option("--json", "json_out", type=FILE, help="Skriv också svaret som JSON i filen.")
def effect(counts: Path, json_out: Path | None) -> None:
    """Räkna effekten av en insats ur en tabell: area, role, before, after och gärna timmar."""
    with usable(engine.UnusableEffectFile):
        report = engine.read_effect_file(counts)
        click.echo(effect_text(report), nl=False)
        if json_out is not None:
            with whole_file(json_out) as half:
                half.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    for row in report["rejected"]:
        click.echo(f"{counts.name}, rad {row['line']}: {row['reason']}", err=True)
    raise SystemExit(SOME_REJECTED if report["rejected"] else ALL_TAKEN)
