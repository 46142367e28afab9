"""The pages beside the code: drawn from it, linked, and without paths of any machine."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def load(script: Path):
    """Return a script of the docs as a module."""
    spec = importlib.util.spec_from_file_location(script.stem, script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_drawn_states_are_those_of_the_tables():
    assert (DOCS / "states.md").read_text(encoding="utf-8") == load(DOCS / "states.py").page()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_listed():
    listed = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")

    assert [f.name for f in (DOCS / "adr").glob("0*.md") if f.name not in listed] == []


def test_every_command_that_the_readme_names_exists():
    from nosvidere.sites.cli import main_entries

    named = set(
        re.findall(r"\./nosvidere ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    )

    assert named <= set(main_entries)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_page_names_a_machines_path(page):
    assert (
        re.findall(r"(?<![\w.])/(?:home|root|work|tmp)/", page.read_text(encoding="utf-8")) == []
    )
