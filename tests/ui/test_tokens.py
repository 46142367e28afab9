"""The tokens keep the contrasts that the look asks for, in both themes."""

import itertools
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

OUTSIDE_CONTRAST = 7.0
INSIDE_CONTRAST = 4.5
SHAPE_CONTRAST = 3.0

INSIDE_PAPERS = ("--paper", "--raised", "--sunk", "--wash")
OUTSIDE_PAPERS = ("--warm", "--warm-raised")
INKS = ("--ink", "--soft", "--accent", "--danger", "--time")
OTHER_OUTSIDE = (
    ("--on-accent", "--accent"),
    ("--warm", "--ink"),
    ("--ink", "--wash"),
    ("--ink", "--danger-wash"),
    ("--danger", "--danger-wash"),
    ("--ink", "--time-wash"),
    ("--time", "--time-wash"),
    ("--paper", "--ink"),
    ("--paper", "--soft"),
)


def sheet_text(name: str) -> str:
    return Path(str(finders.find(f"ui/{name}.css"))).read_text(encoding="utf-8")


def blocks() -> list[dict[str, str]]:
    found = re.findall(r"color-scheme: \w+;([^}]*)}", sheet_text("tokens"))
    return [dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block)) for block in found]


LIGHT, DARK, FORCED_DARK = range(3)


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_names():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_dark_theme_is_the_same_by_preference_and_by_force():
    light, dark, forced = blocks()

    assert dark == forced
    assert light.keys() == dark.keys()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(("ink", "paper"), list(itertools.product(INKS, OUTSIDE_PAPERS)))
def test_text_outside_has_the_contrast_of_seven(ink, paper, theme):
    tokens = blocks()[theme]

    assert contrast(tokens[ink], tokens[paper]) >= OUTSIDE_CONTRAST


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(("ink", "paper"), OTHER_OUTSIDE)
def test_text_on_colour_has_the_contrast_of_seven(ink, paper, theme):
    tokens = blocks()[theme]

    assert contrast(tokens[ink], tokens[paper]) >= OUTSIDE_CONTRAST


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(("ink", "paper"), list(itertools.product(INKS, INSIDE_PAPERS)))
def test_text_inside_has_the_contrast_of_four_and_a_half(ink, paper, theme):
    tokens = blocks()[theme]

    assert contrast(tokens[ink], tokens[paper]) >= INSIDE_CONTRAST


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("paper", ["--paper", "--raised", "--warm", "--warm-raised"])
def test_edges_of_what_can_be_used_stand_out(paper, theme):
    tokens = blocks()[theme]

    assert contrast(tokens["--edge"], tokens[paper]) >= SHAPE_CONTRAST


@pytest.mark.parametrize("sheet", ["base", "components", "charts", "outside"])
def test_colours_are_named_in_the_tokens_only(sheet):
    screen = re.sub(r"@media print \{.*\}", "", sheet_text(sheet), flags=re.DOTALL)

    assert re.findall(r"#[0-9a-f]{3,6}\b", screen) == []
