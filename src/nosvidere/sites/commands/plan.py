"""Visits to shifts, teams and routes, from a file to a file."""

import json
from pathlib import Path

import click

from nosvidere.engine import planning
from nosvidere.sites.commands.outcome import ALL_TAKEN, FILE, UNUSABLE, usable
from nosvidere.sites.whole import whole_file


@click.command()
@click.argument("visits", type=FILE)
@click.option("--out", required=True, type=FILE, help="Filen för planen (JSON).")
@click.option(
    "--seed", default=1, show_default=True, type=int, help="Frö, om filen inte har ett eget."
)
def plan(visits: Path, out: Path, seed: int) -> None:
    """Lägg besöken i en fil på pass, lag och rutter; planen prövas av en oberoende kontroll."""
    with usable(planning.UnusableFile, out=out), whole_file(out) as half:
        request = planning.read_visits(visits, seed=seed)
        made = planning.make_plan(
            request.visits, request.team_shifts, travel=request.travel, seed=request.seed
        )
        answer = planning.plan_as_json(made, request)
        half.write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")
    faults = planning.check_plan(made, request.visits, request.team_shifts, travel=request.travel)
    _tell(made, request, out)
    for fault in faults:
        click.echo(f"Fel i planen: {fault}", err=True)
    raise SystemExit(UNUSABLE if faults else ALL_TAKEN)


def _tell(made: planning.Plan, request: planning.PlanRequest, out: Path) -> None:
    served = len({stop.visit_id for stop in made.stops})
    click.echo(
        f"{served} av {len(request.visits)} besök ryms; restid {made.travel_minutes} minuter ({made.travel_name}). "
        f"Planen ligger i {out}."
    )
    if request.left_by_choice:
        click.echo(f"{request.left_by_choice} besök valdes bort av gränsen limit.")
    for one in made.unserved:
        click.echo(f"Ryms inte: {one.visit_id}. {one.reason_sv}")
