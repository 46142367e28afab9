"""`./nosvidere test` on a small project: it runs the real tools, and says what to do when one refuses."""

import pytest
from tests.sites.conftest import run

from nosvidere.sites.commands.testing import _steps

PROJECT = """[tool.pytest.ini_options]
markers = ["slow: x", "browser: x", "postgres: x"]
addopts = "-p no:randomly -p no:django"
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with one test that holds and one that is slow."""
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_a():\n    pass\n@pytest.mark.slow\ndef test_b():\n    assert False\n"
    )
    monkeypatch.setenv("NOSVIDERE_ROOT", str(tmp_path))
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    return tmp_path


@pytest.mark.slow
def test_the_fast_set_leaves_the_slow_ones_out(project):
    done = run("test", "--fast")

    assert done.exit_code == 0, done.output
    assert done.stdout == "Allt gick igenom.\n"


@pytest.mark.slow
def test_a_step_that_fails_says_what_to_do(project):
    (project / "test_it.py").write_text("def test_a():\n    assert False\n")

    done = run("test", "--fast")

    assert done.exit_code == 1
    assert "prov gick inte igenom. Gör så här: läs det första felet ovan" in done.stderr


def test_the_whole_run_checks_style_types_layers_and_templates_first():
    names = [step.name for step in _steps(fast=False)]

    assert names == ["ruff", "format", "mypy", "import-linter", "deptry", "djlint", "prov"]
