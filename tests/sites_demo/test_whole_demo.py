"""`./nosvidere demo` as a new user runs it; the published operation is read from the police database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.courier.conftest import free_port

SOURCE = Path(__file__).resolve().parents[2] / "src"
PUBLISHED = {
    "addresses_checked": 30,
    "from_ads_or_tips": 30,
    "evening_shifts": 4,
    "police_areas": 6,
    "fronts": 3,
    "reported": 8,
    "reported_men": 8,
    "attempts": 1,
    "youngest": 24,
    "oldest": 41,
}
READ = """
import json, django
django.setup()
from datetime import UTC, datetime
from nosvidere.field.actions import withdraw_report
from nosvidere.field.models import OffenceReport
from nosvidere.picture.figures import figures_of
from nosvidere.rules.access import OPERATION_LEAD, Actor
from nosvidere.sites.demo.police_operation import the_operation

operation = the_operation()
figures = lambda: {figure.key: figure.value for figure in figures_of(operation)}
told = {"before": figures()}
told["evenings"] = [
    shift.teams.filter(assignments__checks__isnull=False).count() for shift in operation.shifts.all()
]
lead = Actor("chef-1", frozenset({OPERATION_LEAD}), "VB")
report = OffenceReport.objects.filter(completion="COMPLETED", age_years__gt=24, age_years__lt=41).first()
withdraw_report(report=report, why="Prov.", by=lead, at=datetime.now(UTC))
told["after"] = figures()
print(json.dumps(told))
"""


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a machine with nothing set but where the demonstration lies."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(SOURCE), "NOSVIDERE_HOME": str(home)}


def run(*words: str, home: Path, **more: str) -> str:
    """Run Python and return what it prints."""
    done = subprocess.run(
        [sys.executable, *words],
        env={**environment(home), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Path:
    """A home in which the demonstration has been played."""
    home = tmp_path_factory.mktemp("demo")
    words = ("-m", "nosvidere.sites.cli", "demo", "--headless", "--port", str(free_port()))
    run(*words, "--out", str(home / "out"), home=home)
    return home


@pytest.mark.slow
def test_the_published_operation_stands_on_rows_and_changes_with_them(played):
    told = json.loads(
        run(
            "-c",
            READ,
            home=played / "demo",
            DJANGO_SETTINGS_MODULE="nosvidere.sites.police",
            NOSVIDERE_DEMO="yes",
        )
    )

    before, after = told["before"], told["after"]
    assert {key: before[key] for key in PUBLISHED} == PUBLISHED
    assert before["help_offered"] > 0
    assert before["landlords_told"] > 0
    assert len(told["evenings"]) == 4
    assert all(told["evenings"])
    assert (after["reported"], after["reported_men"]) == (7, 7)
    assert (after["addresses_checked"], after["attempts"]) == (30, 1)
    results = json.loads((played / "out" / "played.json").read_text())
    assert results["figures"] == {key: str(value) for key, value in before.items()}
    assert (played / "out" / "town" / "register.csv").exists()
