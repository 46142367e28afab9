"""The threat model and the page of measures promise nothing that no test shows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "docs" / "drop.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
POINTS = re.findall(r"^- .*(?:\n  .*)*", MODEL, re.MULTILINE)


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED.findall(MODEL + MEASURED))))
def test_every_test_that_the_docs_name_exists(file, name):
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_claim_of_the_threat_model_names_a_test():
    claims = [point for point in POINTS if point.startswith("- **Kan inte**")]

    assert len(claims) > 25
    assert [claim for claim in claims if not NAMED.search(claim)] == []


def test_of_every_attacker_it_is_said_what_they_cannot_and_what_they_can():
    *attackers, unprotected = MODEL.split("\n## ")[1:]

    assert [text.splitlines()[0] for text in attackers if "- **Kan inte**" not in text] == []
    assert [text.splitlines()[0] for text in attackers if "- **Kan** " not in text] == []
    assert unprotected.startswith("Det som inte skyddas\n")
