"""Draw the pictures of docs/places.md as plain SVG, from what was measured just before."""

import itertools
from collections.abc import Mapping, Sequence
from html import escape
from math import log10
from pathlib import Path

from place_costs import Cost
from place_measures import Bin, calibration_error

WIDTH, HEIGHT, EDGE = 380, 380, 50
INK, PALE, MARK = "#1d2733", "#8793a1", "#0b5394"
STYLE = f"font-family:system-ui,sans-serif;font-size:13px;fill:{INK}"
MILLION, WHOLE = 1_000_000, 10
LARGEST, SMALLEST = 11, 3
"""Radius of the dot of the fullest bin and of the emptiest."""


def text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    """Return words at a place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def line(start: tuple[float, float], end: tuple[float, float], colour: str = PALE) -> str:
    """Return a line between two places."""
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def dot(x: float, y: float, radius: float) -> str:
    """Return a dot."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{MARK}" fill-opacity="0.75"/>'
    )


class Panel:
    """One square of a picture, with its own scales from 0 to 1."""

    def __init__(self, nth: int, title: str, under: str) -> None:
        """Begin the nth panel from the left."""
        self.left = nth * WIDTH + EDGE
        self.parts = [
            text(self.left, 24, title),
            text(self.x(0.5), HEIGHT - 4, under, anchor="middle"),
        ]
        corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
        self.parts += [line(self.at(*a), self.at(*b)) for a, b in itertools.pairwise(corners)]

    def x(self, share: float) -> float:
        """Return the place of a share across."""
        return self.left + share * (WIDTH - EDGE - 20)

    def y(self, share: float) -> float:
        """Return the place of a share upwards."""
        return HEIGHT - EDGE + 10 - share * (HEIGHT - EDGE - 30)

    def at(self, across: float, up: float) -> tuple[float, float]:
        """Return the place of two shares."""
        return self.x(across), self.y(up)

    def mark_across(self, share: float, words: str) -> None:
        """Name a place on the lower edge."""
        self.parts.append(text(self.x(share), self.y(0) + 16, words, anchor="middle"))

    def mark_up(self, share: float, words: str) -> None:
        """Name a place on the left edge."""
        self.parts.append(text(self.left - 6, self.y(share) + 4, words, anchor="end"))
        self.parts.append(line(self.at(0, share), self.at(1, share), "#e3e8ee"))


def save(panels: Sequence[Panel], path: Path, described: str) -> None:
    """Write the panels beside each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(panels) + 10} {HEIGHT}" role="img">'
        f"<title>{escape(described)}</title><rect width='100%' height='100%' fill='#fff'/><g style=\"{STYLE}\">"
    )
    body = "\n".join(part for panel in panels for part in panel.parts)
    path.write_text(f"{head}\n{body}\n</g></svg>\n", encoding="utf-8")


def draw_calibration(curves: Mapping[str, Sequence[Bin]], path: Path) -> None:
    """Draw how often houses were right against how sure the resolver said it was; the larger the dot, the more houses."""
    panels = []
    for nth, (title, bins) in enumerate(curves.items()):
        panel = Panel(
            nth,
            f"{title.split('(')[0].strip()}: {calibration_error(bins):.3f}",
            "how sure it said",
        )
        panel.parts.append(line(panel.at(0, 0), panel.at(1, 1), INK))
        most = max(b.count for b in bins)
        for share in (0, 0.25, 0.5, 0.75, 1):
            panel.mark_across(share, f"{share:g}")
            panel.mark_up(share, f"{share:g}")
        for b in bins:
            radius = SMALLEST + (LARGEST - SMALLEST) * log10(1 + b.count) / log10(1 + most)
            panel.parts.append(dot(*panel.at(b.said, b.was), radius))
        panels.append(panel)
    save(
        panels,
        path,
        "How often the houses pointed out were right, against how sure the resolver was.",
    )


def _across(addresses: int, costs: Sequence[Cost]) -> float:
    low, high = log10(costs[0].addresses), log10(costs[-1].addresses)
    return 0.05 + 0.9 * (log10(addresses) - low) / (high - low)


def draw_costs(costs: Sequence[Cost], path: Path) -> None:
    """Draw what an index costs at each size, each measure on its own scale."""
    measures = (
        ("built_s", "built, s"),
        ("answer_mb", "memory to answer, MB"),
        ("p95_ms", "95th percentile of an answer, ms"),
        ("texts_per_s", "texts a second, one core"),
    )
    panels = []
    for nth, (name, title) in enumerate(measures):
        panel = Panel(nth, title, "addresses")
        most = max(getattr(cost, name) for cost in costs) * 1.1
        for share in (0, 0.5, 1):
            panel.mark_up(share, _figure(share * most))
        spots = [panel.at(_across(c.addresses, costs), getattr(c, name) / most) for c in costs]
        panel.parts += [line(a, b, MARK) for a, b in itertools.pairwise(spots)]
        panel.parts += [dot(*spot, SMALLEST + 1) for spot in spots]
        for cost in costs:
            panel.mark_across(_across(cost.addresses, costs), _short(cost.addresses))
        panels.append(panel)
    save(
        panels,
        path,
        "What an address index costs, from ten thousand addresses to the whole country.",
    )


def _short(count: int) -> str:
    return f"{round(count / MILLION, 1):g} M" if count >= MILLION else f"{count // 1000} k"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= WHOLE else f"{value:.2g}"
