"""Where things stand in a drawing: weights and charts as SVG attributes, computed here, printed by templates."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

NARROWEST_LABEL = 5.0  # per cent of the width: a part narrower than this carries no number
CHART_HEIGHT = 200.0  # px, from the top to the axis
HEADROOM = 26.0  # px above the highest value, for its label
EFFORT_HEIGHT = 36.0  # px under the axis for the thin line
X_LABELS = 6  # more than this are thinned out


@dataclass(frozen=True, slots=True)
class WeightPart:
    """One part of a weight; negative points pull back."""

    label: str
    points: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeightMark:
    """A length that means something, such as where a lead may be opened."""

    label: str
    points: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A part as drawn: percentages of the width as SVG takes them, and its number if there is room."""

    number: int
    label: str
    note: str
    points: str
    x: str
    width: str
    middle: str
    is_counter: bool
    has_number: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as drawn."""

    label: str
    points: str
    x: str


@dataclass(frozen=True, slots=True)
class Weight:
    """A length with its parts: never a grade, never a light."""

    says: str
    total: str
    end: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    scale: str = ""
    """How many points the full width stands for, where that is the same for all places."""


def weight(
    parts: Sequence[WeightPart],
    *,
    says: str,
    marks: Sequence[WeightMark] = (),
    scale: float | None = None,
) -> Weight:
    """Return the drawing of a weight: what adds from the left, then what pulls back from where that ended.

    With a `scale` (points that the full width stands for) lengths can be compared between places; a weight or mark
    beyond it widens the drawing, so that nothing is ever cut off. Without one, the weight itself fills the width.
    """
    adding = [part for part in parts if part.points >= 0]
    pulling = [part for part in parts if part.points < 0]
    total = sum(part.points for part in parts)
    whole = _whole_width(
        [sum(part.points for part in adding), *(mark.points for mark in marks)], scale
    )
    return Weight(
        says=says,
        total=_points(total),
        end=_percent(max(total, 0) / whole),
        pieces=_pieces([*adding, *pulling], whole),
        marks=tuple(
            Mark(mark.label, _points(mark.points), _percent(mark.points / whole)) for mark in marks
        ),
        scale="" if scale is None else _points(whole),
    )


def _whole_width(lengths: Sequence[float], scale: float | None) -> float:
    """Return how many points the full width stands for: the scale if all fits in it, else a little more than the longest."""
    longest = max([*lengths, 1e-9])
    return scale if scale is not None and longest <= scale else longest * 1.05


def _pieces(parts: Sequence[WeightPart], whole: float) -> tuple[Piece, ...]:
    pieces, reached = [], 0.0
    for number, part in enumerate(parts, start=1):
        after = max(reached + part.points, 0.0)
        start, width = min(reached, after) / whole, abs(after - reached) / whole
        reached = after
        pieces.append(_piece(part, number=number, start=start, width=width))
    return tuple(pieces)


def _piece(part: WeightPart, *, number: int, start: float, width: float) -> Piece:
    return Piece(
        number=number,
        label=part.label,
        note=part.note,
        points=_points(part.points, signed=True),
        x=_percent(start),
        width=_percent(width),
        middle=_percent(start + width / 2),
        is_counter=part.points < 0,
        has_number=width * 100 >= NARROWEST_LABEL,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval; `text` is how both are said."""

    label: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar as drawn, in percentages of the width."""

    label: str
    text: str
    width: str
    low: str
    high: str

    @property
    def has_interval(self) -> bool:
        """Say whether an interval is drawn."""
        return bool(self.low)


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars with intervals: a sentence that says what to see, and the table."""

    says: str
    headings: tuple[str, ...]
    bars: tuple[DrawnBar, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def bar_chart(
    bars: Sequence[Bar], *, says: str, headings: tuple[str, str], note: str = ""
) -> BarChart:
    """Return the drawing of bars from zero; the widest value or upper bound fills the width."""
    widest = max([*(bar.value for bar in bars), *(bar.high or 0 for bar in bars), 1e-9])
    drawn = tuple(
        DrawnBar(
            bar.label,
            bar.text,
            width=_percent(bar.value / widest),
            low="" if bar.low is None else _percent(bar.low / widest),
            high="" if bar.high is None else _percent(bar.high / widest),
        )
        for bar in bars
    )
    return BarChart(says, headings, drawn, tuple((bar.label, bar.text) for bar in bars), note)


@dataclass(frozen=True, slots=True)
class Point:
    """One period: the value, its interval and the effort behind it."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    effort: float | None = None


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """A point as drawn: x in per cent, y in pixels from the top."""

    label: str
    x: str
    y: str
    low: str
    high: str
    shows_label: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A straight piece of a line."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """A series over time, intervals drawn, effort as a thin line beneath, the last value labelled directly."""

    says: str
    name: str
    headings: tuple[str, ...]
    points: tuple[DrawnPoint, ...]
    lines: tuple[Line, ...]
    effort_name: str
    effort_lines: tuple[Line, ...]
    top: str
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    axis: str = f"{CHART_HEIGHT:.1f}"
    label_y: str = f"{CHART_HEIGHT + 18:.1f}"
    effort_y: str = f"{CHART_HEIGHT + 36:.1f}"
    height: str = f"{CHART_HEIGHT + 46 + EFFORT_HEIGHT:.0f}"


def series_chart(
    points: Sequence[Point],
    *,
    says: str,
    name: str,
    period: str,
    effort_name: str = "",
    note: str = "",
) -> SeriesChart:
    """Return the drawing of a series from zero; empty series are a Status, not a chart."""
    if not points:
        message = "A series chart needs at least one point; show a Status instead."
        raise ValueError(message)
    top = _highest(points)
    headings = tuple(heading for heading in (period, name, effort_name) if heading)
    return SeriesChart(
        says=says,
        name=name,
        headings=headings,
        points=_drawn_points(points, top),
        lines=_joined(_heights([point.value for point in points], top)),
        effort_name=effort_name,
        effort_lines=_effort(points) if effort_name else (),
        top=_points(top),
        rows=tuple(_row(point, has_effort=bool(effort_name)) for point in points),
        note=note,
    )


def _highest(points: Sequence[Point]) -> float:
    return max([*(point.value for point in points), *(point.high or 0 for point in points), 1e-9])


def _drawn_points(points: Sequence[Point], top: float) -> tuple[DrawnPoint, ...]:
    every = -(-len(points) // X_LABELS)
    return tuple(
        DrawnPoint(
            label=point.label,
            x=_percent(_across(at, len(points))),
            y=_down(point.value / top),
            low="" if point.low is None else _down(point.low / top),
            high="" if point.high is None else _down(point.high / top),
            shows_label=at % every == 0,
        )
        for at, point in enumerate(points)
    )


def _effort(points: Sequence[Point]) -> tuple[Line, ...]:
    efforts = [point.effort or 0.0 for point in points]
    most = max([*efforts, 1e-9])
    foot = CHART_HEIGHT + 44 + EFFORT_HEIGHT
    return _joined([foot - EFFORT_HEIGHT * effort / most for effort in efforts])


def _joined(heights: Sequence[float]) -> tuple[Line, ...]:
    """Return the pieces between neighbours; heights are pixels from the top."""
    count = len(heights)
    return tuple(
        Line(
            _percent(_across(at, count)),
            f"{heights[at]:.1f}",
            _percent(_across(at + 1, count)),
            f"{heights[at + 1]:.1f}",
        )
        for at in range(count - 1)
    )


def _heights(values: Sequence[float], top: float) -> list[float]:
    return [float(_down(value / top)) for value in values]


def _across(at: int, count: int) -> float:
    return (at + 0.5) / count


def _down(share: float) -> str:
    return f"{CHART_HEIGHT - share * (CHART_HEIGHT - HEADROOM):.1f}"


def _row(point: Point, *, has_effort: bool) -> tuple[str, ...]:
    said = _points(point.value)
    if point.low is not None and point.high is not None:
        said = f"{said} ({_points(point.low)}–{_points(point.high)})"
    return (point.label, said, *((_points(point.effort or 0),) if has_effort else ()))


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _points(value: float, *, signed: bool = False) -> str:
    """Return a number as the language writes it, with one decimal only where there is one."""
    rounded = round(abs(value), 1)
    text = str(number_format(rounded, 0 if rounded == int(rounded) else 1, force_grouping=True))
    if value < 0:
        return f"−{text}"
    return f"+{text}" if signed else text
