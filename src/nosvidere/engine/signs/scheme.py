"""The signs and their weights: a versioned table kept as data, with a source and a reason per weight."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

SCORED = "scored"


@dataclass(frozen=True, slots=True)
class Sign:
    """One row of the table: what it is called, what it may innocently mean, and how much it weighs."""

    code: str
    sv: str
    en: str
    family: str
    use: str
    strength: str
    points: float
    half_life_days: int
    innocent_sv: str
    source: str
    reason: str = ""
    half_life_reason: str = ""
    source_grades: str = "ABCX"
    also_safeguarding: bool = False
    needs_days: int = 1
    medium_with: str = ""
    strong_days: int | None = None
    valid_days: int | None = None
    blocks_days: int = 0

    @property
    def is_counter(self) -> bool:
        """Whether the sign speaks against the suspicion."""
        return self.strength == "counter"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of the whole table; an assessment keeps the version it was made with."""

    version: str
    signs: Mapping[str, Sign]
    families: Mapping[str, str]
    caps: Mapping[str, float]
    grade_factors: Mapping[str, float]
    forgotten_after_half_lives: int
    unknown_is_distinct: bool
    families_needed: int
    sources_needed: int


def load_scheme(version: str) -> Scheme:
    """Return the scheme of that version; raise FileNotFoundError when there is none."""
    text = files(__package__).joinpath("schemes", f"{version}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    signs = [_sign(row, table["sources"]) for row in table["sign"]]
    return Scheme(
        version=table["version"],
        signs={sign.code: sign for sign in signs},
        families=table["families"],
        caps=table["caps"],
        grade_factors=table["grade_factors"],
        forgotten_after_half_lives=table["forgotten_after_half_lives"],
        unknown_is_distinct=table["unknown_is_distinct"],
        families_needed=table["families_needed"],
        sources_needed=table["sources_needed"],
    )


def _sign(row: dict[str, Any], sources: Mapping[str, str]) -> Sign:
    named = "; ".join(sources[key] for key in row["source"])
    defaults = {"innocent_sv": "", "family": row["code"][0]}
    return Sign(**(defaults | row | {"source": named}))


SCHEME = load_scheme("1")
