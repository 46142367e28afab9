"""The model card of the linkage names the tests that hold what it promises."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_that_the_card_names_exists():
    card = (ROOT / "docs" / "model-card-linkage.md").read_text(encoding="utf-8")
    written = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py")
    )

    named = set(re.findall(r"`(test_\w+)`", card))
    assert len(named) > 15
    assert named <= set(re.findall(r"def (test_\w+)\(", written))
