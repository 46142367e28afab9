"""`./nosvidere test`: everything that must hold, in one command."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

SPREAD = ("-q", "-n", "auto", "--dist", "loadfile")  # a file's tests share what they made
FAST = "not slow and not browser and not postgres"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to run, with what to do if it fails."""

    name: str
    command: tuple[str, ...]
    mend: str


def _tool(name: str, *words: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).parent / name), *words)


def _checks() -> list[Step]:
    return [
        Step(
            "ruff",
            _tool("ruff", "check", "--quiet", "."),
            "rätta raderna ovan, eller kör `.venv/bin/ruff check --fix .`",
        ),
        Step(
            "format",
            _tool("ruff", "format", "--check", "--quiet", "."),
            "kör `.venv/bin/ruff format .`",
        ),
        Step("mypy", _tool("mypy"), "rätta typerna ovan"),
        Step(
            "import-linter",
            _tool("lint-imports", "--no-cache"),
            "låt beroendet peka nedåt; se docs/architecture.md",
        ),
        Step("deptry", _tool("deptry", "src"), "för in eller ta bort beroendet i pyproject.toml"),
        Step("djlint", _tool("djlint", "--quiet", "--lint", "src"), "rätta mallarna ovan"),
    ]


def _steps(*, fast: bool) -> list[Step]:
    mend = "läs det första felet ovan"
    if fast:
        return [Step("prov", _tool("pytest", *SPREAD, "-m", FAST), mend)]
    return [*_checks(), Step("prov", _tool("pytest", *SPREAD, "--cov", "--cov-report=term"), mend)]


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
