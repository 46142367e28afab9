"""`./nosvidere test`: everything that must hold, in one command."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

FAST = "not slow and not browser and not postgres"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to run, with what to do if it fails."""

    name: str
    command: tuple[str, ...]
    mend: str


def _steps(*, fast: bool) -> list[Step]:
    bin_dir = Path(sys.executable).parent
    run = lambda name, *words: (str(bin_dir / name), *words)  # noqa: E731 - a name for three lines
    checks = [
        Step(
            "ruff",
            run("ruff", "check", "--quiet", "."),
            "rätta raderna ovan, eller kör `.venv/bin/ruff check --fix .`",
        ),
        Step(
            "format",
            run("ruff", "format", "--check", "--quiet", "."),
            "kör `.venv/bin/ruff format .`",
        ),
        Step("mypy", run("mypy"), "rätta typerna ovan"),
        Step(
            "import-linter",
            run("lint-imports", "--no-cache"),
            "låt beroendet peka nedåt; se docs/architecture.md",
        ),
        Step("deptry", run("deptry", "src"), "för in eller ta bort beroendet i pyproject.toml"),
        Step("djlint", run("djlint", "--quiet", "--lint", "src"), "rätta mallarna ovan"),
    ]
    pytest = run("pytest", "-q")
    if fast:
        return [Step("prov", (*pytest, "-m", FAST), "läs det första felet ovan")]
    return [
        *checks,
        Step("prov", (*pytest, "--cov", "--cov-report=term"), "läs det första felet ovan"),
    ]


@click.command()
@click.option(
    "--fast", is_flag=True, help="Bara de snabba proven: ingen webbläsare, inget långsamt."
)
def test(fast: bool) -> None:
    """Kör alla prov: stil, typer, lager, mallar och själva proven."""
    root = Path(os.environ.get("NOSVIDERE_ROOT", "."))
    failed = [step for step in _steps(fast=fast) if not _passes(step, root)]
    for step in failed:
        click.echo(f"{step.name} gick inte igenom. Gör så här: {step.mend}", err=True)
    if failed:
        raise SystemExit(1)
    click.echo("Allt gick igenom.")


def _passes(step: Step, root: Path) -> bool:
    click.echo(f"— {step.name}", err=True)
    started = time.monotonic()
    done = subprocess.run(step.command, cwd=root, check=False)  # noqa: S603 - our own fixed commands
    click.echo(f"  {time.monotonic() - started:.0f} s", err=True)
    return done.returncode == 0
