"""One engine each from the shell: files in, files out."""

import json
import sys

import pytest
from tests.sites.conftest import ADS_HEADER, ad, run, write_csv, write_register

from nosvidere.engine import places
from nosvidere.kernel.time import today

TABLE = """a,b,c,count
1,0,0,120
0,1,0,90
0,0,1,70
1,1,0,30
1,0,1,25
0,1,1,20
1,1,1,8
"""
THIN = "a,b,c,count\n1,0,0,12\n0,1,0,9\n0,0,1,7\n1,1,0,1\n"
COUNTS = """area,role,before,after,before_hours,after_hours
Norra hamnen,treated,20,10,100,120
Västra,control,20,20,,
Kanten,displacement,30,20,50,50
Östra,displacement_control,30,30,50,50
"""
VISITS = {
    "visits": [
        {"id": "b1", "lat": 57.01, "lon": 11.02, "priority": 3.2, "service_minutes": 25},
        {"id": "b2", "lat": 57.02, "lon": 11.03, "priority": 1.0, "service_minutes": 25},
        {"id": "b3", "lat": 57.02, "lon": 11.04, "priority": 0.5, "service_minutes": 25, "needs": ["interpreter"]},
    ],
    "team_shifts": [
        {"id": "p1", "team": "A", "evening": 0, "front": "buyers", "start_minute": 0, "end_minute": 300, "depot": [57.0, 11.0]}
    ],
    "seed": 7,
}  # fmt: skip


@pytest.fixture
def register(tmp_path):
    file = tmp_path / "register.csv"
    write_register(file)
    return file


def asked(*texts: object) -> bytes:
    return "".join(
        json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)
    ).encode()


def answers(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_texts_are_resolved_line_by_line(register):
    done = run("resolve", "--register", str(register), stdin=asked("på Lärkvägen 7", "inget här"))

    first, second = answers(done)
    assert done.exit_code == 0
    assert [m["address_id"] for m in first["mentions"]] == ["a-Lärkvägen-7"]
    assert second == {"id": 1, "mentions": []}


def test_a_saved_index_answers_as_its_register(register, tmp_path):
    index = tmp_path / "register.index"
    rows = places.read_register(register, today=today(), rejected=pytest.fail)
    places.Index.build(rows).save(index)
    asks = asked("Lärkvägen 7", "Åsgränd 2")

    from_index = run("resolve", "--index", str(index), stdin=asks)

    assert from_index.exit_code == 0
    assert answers(from_index) == answers(run("resolve", "--register", str(register), stdin=asks))


def test_a_register_without_points_resolves_as_well(tmp_path):
    file = tmp_path / "register.csv"
    write_register(file, has_points=False)

    done = run("resolve", "--register", str(file), stdin=asked("Lärkvägen 7"))

    assert answers(done)[0]["mentions"][0]["address_id"] == "a-Lärkvägen-7"


@pytest.mark.parametrize(
    "line",
    [
        b"inget json\n",
        b"[1, 2]\n",
        b'{"id": 1}\n',
        "{'å'}\n".encode("latin-1"),
        b"[" * 50_000 + b"\n",
    ],
)
def test_a_line_that_is_no_text_is_told_and_the_rest_goes_on(register, line):
    done = run("resolve", "--register", str(register), stdin=line + b"\n" + asked("Lärkvägen 7"))

    assert done.exit_code == 1
    assert "standard in, rad 1: " in done.stderr
    assert len(answers(done)) == 1


def test_half_a_sign_comes_back_as_it_came(register):
    done = run("resolve", "--register", str(register), stdin=b'{"id": "\\ud83d", "text": "x"}\n')

    assert answers(done) == [{"id": "\ud83d", "mentions": []}]


def test_bad_rows_of_the_register_are_told(register):
    register.write_bytes(register.read_bytes() + b"b1,Storgatan,x,,,,,,,\n")

    done = run("resolve", "--register", str(register), stdin=b"")

    assert done.exit_code == 1
    assert "register.csv, rad 102: " in done.stderr


@pytest.mark.parametrize("words", [(), ("--register", "a", "--index", "b")])
def test_either_a_register_or_an_index_is_given(words):
    done = run("resolve", *words)

    assert done.exit_code == 2
    assert "antingen --register eller --index" in done.stderr


def test_an_index_that_is_none_is_unusable(register):
    done = run("resolve", "--index", str(register))

    assert done.exit_code == 2
    assert "inget adressindex" in done.stderr


def test_ads_are_linked_from_a_file_to_a_file(tmp_path):
    ads, out, rejected = tmp_path / "ads.csv", tmp_path / "groups.csv", tmp_path / "rejected.csv"
    write_csv(ads, ADS_HEADER, [ad(1), ad(2), ad(2)])

    done = run("link", str(ads), "--out", str(out), "--rejected", str(rejected))

    assert done.exit_code == 1
    assert "2 annonser" in done.stdout
    assert len(out.read_text().splitlines()) == 3
    assert "finns redan" in rejected.read_text("utf-8")


@pytest.mark.parametrize(
    ("key", "status", "told"),
    [(b"k" * 32, 0, ""), (b"kort", 2, "kortare än 32"), (None, 2, "finns inte")],
)
def test_a_key_file_must_hold_a_key(tmp_path, key, status, told):
    ads, file = tmp_path / "ads.csv", tmp_path / "nyckel"
    write_csv(ads, ADS_HEADER, [ad(1)])
    if key is not None:
        file.write_bytes(key)

    done = run("link", str(ads), "--out", str(tmp_path / "g.csv"), "--key-file", str(file))

    assert done.exit_code == status
    assert told in done.stderr


def test_linking_on_spark_says_what_to_install_where_it_is_missing(tmp_path, monkeypatch):
    ads, out = tmp_path / "ads.csv", tmp_path / "g.csv"
    write_csv(ads, ADS_HEADER, [ad(1)])
    monkeypatch.setitem(sys.modules, "pyspark", None)

    done = run("link", str(ads), "--out", str(out), "--engine", "spark")

    assert done.exit_code == 2
    assert "requirements/spark.lock" in done.stderr
    assert not out.exists()


def test_a_setting_for_spark_is_a_name_and_a_value(tmp_path):
    words = ("--engine", "spark", "--spark-setting", "spark.executor.memory")

    done = run("link", str(tmp_path / "ads.csv"), "--out", str(tmp_path / "g.csv"), *words)

    assert done.exit_code == 2
    assert "namn=värde" in done.stderr


def test_a_large_file_is_hashed_by_all_the_machines_processors(tmp_path, monkeypatch):
    ads, out = tmp_path / "ads.csv", tmp_path / "g.csv"
    write_csv(ads, ADS_HEADER, [ad(1), ad(2)])
    monkeypatch.setattr("nosvidere.sites.commands.link.WORTH_SHARING", 10)

    done = run("link", str(ads), "--out", str(out))

    assert done.exit_code == 0
    assert len(out.read_text().splitlines()) == 3


@pytest.mark.spark
def test_linking_on_spark_gives_the_groups_of_duckdb(tmp_path):
    pytest.importorskip("pyspark", reason="Spark prövas inte: tillvalet spark saknas")
    ads, key = tmp_path / "ads.csv", tmp_path / "key"
    write_csv(ads, ADS_HEADER, [ad(n) for n in range(5)])
    key.write_bytes(b"k" * 32)

    for engine in ("duckdb", "spark"):
        words = ("--engine", engine, "--spark-setting", "spark.sql.shuffle.partitions=2")
        run("link", str(ads), "--out", str(tmp_path / engine), "--key-file", str(key), *words)

    assert (tmp_path / "duckdb").read_bytes() == (tmp_path / "spark").read_bytes()


def test_visits_are_planned_and_what_is_left_out_is_told(tmp_path):
    asks, out = tmp_path / "visits.json", tmp_path / "plan.json"
    asks.write_text(json.dumps(VISITS))

    done = run("plan", str(asks), "--out", str(out))

    plan = json.loads(out.read_text("utf-8"))
    assert done.exit_code == 0
    assert [stop["visit_id"] for stop in plan["team_shifts"][0]["stops"]] == ["b1", "b2"]
    assert (plan["seed"], plan["faults"]) == (7, [])
    assert "Ryms inte: b3." in done.stdout


def test_a_limit_leaves_visits_out_by_choice(tmp_path):
    asks, out = tmp_path / "visits.json", tmp_path / "plan.json"
    asks.write_text(json.dumps({**VISITS, "limit": 2}))

    done = run("plan", str(asks), "--out", str(out))

    assert "1 besök valdes bort" in done.stdout


@pytest.mark.parametrize("content", ["{", '{"visits": []}', "[]"])
def test_visits_that_cannot_be_read_leave_no_plan(tmp_path, content):
    asks, out = tmp_path / "visits.json", tmp_path / "plan.json"
    asks.write_text(content)

    done = run("plan", str(asks), "--out", str(out))

    assert done.exit_code == 2
    assert "visits.json" in done.stderr
    assert list(tmp_path.iterdir()) == [asks]


def estimate(folder, content: str, *more: str):
    table = folder / "table.csv"
    table.write_text(content)
    return run("estimate", str(table), "--replicates", "50", "--seed", "3", *more)


def test_the_verdict_comes_first_and_the_answer_is_written(tmp_path):
    told, page = tmp_path / "answer.json", tmp_path / "answer.html"

    done = estimate(tmp_path, TABLE, "--json", str(told), "--html", str(page))

    assert done.exit_code == 0
    assert done.stdout.startswith("Underlaget bär en skattning")
    assert json.loads(told.read_text("utf-8"))["seed"] == 3
    shown = page.read_text("utf-8")
    assert (
        shown.index("Underlaget bär") < shown.index("Vad metoderna säger") < shown.index("stegvis")
    )
    assert "Sanningen är troligen högre" in shown


def test_a_table_that_carries_no_estimate_ends_with_three(tmp_path):
    page = tmp_path / "answer.html"

    done = estimate(tmp_path, THIN, "--html", str(page))

    assert done.exit_code == 3
    assert done.stdout.startswith("Underlaget bär ingen skattning")
    assert "de ska inte användas" in page.read_text("utf-8")


def test_two_lists_give_a_page_without_changes(tmp_path):
    page = tmp_path / "answer.html"

    done = estimate(tmp_path, "a,b,count\n1,0,20\n0,1,20\n1,1,9\n", "--html", str(page))

    assert done.exit_code == 3
    assert "Vad listorna har sett" in page.read_text("utf-8")


def test_lists_that_never_meet_give_no_band(tmp_path):
    page = tmp_path / "answer.html"

    done = estimate(tmp_path, "a,b,c,count\n1,0,0,9\n0,1,0,9\n0,0,1,9\n", "--html", str(page))

    assert done.exit_code == 3
    assert "Ingen metod ger ett intervall" in page.read_text("utf-8")
    assert "Ingen skattning." in page.read_text("utf-8")


def test_one_method_alone_and_the_seed_that_r_takes(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(TABLE)

    done = run("estimate", str(table), "--method", "independence", "--replicates", "20")

    assert "oberoende" in done.stdout
    assert "stegvis  " not in done.stdout
    assert "Frö 1234 " in done.stdout


def test_a_table_that_cannot_be_read_is_unusable(tmp_path):
    done = estimate(tmp_path, "a,b\n1,0\n")

    assert done.exit_code == 2
    assert "table.csv" in done.stderr


def test_an_answer_that_cannot_be_written_is_told(tmp_path):
    done = estimate(tmp_path, TABLE, "--json", str(tmp_path))

    assert done.exit_code == 2
    assert "det är en mapp, inte en fil" in done.stderr


def effect(folder, content: str, *more: str):
    counts = folder / "counts.csv"
    counts.write_text(content, "utf-8")
    return run("effect", str(counts), *more)


def test_what_could_be_seen_comes_before_what_was_seen(tmp_path):
    told = tmp_path / "effect.json"

    done = effect(tmp_path, COUNTS, "--json", str(told))

    assert done.exit_code == 0
    least, change = done.stdout.splitlines()[:2]
    assert least.startswith("Med så här många fall syns bara en ändring på 33,4")
    assert "−20,0 fall (−42,1 till 2,1, 90 %)" in change
    assert "går över noll" in done.stdout
    assert json.loads(told.read_text("utf-8"))["rows"] == 4


def test_without_a_control_no_difference_is_told(tmp_path):
    done = effect(tmp_path, "area,role,before,after\nNorra,treated,9,3\n")

    assert done.stdout.startswith("Skillnaden kan inte räknas")


def test_a_clear_fall_is_told_without_the_area_next_door(tmp_path):
    rows = "area,role,before,after\nNorra,treated,900,100\nVästra,control,50,50\n"

    done = effect(tmp_path, rows)

    assert "Intervallet går inte över noll." in done.stdout
    assert "Ändring i insatsområdet jämfört" in done.stdout


def test_a_bad_row_of_counts_is_told(tmp_path):
    done = effect(tmp_path, COUNTS + "Ny,okänd,1,2,,\n")

    assert done.exit_code == 1
    assert "counts.csv, rad 6: okänd roll" in done.stderr


def test_counts_that_cannot_be_read_are_unusable(tmp_path):
    assert effect(tmp_path, "a,b\n1,2\n").exit_code == 2


@pytest.mark.slow
def test_the_town_is_written_with_its_truth_beside(tmp_path):
    out = tmp_path / "stad"
    out.mkdir()  # there already: its files take their places in it

    done = run("town", "--seed", "3", "--out", str(out))

    assert done.exit_code == 0
    assert done.stdout.endswith(f"i {out}.\n")
    assert (out / "register.csv").exists()
    assert json.loads((out / "truth" / "active.json").read_text())
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_a_text_beyond_the_limit_is_answered_and_what_was_not_read_is_told(register):
    text = "Lärkvägen 7. " + "x " * places.LONGEST_TEXT

    done = run("resolve", "--register", str(register), stdin=asked(text))

    (answer,) = answers(done)
    assert done.exit_code == 1
    assert answer["unread"] == len(text) - places.LONGEST_TEXT
    assert len(answer["mentions"]) == 1
    assert "sista är inte lästa" in done.stderr
