"""The effect of an operation in plain Swedish for a terminal: what could be seen at all comes before what was."""

from collections.abc import Iterator, Mapping
from typing import Any

ROLES = {
    "treated": "insatsområde",
    "control": "kontroll",
    "displacement": "närområde",
    "displacement_control": "närområdets kontroll",
}
Part = Mapping[str, Any]


def effect_text(report: Part) -> str:
    """Return the report of `engine.effect.read_effect_file` as text."""
    parts = [
        list(_difference(report["difference"])),
        list(_quotient(report["quotient"])),
        ["Områden, före och efter (exakt Poissonintervall, 95 %):", *map(_area, report["areas"])],
        ["Upptäcktsrisk per köp, om köpen efter var så många:", *map(_risk, report["detection_risk"])],
        ["Att minnas:", *(f"– {note}" for note in report["notes"])],
        [f"{report['rows']} rader ur {report['file']} · sha256 {report['sha256']}"],
    ]  # fmt: skip
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _difference(part: Part) -> Iterator[str]:
    if "refused" in part:
        yield part["refused"]
        return
    least, low, high = part["minimum_detectable"], part["low"], part["high"]
    yield f"Med så här många fall syns bara en ändring på {_number(least)} fall eller mer (styrka 80 %)."
    where = "i insatsområdet och närområdet" if part["includes_nearby"] else "i insatsområdet"
    yield (
        f"Ändring {where} jämfört med kontrollen: {_number(part['total'])} fall "
        f"({_number(low)} till {_number(high)}, {part['level'] * 100:.0f} %)."
    )
    yield f"Varav i insatsområdet {_number(part['in_area'])} och i närområdet {_number(part['nearby'])}."
    yield (
        "Intervallet går över noll: det går inte att säga att något ändrades."
        if low <= 0 <= high
        else "Intervallet går inte över noll."
    )


def _quotient(part: Part) -> Iterator[str]:
    if "refused" in part:
        yield part["refused"]
        return
    yield f"Förflyttningskvot (aldrig ensam): {_number(part['value'], 2)}. {part['meaning']}"


def _area(area: Part) -> str:
    counts = f"{_count(area['before'])} före, {_count(area['after'])} efter"
    compared = "takter" if area["per_hour"] else "antal"
    return f"  {area['area']} ({ROLES[area['role']]}): {counts}; lika {compared}: p = {_number(area['p_equal_rates'], 3)}"


def _count(count: Part) -> str:
    told = f"{count['count']} ({_number(count['low'])}–{_number(count['high'])})"
    rate = count.get("per_hour")
    return told if rate is None else f"{told}, {_number(rate['value'], 3)} per timme"


def _risk(band: Part) -> str:
    low, high = (_number(band[limit] * 100, 2) for limit in ("low", "high"))
    purchases = f"{band['purchases']:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"  {purchases} köp: {low}–{high} %"


def _number(value: float, decimals: int = 1) -> str:
    """Return a number with a comma, and a real minus sign."""
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")
