"""What the chain makes of its files: the ranking, the drawing of a weight, the report and the picture."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import fmean

import pytest
from tests.sites.conftest import ADS_HEADER, ad, tip, write_csv, write_tips

from nosvidere.engine.signs import Evidence, Weighing, weigh
from nosvidere.engine.town import make_season, make_town, score_ranking, write_town
from nosvidere.kernel.time import today
from nosvidere.sites.chain import (
    Files,
    Results,
    gather,
    lay_plan,
    not_mappable,
    rank_places,
    refusals_in,
)
from nosvidere.sites.chain.lengths import families, length_of, longest, percent
from nosvidere.sites.chain.page import counted
from nosvidere.sites.chain.report import content_of

MEGABYTE = 1024  # ru_maxrss counts kilobytes


def results_of(files) -> Results:
    """Return what the chain finds in the files, as the command has it."""
    with refusals_in(files.path / "rows.csv") as refused:
        gathered = gather(
            Files(files.register, files.tips, files.ads),
            home_municipality="Havsby",
            key=bytes(32),
            today=today(),
            refused=refused,
        )
    on = gathered.last_day(default=today())
    ranked = rank_places(gathered, on=on)
    laid = lay_plan(ranked, shifts=1, teams=3, seed=1)
    return Results(on, gathered, ranked, laid, not_mappable(ranked))


def weighed(*signs: str) -> Weighing:
    """Return the weighing of signs, each from an informant of its own."""
    evidence = [
        Evidence(id=f"e{n}", sign=sign, observed_on=today(), informant=f"i{n}", source_item=f"s{n}", info_grade="1", source_grade="A")
        for n, sign in enumerate(signs)
    ]  # fmt: skip
    return weigh(evidence, on=today())


def test_the_parts_of_a_length_add_up_to_the_weight():
    weighing = weighed("F01", "F03", "T01", "P01")

    length = length_of(weighing, whole=10)

    assert sum(part.width for part in length.parts) == pytest.approx(weighing.weight / 10)
    assert [part.letter for part in length.parts] == ["F", "T", "P"]
    assert [part.at for part in length.parts[1:]] == pytest.approx(
        [length.parts[0].width, length.parts[0].width + length.parts[1].width]
    )
    assert length.pulled is None


def test_what_speaks_against_is_drawn_hollow_from_the_end():
    weighing = weighed("F01", "F03", "T01", "T02", "P01", "A01", "V02")

    length = length_of(weighing, whole=10)

    assert length.pulled is not None
    assert length.pulled.at == pytest.approx(weighing.weight / 10)
    assert "som talar emot" in length.says


def test_a_block_takes_all_of_the_length_back():
    length = length_of(weighed("F01", "T01", "V03"), whole=10)

    assert length.pulled is not None
    assert length.pulled.at == pytest.approx(0)


def test_nothing_for_is_an_empty_length():
    length = length_of(weighed("V02"), whole=1)

    assert (length.parts, length.pulled) == ((), None)
    assert length.says.startswith("inget talar för − ")


def test_a_drawing_of_no_places_has_a_scale_and_its_families():
    assert longest([]) == 1
    assert ("F", "rörelser") in families()
    assert percent(0.5) == "50.00%"


def test_a_narrow_part_carries_no_letter():
    narrow, wide = (length_of(weighed("P01"), whole=whole).parts[0] for whole in (100, 2))

    assert (narrow.has_room, wide.has_room) == (False, True)
    assert (wide.x, wide.wide, wide.middle) == ("0.00%", percent(wide.width), percent(wide.width / 2))  # fmt: skip


def test_sentences_that_come_again_are_counted():
    assert counted(["a", "b", "a"]) == ["2 gånger: a", "b"]


def test_a_place_that_is_explained_is_blocked_and_never_first(files):
    explained = tip(9, channel="patrol", signs=["V03"], place_text="Tångvägen 3, Havsby")
    write_tips(files.tips, [tip(1), tip(2), explained, tip(3, place_text="Hamngatan 5, Havsby")])

    files.chain()

    first, last = files.places()
    assert (first["address"], last["address"]) == ("Hamngatan 5", "Tångvägen 3")
    assert (last["eligible"], float(last["weight"])) == ("no", 0)
    assert last["counter-evidence"]
    assert "talar emot" in (files.out / "picture.html").read_text("utf-8")


def test_a_place_known_from_a_patrol_alone_is_an_own_observation(files):
    write_tips(files.tips, [tip(1, channel="patrol", signs=["V01", "F01"])])
    write_csv(files.ads, ADS_HEADER, [])

    files.chain()

    assert "egen iakttagelse" in (files.out / "picture.html").read_text("utf-8")


def test_ads_of_one_hand_in_two_towns_say_that_it_moves(files):
    register = files.register.read_text("utf-8")
    files.register.write_text(
        register + "b-1,Ankargatan,1,,990 02,Sjöby,Sjöby,,57.5,11.5\n", "utf-8"
    )
    same = {"text": "Blå dörren, ring innan och vänta vid porten till höger om cykelstället."}
    rows = [ad(1, **same), ad(2, **same), ad(3, place_text="Ankargatan 1, Sjöby", **same)]
    write_csv(files.ads, ADS_HEADER, rows)

    files.chain()

    reasons = {place["address"]: place["reasons"] for place in files.places()}
    assert "flyttar mellan orter" in reasons["Tångvägen 3"]


def test_what_does_not_fit_the_shifts_is_told_in_every_result(files):
    places = [f"{street} {n}, Havsby" for street in ("Tångvägen", "Hamngatan", "Åsgränd") for n in range(1, 5)]  # fmt: skip
    write_tips(
        files.tips,
        [
            tip(n, place_text=place, text="", informant=f"i-{n}")
            for n, place in enumerate(places * 2)
        ],
    )
    write_csv(files.ads, ADS_HEADER, [ad(n, place_text=place) for n, place in enumerate(places)])

    done = files.chain("--shifts", "1", "--teams", "1")

    plan = json.loads((files.out / "plan.json").read_text("utf-8"))
    assert plan["unserved"]
    assert f"{len(plan['unserved'])} besök ryms inte" in done.stdout
    assert "ryms inte i passen" in (files.out / "picture.html").read_text("utf-8")


@pytest.mark.slow
def test_the_first_thirty_places_beat_the_simple_rankings(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "benchmarks"))
    bench = importlib.import_module("chain")
    margins = []
    for seed in (1, 2):
        measured = bench.run_seed(seed, 30)
        margins.append(measured.margin)
        assert not measured.first_is_blocked
        assert measured.seconds < bench.BAR_SECONDS

    assert min(margins) > 0
    assert fmean(margins) >= 0.10  # 0.10 to 0.20 over five seeds; see the benchmark


@pytest.mark.slow
def test_places_with_confirmed_explanations_fall_from_the_first_of_the_town(tmp_path):
    town = make_town(1, addresses=3_000)
    season = make_season(town, 1, tips=150, ads=500)
    write_town(town, season, tmp_path)
    with refusals_in(tmp_path / "rejected.csv") as refused:
        gathered = gather(
            Files(tmp_path / "register.csv", tmp_path / "tips.jsonl", tmp_path / "ads.csv"),
            home_municipality=town.name,
            key=bytes(32),
            today=today(),
            refused=refused,
        )

    ranked = rank_places(gathered, on=gathered.last_day(default=today()))

    assert ranked[0].weighing.blocked_until is None
    assert score_ranking([p.address.id for p in ranked], season.truth).precision > 0.5
    assert not lay_plan(ranked, shifts=4, teams=6, seed=1).faults


def peak_of(folder: Path, *words: str) -> tuple[int, int]:
    """Return the exit status and the largest memory of a run of the chain in a process of its own, in megabytes."""
    script = (
        "import resource, sys\n"
        "from nosvidere.sites.cli import program\n"
        "try: program(sys.argv[1:])\n"
        "except SystemExit as ended: status = ended.code\n"
        "print('status', status, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "chain", *words, "--out", str(folder / "out")],
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    _, status, peak = done.stdout.splitlines()[-1].split()
    return int(status), int(peak) // MEGABYTE


@pytest.mark.slow
@pytest.mark.parametrize("which", ["tips", "ads", "register"])
def test_a_huge_file_of_bad_rows_costs_no_memory(files, which):
    words = ["--register", str(files.register), "--tips", str(files.tips), "--ads", str(files.ads)]
    _, small = peak_of(files.path, *words)
    bad = {
        "tips": b'{"id": "' + b"x" * 600 + b"\n",
        "ads": b"ad-1,2999-01-01,a,,," + b"x" * 600 + b"\n",
        "register": b"b1,Storgatan,x,,,,,,," + b"x" * 600 + b"\n",
    }[which]
    with getattr(files, which).open("ab") as stream:
        for _ in range(100):
            stream.write(bad * 1_000)

    status, large = peak_of(files.path, *words)

    assert getattr(files, which).stat().st_size > 60_000_000
    assert status == 1
    assert large - small < 40
    with (files.out / "rejected.csv").open("rb") as rows:
        assert sum(1 for _ in rows) == 100_001


def test_the_report_says_each_place_its_reasons_and_its_evening(files):
    results = results_of(files)

    content = content_of(results)

    first, second = content["ranked"]
    assert (first["address"], second["against"]) == ("Tångvägen 3", ["Inget känt."])
    assert sum(width for _, width, _ in first["parts"]) == pytest.approx(1)
    (evening,) = content["evenings"]
    assert evening["number"] == 1
    stops = [stop["address"] for team in evening["teams"] for stop in team["stops"]]
    assert stops == ["Tångvägen 3, Norra hamnen, Havsby"]
