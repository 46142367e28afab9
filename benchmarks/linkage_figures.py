"""The linkage figures as a table and as pictures (plain SVG, each beside its table)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 800, 360, 70, 250, 50, 50
INK, PALE = "#1d2733", "#8793a1"
COLOURS = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#444444", "#a61c00", "#0c7f8a", "#7f6000")
STYLE = f"font-family:system-ui,sans-serif;font-size:14px;fill:{INK}"
Points = Sequence[tuple[float, float]]


class Table:
    """Rows printed as they come and written as Markdown in the end."""

    def __init__(self) -> None:
        self.lines = ["| Nr | Mätt på | Utfall |", "|---|---|---|"]

    def row(self, bar: str, name: str, *figures: str) -> None:
        """Print one row and keep it."""
        line = f"| {bar} | {name} | {' · '.join(f for f in figures if f)} |"
        print(line, flush=True)
        self.lines.append(line)

    def write(self, path: Path, *, before: str) -> None:
        """Write the table under some lines of text."""
        path.write_text("\n".join([before, "", *self.lines, ""]), encoding="utf-8")


@dataclass(frozen=True)
class Axes:
    """Where a number of ads (tenfold steps of the same width) and a figure stand in the picture."""

    counts: tuple[float, float]
    span: tuple[float, float]

    def x(self, count: float) -> float:
        """Return how far to the right."""
        low, high = map(math.log10, self.counts)
        return LEFT + (math.log10(count) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, figure: float) -> float:
        """Return how far down."""
        share = (figure - self.span[0]) / (self.span[1] - self.span[0])
        return HEIGHT - BOTTOM - min(max(share, 0.0), 1.0) * (HEIGHT - TOP - BOTTOM)

    def drawn(self) -> list[str]:
        """Return the lines and the numbers beside them."""
        parts = []
        for step in range(5):
            figure = self.span[0] + (self.span[1] - self.span[0]) * step / 4
            name = f"{figure:.2f}".replace(".", ",")
            parts.append(_line(LEFT, self.y(figure), WIDTH - RIGHT, self.y(figure)))
            parts.append(_text(LEFT - 8, self.y(figure) + 5, name, anchor="end"))
        low, high = math.ceil(math.log10(self.counts[0])), math.floor(math.log10(self.counts[1]))
        for power in range(low, high + 1):
            name = f"{10**power:,}".replace(",", "\N{NO-BREAK SPACE}")
            parts.append(_text(self.x(10**power), HEIGHT - BOTTOM + 22, name, anchor="middle"))
        return parts


def curves(
    title: str, series: Mapping[str, Points], *, unit: str, span: tuple[float, float]
) -> str:
    """Return a picture of figures by the number of ads."""
    counts = [count for points in series.values() for count, _ in points]
    axes = Axes((min(counts), max(*counts, min(counts) * 10)), span)
    parts = [_text(10, 26, title, size=16), _text(LEFT - 8, TOP - 8, unit, anchor="end")]
    parts += axes.drawn()
    for number, (name, points) in enumerate(series.items()):
        parts += _curve(axes, points, COLOURS[number % len(COLOURS)])
        parts += _key(number, name)
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    return f"{whole}<title>{escape(title)}</title>{''.join(parts)}</svg>\n"


def _curve(axes: Axes, points: Points, colour: str) -> list[str]:
    spots = [(axes.x(count), axes.y(figure)) for count, figure in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    line = f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    return [
        line,
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in spots),
    ]


def _key(number: int, name: str) -> list[str]:
    x, y, colour = WIDTH - RIGHT + 14, TOP + 10 + number * 24, COLOURS[number % len(COLOURS)]
    square = f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{colour}"/>'
    return [square, _text(x + 18, y, name, size=12)]


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 14) -> str:
    style = STYLE.replace("14px", f"{size}px")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="{style}">{escape(words)}</text>'


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{PALE}" stroke-width="0.5"/>'
