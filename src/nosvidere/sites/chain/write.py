"""The chain's results as files."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from nosvidere.engine.linkage import Grouping
from nosvidere.engine.places import mention_as_json
from nosvidere.sites.chain.gather import ReadTip
from nosvidere.sites.chain.page import picture_page
from nosvidere.sites.chain.rank import RankedPlace
from nosvidere.sites.chain.report import report_pdf
from nosvidere.sites.chain.results import Results

# Half a surrogate pair, as a JSON text may hold, becomes its own escape, which JSON reads back.
HALF_SIGNS = "backslashreplace"
PLACE_COLUMNS = (
    "rank",
    "address_id",
    "address",
    "weight",
    "families",
    "sources",
    "reasons",
    "counter-evidence",
    "eligible",
    "mappable",
)


def write_results(results: Results, folder: Path) -> None:
    """Write what the run found as files in `folder`; the refused rows are written while they are read."""
    gathered = results.gathered
    _write_lines(folder / "mentions.jsonl", (_mentions(tip) for tip in gathered.tips))
    _write_csv(
        folder / "groups.csv",
        ("ad_id", "text_group", "organiser_group"),
        _groups(gathered.grouping),
    )
    _write_csv(folder / "places.csv", PLACE_COLUMNS, (_place(place) for place in results.ranked))
    (folder / "plan.json").write_text(
        json.dumps(_plan(results), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    (folder / "picture.html").write_text(picture_page(results), encoding="utf-8")
    (folder / "report.pdf").write_bytes(report_pdf(results))


def _mentions(tip: ReadTip) -> dict[str, object]:
    return {"id": tip.row.id, "mentions": [mention_as_json(mention) for mention in tip.mentions]}


def _groups(grouping: Grouping) -> Iterable[tuple[str, str, str]]:
    return ((ad, text, grouping.organiser_group[ad]) for ad, text in grouping.text_group.items())


def _place(place: RankedPlace) -> tuple[object, ...]:
    weighing, address = place.weighing, place.address
    return (
        place.rank,
        address.id,
        f"{address.street} {address.number}{address.letter}",
        round(weighing.weight, 3),
        " ".join(sorted(weighing.families)),
        weighing.sources,
        " | ".join(weighing.reasons()),
        " | ".join(part.text for part in weighing.counter),
        "yes" if weighing.is_eligible else "no",
        "yes" if address.lat is not None else "no",
    )


def _plan(results: Results) -> dict[str, object]:
    return {
        **asdict(results.plan),
        "faults": list(results.laid.faults),
        "not_mappable": list(results.unmapped),
        "weighed_on": results.on.isoformat(),
    }


def _write_csv(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", errors=HALF_SIGNS, newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_lines(file: Path, rows: Iterable[dict[str, object]]) -> None:
    with file.open("w", encoding="utf-8", errors=HALF_SIGNS) as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
