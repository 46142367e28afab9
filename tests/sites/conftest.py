"""Small files of the fictitious town, and the commands run in the test's own process."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from nosvidere.sites.cli import main_entries, program

STREETS = ("Tångvägen", "Hamngatan", "Lärkvägen", "Storgatan", "Åsgränd")
HEADER = ("id", "street", "number", "letter", "postcode", "locality", "municipality", "district", "lat", "lon")  # fmt: skip
ADS_HEADER = ("ad_id", "seen_at", "source", "phone", "place_text", "text")


class Folder:
    """A folder with the chain's three files, to be spoilt."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.register = path / "register.csv"
        self.tips = path / "tips.jsonl"
        self.ads = path / "ads.csv"
        self.out = path / "out"

    def chain(self, *more: str):
        """Run the chain on the files that are there."""
        words = ["--register", self.register, "--tips", self.tips, "--ads", self.ads]
        return run("chain", *map(str, words), "--out", str(self.out), *more)

    def rejected(self) -> list[dict[str, str]]:
        """Return the rows that were not taken."""
        return read(self.out / "rejected.csv")

    def places(self) -> list[dict[str, str]]:
        """Return the ranked places."""
        return read(self.out / "places.csv")


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def run(*words: str, stdin: bytes | None = None):
    """Run the program in this process; an error that is no exit is raised."""
    result = CliRunner().invoke(program, words, input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write_register(file: Path, *, has_points: bool = True) -> None:
    rows = [
        (f"a-{street}-{n}", street, n, "", "990 01", "Havsby", "Havsby", "Norra hamnen",
         57 + n / 1000 if has_points else "", 11.4 + s / 100 if has_points else "")
        for s, street in enumerate(STREETS) for n in range(1, 21)
    ]  # fmt: skip
    write_csv(file, HEADER, rows)


def write_csv(file: Path, header, rows) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


def tip(number: int = 1, **values: object) -> dict[str, object]:
    """Return a tip as a row of the file."""
    return {
        "id": f"t-{number}",
        "received_at": f"2020-09-{number % 28 + 1:02}T18:00:00+02:00",
        "channel": "phone",
        "text": f"Många okända besökare varje kväll på Tångvägen 3, nu {number} kvällar i rad.",
        "signs": ["F01", "T01"],
        "place_text": "Tångvägen 3, Havsby",
        "informant": f"i-{number}",
        **values,
    }


def ad(number: int = 1, **values: str) -> tuple[str, ...]:
    """Return an ad as a row of the file."""
    row = {
        "ad_id": f"ad-{number}",
        "seen_at": f"2020-09-{number % 28 + 1:02}T12:00:00+02:00",
        "source": "sida-a.example",
        "phone": "070-174 06 05",
        "place_text": "Tångvägen 3, Havsby",
        "text": f"Blå dörren, ring innan. Två tider kvar i kväll, våning {number}.",
        **values,
    }
    return tuple(row[name] for name in ADS_HEADER)


def write_tips(file: Path, rows) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


@pytest.fixture
def files(tmp_path):
    """The three files, good: two tips and three ads on one place, one tip on another."""
    folder = Folder(tmp_path)
    write_register(folder.register)
    write_tips(folder.tips, [tip(1), tip(2), tip(3, place_text="Hamngatan 5, Havsby")])
    write_csv(folder.ads, ADS_HEADER, [ad(1), ad(2), ad(3)])
    return folder


@pytest.fixture(autouse=True)
def same_site(monkeypatch):
    """Commands may name another site in the environment: put it back afterwards."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "nosvidere.sites.every")
    monkeypatch.delenv("NOSVIDERE_SITE", raising=False)


def entries():
    """Yield (words, entry) of each command of the table, groups opened."""
    from nosvidere.sites import cli

    for name, entry in main_entries.items():
        yield (name,), entry
        group = getattr(cli, name, None)
        for inner, held in getattr(group, "entries", {}).items():
            yield (name, inner), held
