"""Draw the pictures of docs/darkfigure.md as plain SVG, from what was computed just before."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np

from nosvidere.engine.darkfigure import Estimate

WIDTH, LEFT, RIGHT, ROW = 760, 190, 30, 30
INK, PALE, BAND, MARK = "#1d2733", "#8793a1", "#bcd3e8", "#0b5394"
STYLE = f"font-family:system-ui,sans-serif;font-size:14px;fill:{INK}"
NAMES = {
    "independence": "independence",
    "stepwise": "stepwise",
    "bic": "BIC",
    "decomposable": "graph average",
}


class Chart:
    """Rows of marks over one axis from low to high."""

    def __init__(self, title: str, rows: int, *, low: float, high: float) -> None:
        self.low, self.high = low, high
        self.height = 60 + rows * ROW + 40
        self.parts = [text(10, 24, title, size=16)]

    def x(self, value: float) -> float:
        """Give the place of a value on the axis."""
        share = (value - self.low) / (self.high - self.low)
        return LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT)

    def y(self, row: int) -> float:
        """Give the middle of a row."""
        return 60 + row * ROW

    def label(self, row: int, words: str) -> None:
        """Name a row."""
        self.parts.append(text(LEFT - 12, self.y(row) + 5, words, anchor="end"))

    def bar(self, row: int, span: tuple[float, float], *, colour: str, thick: int = 10) -> None:
        """Draw a bar between two values."""
        left, right = self.x(span[0]), self.x(span[1])
        self.parts.append(
            f'<rect x="{left:.1f}" y="{self.y(row) - thick / 2:.1f}" width="{max(right - left, 1):.1f}" '
            f'height="{thick}" fill="{colour}"/>'
        )

    def tick(self, row: int, value: float, *, colour: str = INK, tall: int = 18) -> None:
        """Mark one value."""
        self.line(self.x(value), self.y(row) - tall / 2, self.y(row) + tall / 2, colour=colour)

    def line(self, x: float, top: float, bottom: float, *, colour: str) -> None:
        """Draw an upright line."""
        self.parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}" stroke="{colour}" stroke-width="2"/>'
        )

    def axis(self, values: Sequence[float], form: str = "{:,.0f}") -> None:
        """Write the axis under the rows."""
        bottom = self.height - 34
        for value in values:
            self.line(self.x(value), bottom, bottom + 6, colour=PALE)
            words = form.format(value).replace(",", "\N{NO-BREAK SPACE}")
            self.parts.append(text(self.x(value), bottom + 24, words, anchor="middle"))

    def save(self, path: Path, described: str) -> None:
        """Write the picture with a description for those who do not see it."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height:.0f}" role="img">'
            f'<title>{escape(described)}</title><rect width="100%" height="100%" fill="#fff"/>'
        )
        path.write_text("\n".join([head, *self.parts, "</svg>"]) + "\n", encoding="utf-8")


def text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 14) -> str:
    """Write words at a place."""
    style = STYLE.replace("14px", f"{size}px")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="{style}">{escape(words)}</text>'


def draw_pictures(
    answer: Estimate,
    replicates: np.ndarray,
    coverage: Sequence[tuple[str, float, float]],
    *,
    folder: Path,
) -> None:
    """Draw the four pictures into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    band_picture(answer, folder / "band.svg")
    tornado_picture(answer, folder / "tornado.svg")
    replicates_picture(answer, replicates, folder / "replicates.svg")
    coverage_picture(coverage, folder / "coverage.svg")


def band_picture(answer: Estimate, path: Path) -> None:
    """Draw the band first, then each method's interval with its point as a tick."""
    methods = list(answer.methods.items())
    chart = Chart(
        "Band and methods, United Kingdom, five lists", len(methods) + 1, low=0, high=50_000
    )
    chart.label(0, "band")
    chart.bar(0, answer.band.limits, colour=BAND, thick=20)
    for row, (name, method) in enumerate(methods, start=1):
        chart.label(row, NAMES[name])
        chart.bar(row, method.interval.limits, colour=PALE, thick=6)
        chart.tick(row, method.estimate)
    chart.axis(range(0, 50_001, 10_000))
    chart.save(path, "The band of all methods above each method's interval and point.")


def tornado_picture(answer: Estimate, path: Path) -> None:
    """Draw how the stepwise estimate moves when a list is dropped or two are merged."""
    changed = answer.sensitivity
    named = {f"without {name}": value for name, value in changed.dropped.items()}
    named |= {f"{a} and {b} merged": value for (a, b), value in changed.merged.items()}
    known = {name: value for name, value in named.items() if value is not None}
    ordered = sorted(known.items(), key=lambda item: -abs(np.log(item[1] / changed.main)))
    chart = Chart("A list dropped or two merged, stepwise", len(ordered), low=5_000, high=30_000)
    for row, (name, value) in enumerate(ordered):
        chart.label(row, name)
        chart.bar(row, (min(value, changed.main), max(value, changed.main)), colour=BAND, thick=14)
        chart.tick(row, value, colour=MARK)
    chart.line(chart.x(changed.main), 44, chart.height - 40, colour=INK)
    chart.axis(range(5_000, 30_001, 5_000))
    chart.save(path, "How far each change moves the stepwise estimate.")


def replicates_picture(answer: Estimate, replicates: np.ndarray, path: Path) -> None:
    """Draw the stepwise replicates as a histogram with the point and the BCa limits."""
    method = answer.methods["stepwise"]
    chart = Chart("1 000 replicates that choose their model anew", 6, low=5_000, high=40_000)
    counts, edges = np.histogram(
        replicates[np.isfinite(replicates)], bins=70, range=(5_000, 40_000)
    )
    bottom, tallest = chart.height - 40, chart.height - 110
    for count, left, right in zip(counts, edges, edges[1:], strict=False):
        tall = tallest * count / counts.max()
        chart.parts.append(
            f'<rect x="{chart.x(left):.1f}" y="{bottom - tall:.1f}" '
            f'width="{chart.x(right) - chart.x(left) - 1:.1f}" height="{tall:.1f}" fill="{BAND}"/>'
        )
    for value, colour in ((method.estimate, INK), *((v, MARK) for v in method.interval.limits)):
        chart.line(chart.x(value), 44, bottom, colour=colour)
    chart.axis(range(5_000, 40_001, 5_000))
    chart.save(path, "Histogram of replicates; the point in black, the BCa limits in blue.")


def coverage_picture(rows: Sequence[tuple[str, float, float]], path: Path) -> None:
    """Draw the share of intervals that hold the true number, BCa over conditional."""
    chart = Chart(
        "Intervals that hold the true number: BCa ● conditional ○",
        len(rows) * 2,
        low=0.2,
        high=1.0,
    )
    chart.line(chart.x(0.95), 44, chart.height - 40, colour=PALE)
    for row, (name, held, naive) in enumerate(rows):
        y = chart.y(row * 2)
        chart.parts.append(text(10, y + 5, name))
        for value, fill in ((held, MARK), (naive, "#fff")):
            chart.parts.append(
                f'<circle cx="{chart.x(value):.1f}" cy="{y + ROW:.1f}" r="7" fill="{fill}" '
                f'stroke="{MARK}" stroke-width="2"/>'
            )
    chart.axis((0.2, 0.4, 0.6, 0.8, 0.95), "{:.2f}")
    chart.save(path, "Coverage of the BCa and of the conditional interval in each simulation.")
