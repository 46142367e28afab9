"""The chain on files, good and bad: nothing crashes, nothing vanishes, nothing is half-written."""

import json
import resource
from pathlib import Path

import pytest
from tests.sites.conftest import (
    ADS_HEADER,
    HEADER,
    ad,
    run,
    tip,
    write_csv,
    write_register,
    write_tips,
)

from nosvidere.engine.places import UnusableFile
from nosvidere.sites.chain.gather import at_most

RESULTS = {"mentions.jsonl", "groups.csv", "places.csv", "plan.json", "picture.html", "report.pdf", "rejected.csv"}  # fmt: skip


def lines(file, *more: bytes) -> None:
    file.write_bytes(file.read_bytes() + b"".join(more))


def test_good_files_give_every_result(files):
    done = files.chain()

    assert done.exit_code == 0, done.output
    assert {file.name for file in files.out.iterdir()} == RESULTS
    first, second = files.places()
    assert (first["address"], first["eligible"], first["rank"]) == ("Tångvägen 3", "yes", "1")
    assert (second["address"], second["eligible"]) == ("Hamngatan 5", "no")
    assert files.rejected() == []
    assert (files.out / "report.pdf").read_bytes().startswith(b"%PDF")


def test_the_eligible_place_is_in_the_plan_and_in_the_picture(files):
    files.chain()

    plan = json.loads((files.out / "plan.json").read_text("utf-8"))
    assert [stop["visit_id"] for stop in plan["stops"]] == ["a-Tångvägen-3"]
    assert plan["faults"] == []
    page = (files.out / "picture.html").read_text("utf-8")
    assert "Tångvägen 3" in page
    assert "<script" not in page


def test_the_same_files_give_the_same_places(files):
    files.chain()
    first = files.places()

    files.chain()

    assert files.places() == first


def test_what_else_lies_in_the_folder_is_left_alone(files):
    files.out.mkdir()
    (files.out / "mitt.txt").write_text("mitt")
    (files.out / "places.csv").write_text("gammalt")

    files.chain()

    assert {file.name for file in files.out.iterdir()} == RESULTS | {"mitt.txt"}
    assert files.places()[0]["rank"] == "1"


@pytest.mark.parametrize(
    ("spoilt", "content", "reason"),
    [
        ("register", b"", "tom"),
        ("tips", b"", "tom"),
        ("ads", b"", "tom"),
        ("register", b"gata;nummer\nTangvagen;3\n", "saknas"),
        ("ads", b"rubrik,datum\nx,y\n", "kolumner saknas"),
        ("register", ",".join(HEADER).encode() + "\n1,Tångvägen,3\n".encode("latin-1"), "Latin-1"),
        ("tips", '{"id": "1", "text": "på gården"}\n'.encode("latin-1"), "Latin-1"),
        ("register", ",".join(HEADER).encode() + b"\na1,Tangvagen,3,,990 01,Ha", "avklippt"),
        ("ads", "å".encode("utf-16"), "UTF-16"),
    ],
)
def test_an_unusable_file_is_told_and_nothing_is_written(files, spoilt, content, reason):
    file = getattr(files, spoilt)
    file.write_bytes(content)

    done = files.chain()

    assert done.exit_code == 2
    assert file.name in done.stderr
    assert reason in done.stderr
    assert sorted(path.name for path in files.path.iterdir()) == ["ads.csv", "register.csv", "tips.jsonl"]  # fmt: skip


@pytest.mark.parametrize("missing", ["register", "tips", "ads"])
def test_a_missing_file_is_told_with_its_name(files, missing):
    getattr(files, missing).unlink()

    done = files.chain()

    assert done.exit_code == 2
    assert "finns inte" in done.stderr
    assert not files.out.exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (tip(1), "finns redan"),
        (tip(9, received_at="2999-01-01T00:00:00+00:00"), "framåt i tiden"),
        (tip(9, text="med \x07 i"), "styrtecken"),
        (tip(9, signs=["Z99"]), "Z99"),
        (tip(9, received_at="i går"), "ingen tid"),
    ],
)
def test_a_bad_tip_is_listed_with_line_and_reason_and_the_rest_goes_on(files, row, reason):
    lines(files.tips, json.dumps(row).encode() + b"\n")

    done = files.chain()

    assert done.exit_code == 1
    (refused,) = files.rejected()
    assert (refused["file"], refused["line"]) == ("tips.jsonl", "4")
    assert reason in refused["reason"]
    assert "tips.jsonl, rad 4: " in done.stderr
    assert len(files.places()) == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ad(1), "finns redan"),
        (ad(9, seen_at="2999-01-01"), "framtiden"),
        (ad(9, text="med \x07 i"), "styrtecken"),
        (ad(9, seen_at="i går"), "inte ett datum"),
        (("ad-9", "2020-09-09"), "avhuggen"),
    ],
)
def test_a_bad_ad_is_listed_with_line_and_reason(files, row, reason):
    write_csv(files.ads, ADS_HEADER, [ad(1), ad(2), ad(3), row])

    done = files.chain()

    assert done.exit_code == 1
    (refused,) = files.rejected()
    assert (refused["file"], refused["line"]) == ("ads.csv", "5")
    assert reason in refused["reason"]


def test_bad_rows_of_the_register_are_listed(files):
    lines(files.register, "a-Tångvägen-1,Tångvägen,1,,,,,,,\nb1,Tångvägen,x,,,,,,,\n".encode())

    done = files.chain()

    assert done.exit_code == 1
    assert [row["line"] for row in files.rejected()] == ["102", "103"]


def test_only_the_first_bad_rows_are_told_and_all_are_in_the_file(files):
    lines(files.tips, b"trasig\n" * 25)

    done = files.chain()

    assert done.stderr.count("tips.jsonl, rad") == 10
    assert "Rader som inte togs: 25" in done.stderr
    assert len(files.rejected()) == 25


@pytest.mark.parametrize("given", ["--tips", "--ads"])
def test_tips_or_ads_alone_are_enough(files, given):
    file = files.tips if given == "--tips" else files.ads

    done = run("chain", "--register", str(files.register), given, str(file), "--out", str(files.out))  # fmt: skip

    assert done.exit_code == 0, done.output
    assert "Tångvägen 3" in {place["address"] for place in files.places()}


def test_neither_tips_nor_ads_is_a_question_back(files):
    done = run("chain", "--register", str(files.register), "--out", str(files.out))

    assert done.exit_code == 2
    assert "--tips, --ads eller båda" in done.stderr


def test_an_ad_file_without_ads_is_no_error(files):
    write_csv(files.ads, ADS_HEADER, [])

    done = files.chain()

    assert done.exit_code == 0
    assert (files.out / "groups.csv").read_text() == "ad_id,text_group,organiser_group\n"


def test_nothing_resolvable_is_told_and_everything_is_written(files):
    write_tips(files.tips, [tip(1, text="Det luktar konstigt.", place_text="")])
    write_csv(files.ads, ADS_HEADER, [ad(1, place_text="någonstans")])

    done = files.chain()

    assert done.exit_code == 0
    assert "Ingen uppgift pekar säkert" in done.stdout
    assert files.places() == []
    assert {file.name for file in files.out.iterdir()} == RESULTS


def test_only_bad_rows_are_weighed_on_today_and_told(files):
    files.tips.write_bytes(b"trasig\n")
    write_csv(files.ads, ADS_HEADER, [])

    done = files.chain()

    assert done.exit_code == 1
    assert done.stdout.startswith("0 tips och 0 annonser gav 0 platser")


def test_ads_without_a_date_are_linked_but_not_weighed(files):
    write_csv(files.ads, ADS_HEADER, [ad(n, seen_at="") for n in (1, 2, 3)])

    done = files.chain()

    assert done.exit_code == 0
    assert "3 annonser saknar datum och vägs inte" in done.stdout
    assert "A" not in files.places()[0]["families"]
    assert len((files.out / "groups.csv").read_text().splitlines()) == 4


def test_half_a_sign_in_a_tip_does_not_stop_the_run(files):
    row = json.dumps(tip(7, text="halv \ud83d på Tångvägen 3", place_text="Tångvägen 3 \ud83d"))
    files.tips.write_text(row + "\n", "utf-8")

    done = files.chain()

    assert done.exit_code == 0
    (mention,) = map(json.loads, (files.out / "mentions.jsonl").read_text("utf-8").splitlines())
    assert mention["id"] == "t-7"


def test_a_register_without_points_resolves_but_is_not_mappable(files):
    write_register(files.register, has_points=False)

    done = files.chain()

    assert done.exit_code == 0
    assert "2 platser saknar punkt" in done.stdout
    assert [place["mappable"] for place in files.places()] == ["no", "no"]
    plan = json.loads((files.out / "plan.json").read_text("utf-8"))
    assert (plan["stops"], plan["not_mappable"]) == ([], ["a-Tångvägen-3"])
    assert "saknar punkt" in (files.out / "picture.html").read_text("utf-8")


def test_out_that_is_a_file_is_told_before_anything_is_read(files):
    files.out.write_text("min fil")
    files.register.unlink()

    done = files.chain()

    assert done.exit_code == 2
    assert "ligger en fil där en mapp behövs" in done.stderr
    assert files.out.read_text() == "min fil"


def test_a_folder_where_nothing_can_be_written_is_told(files):
    files.out = Path("/proc/nosvidere/ut")

    done = files.chain()

    assert done.exit_code == 2
    assert "Gör så här:" in done.stderr


def test_a_disk_that_takes_no_more_leaves_nothing_half(files):
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
    try:
        done = files.chain()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

    assert done.exit_code == 2
    assert "Inget är halvskrivet" in done.stderr
    assert not files.out.exists()
    assert len(list(files.path.iterdir())) == 3


def test_more_than_one_run_holds_is_refused_with_what_to_do():
    rows = at_most(range(4), 3, file=Path("tips.jsonl"), what="tips", remedy="dela filen")

    with pytest.raises(UnusableFile, match=r"tips\.jsonl: filen har fler än 3 tips.*dela filen"):
        list(rows)
