"""A register file into the database."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.register.conftest import TOWN

from nosvidere.audit.models import AuditEvent
from nosvidere.engine.places import Address, Rejected, UnusableFile
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register import queries, turn
from nosvidere.register.actions import (
    dwelling_at,
    import_and_index,
    import_register,
    importing,
    keep_index,
    staging,
)
from nosvidere.register.actions.importing import sweep
from nosvidere.register.models import ImportRun, Place, StagedChange
from nosvidere.register.tally import KEPT_ROWS, Tally, metres_between
from nosvidere.rules.access import SYSTEM

pytestmark = pytest.mark.django_db


def test_a_first_import_adds_all(register_file, administrator, at):
    run = import_register(file=register_file(), by=administrator, at=at)

    assert (run.added, run.changed, run.unchanged, run.vanished, run.rejected) == (4, 0, 0, 0, 0)
    assert run.without_point == 1
    assert Place.objects.get(external_id="h-1").cell
    assert AuditEvent.objects.get(act="register.import").fields["added"] == 4


def test_the_same_file_again_changes_nothing(register_file, administrator, at):
    import_register(file=register_file(), by=administrator, at=at)

    run = import_register(file=register_file(), by=administrator, at=at)

    assert (run.added, run.changed, run.unchanged, run.vanished) == (0, 0, 4, 0)


def test_what_changed_is_changed_and_what_moved_is_told(register_file, administrator, at):
    import_register(file=register_file(), by=administrator, at=at)
    moved = "h-1,Tångvägen,1,,99001,Havsby,Havsby,Södra hamnen,57.0101,11.4001"
    gained = "h-4,Sjöstjärnegatan,2,,99002,Havsby,Havsby,Norra hamnen,57.0009,11.4009"

    run = import_register(
        file=register_file(moved, TOWN[1], TOWN[2], gained), by=administrator, at=at
    )

    assert (run.changed, run.unchanged) == (2, 2)
    place = Place.objects.get(external_id="h-1").pk
    assert [move[1:] for move in run.report["furthest"]] == [[place, "Tångvägen 1, Havsby"]]
    assert run.report["moves"] == [0, 0, 0, 0, 0, 1]
    assert run.report["moved_in_all"] == 1
    assert Place.objects.get(external_id="h-1").district == "Södra hamnen"
    assert Place.objects.get(external_id="h-4").is_mappable


def test_what_vanished_stays_as_history_with_its_dwellings(
    register_file, administrator, analyst, at
):
    import_register(file=register_file(), by=administrator, at=at)
    entrance = Place.objects.get(external_id="h-3")
    dwelling = dwelling_at(entrance=entrance, dwelling_no="1101", by=analyst, at=at)

    run = import_register(file=register_file(TOWN[0], TOWN[1]), by=administrator, at=at)

    assert run.vanished == 2
    assert run.report["streets_gone"] == [["Sjöstjärnegatan", "Havsby"]]
    for place in (entrance, dwelling):
        place.refresh_from_db()
        assert place.valid_until_on == local_date(at)


@pytest.fixture
def written():
    """Return a function that tells which ids of the register were written since it was last asked."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE written (id)")
        for act, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
            cursor.execute(
                f"CREATE TEMP TRIGGER written_{act} AFTER {act} ON main.register_place "
                f"BEGIN INSERT INTO written VALUES ({row}.external_id); END"
            )

        def ask() -> list[str]:
            cursor.execute("SELECT DISTINCT id FROM written ORDER BY id")
            found = [row[0] for row in cursor.fetchall()]
            cursor.execute("DELETE FROM written")
            return found

        yield ask
        for act in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER written_{act}")
        cursor.execute("DROP TABLE written")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the triggers are SQLite's")
def test_only_what_changed_is_written(register_file, administrator, at, written):
    import_register(file=register_file(), by=administrator, at=at)
    assert written() == ["h-1", "h-2", "h-3", "h-4"]

    import_register(file=register_file(), by=administrator, at=at)
    assert written() == []

    renamed = TOWN[1].replace("Tångvägen", "Nya Tångvägen")
    import_register(file=register_file(TOWN[0], renamed, TOWN[2]), by=administrator, at=at)
    assert written() == ["h-2", "h-4"]


def test_a_file_of_one_municipality_leaves_the_others_alone(register_file, administrator, at):
    other = [row.replace("h-", "s-").replace("Havsby,Havsby", "Sjöby,Sjöby") for row in TOWN]
    import_register(file=register_file(), by=administrator, at=at)

    run = import_register(file=register_file(other[0], other[1]), by=administrator, at=at)
    again = import_register(file=register_file(other[0]), by=administrator, at=at)

    assert (run.added, run.vanished) == (2, 0)
    assert again.vanished == 1
    assert Place.objects.filter(valid_until_on__isnull=True).count() == 5


def test_a_row_without_a_municipality_ends_nothing(register_file, administrator, at):
    townless = [row.replace("h-", "n/").replace("Havsby,Havsby", ",") for row in TOWN]
    import_register(file=register_file(*TOWN, *townless), by=administrator, at=at)
    other = "o-1,Måsgränd,1,,99001,,,,57.0,11.4"

    run = import_register(file=register_file(other), by=administrator, at=at)

    assert (run.added, run.vanished) == (1, 0)
    assert Place.objects.filter(valid_until_on__isnull=True).count() == 9


def test_the_report_tells_the_streets_as_they_are_after(register_file, administrator, at):
    ended = "h-7,Ankargatan,1,,99001,Havsby,Havsby,,57.0,11.4"
    first = [*TOWN, "h-6,Skärgränd,1,,99001,Havsby,Havsby,,57.0,11.4", ended]
    import_register(file=register_file(*first), by=administrator, at=at)
    import_register(file=register_file(*first[:-1]), by=administrator, at=at)
    before = staging.streets()
    renamed = [row.replace("Sjöstjärnegatan", "Nya gatan") for row in TOWN]
    new = "h-8,Måsgränd,1,,99001,Sjöby,Sjöby,,57.0,11.4"

    run = import_register(file=register_file(*renamed, ended, new), by=administrator, at=at)

    after = staging.streets()
    assert (run.added, run.changed, run.vanished) == (1, 3, 1)
    assert run.report["streets_gone"] == [list(street) for street in sorted(before - after)]
    assert run.report["streets_new"] == [list(street) for street in sorted(after - before)]
    assert after - before == {("Ankargatan", "Havsby"), ("Måsgränd", "Sjöby"), ("Nya gatan", "Havsby")}  # fmt: skip


def test_a_report_tells_new_streets_returned_addresses_and_sorts_of_rejections(
    register_file, administrator, at
):
    import_register(file=register_file(*TOWN), by=administrator, at=at)
    import_register(file=register_file(TOWN[0]), by=administrator, at=at)
    new = "h-8,Måsgränd,1,,99001,Havsby,Havsby,,57.0,11.4"

    run = import_register(
        file=register_file(*TOWN, new, TOWN[0], "h-9,,,,,,,,,", "h-10,,,,,,,,,"),
        by=administrator,
        at=at,
    )

    assert run.report["returned"] == 3
    assert run.report["streets_new"] == [["Måsgränd", "Havsby"], ["Sjöstjärnegatan", "Havsby"]]
    assert run.report["rejections"] == {"street": 2, "duplicate": 1}
    assert (run.form, run.attribution) == ("CSV", "")


def test_an_import_that_was_broken_off_is_swept_by_the_next(register_file, administrator, at):
    dead = _broken_off(at)

    run = import_register(file=register_file(), by=administrator, at=at)

    assert list(ImportRun.objects.all()) == [run]
    assert (run.pk != dead.pk, run.added, run.changed) == (True, 3, 1)
    assert not Place.objects.filter(street="Halvgatan").exists()
    assert not StagedChange.objects.exists()


def test_what_an_import_killed_after_its_switch_left_is_swept(
    home, register_file, administrator, at
):
    run = import_and_index(file=register_file(), by=administrator, at=at)
    StagedChange.objects.create(run=run, place=Place.objects.first(), street="Tångvägen")

    swept = sweep(by=SYSTEM, at=at)

    assert (swept, sweep(by=SYSTEM, at=at)) == (1, 0)
    assert not StagedChange.objects.exists()
    assert list(ImportRun.objects.all()) == [run]
    assert AuditEvent.objects.get(act="register.clear").object_id == str(run.pk)


def test_an_import_that_is_given_up_is_in_the_log(home, register_file, administrator, at):
    dead = _broken_off(at).pk

    sweep(by=SYSTEM, at=at)
    with pytest.raises(Refused):
        import_register(file=register_file("h-9,,,,,,,,,"), by=administrator, at=at)

    events = AuditEvent.objects.filter(act="register.give_up").order_by("seq")
    assert [event.actor for event in events] == [SYSTEM.code, administrator.code]
    assert events[0].object_id == str(dead)
    assert {event.at for event in events} == {at}
    assert not ImportRun.objects.exists()


def test_the_changes_go_before_the_addresses(home, at):
    _broken_off(at)

    with CaptureQueriesContext(connection) as asked:
        sweep(by=SYSTEM, at=at)

    deleted = [
        q["sql"].replace('"', "").split()[2] for q in asked if q["sql"].startswith("DELETE")
    ]
    assert deleted[:2] == ["register_stagedchange", "register_place"]


def _broken_off(at) -> ImportRun:
    """Return an import that laid an address ready, and a change of another, and died."""
    dead = ImportRun.objects.create(file_name="a.csv", started_at=at, by="someone")
    known = Place.objects.create(external_id="h-2", street="Tångvägen", valid_from_on="2020-01-01")
    Place.objects.create(
        external_id="h-1",
        street="Halvgatan",
        arriving=dead,
        valid_from_on="2020-01-01",
        valid_until_on="2020-01-01",
    )
    StagedChange.objects.create(run=dead, place=known, street="Halvgatan")
    return dead


def test_the_worker_sweeps_and_builds_what_is_missing(home, register_file, administrator, at):
    _broken_off(at)
    import_register(file=register_file(), by=administrator, at=at)
    _broken_off_later(at)

    first = keep_index(by=SYSTEM, at=at)
    second = keep_index(by=SYSTEM, at=at)

    assert (first, second) == (1, 0)
    assert len(queries.mentions_in("Tångvägen 1")) == 1
    assert not ImportRun.objects.filter(finished_at__isnull=True).exists()


def _broken_off_later(at) -> None:
    ImportRun.objects.create(file_name="b.csv", started_at=at, by="someone")


def test_the_worker_leaves_an_import_under_way_alone(home, register_file, administrator, at):
    import_register(file=register_file(), by=administrator, at=at)

    with turn.own_turn():
        assert keep_index(by=SYSTEM, at=at) == 0
        assert sweep(by=SYSTEM, at=at) == 0
        with pytest.raises(Refused, match="pågår"), turn.own_turn(patience_s=0):
            pass

    assert not queries.has_index()


def test_an_empty_register_needs_no_index(home, at):
    assert keep_index(by=SYSTEM, at=at) == 0


def test_an_index_of_an_earlier_version_is_refused_and_built_anew(
    home, register_file, administrator, at
):
    import_and_index(file=register_file(), by=administrator, at=at)
    file = queries.index_file()
    file.write_bytes(b"NVPLACES\x01" + file.read_bytes()[9:])

    assert not queries.has_index()
    with pytest.raises(Refused, match="version 1"):
        queries.mentions_in("Tångvägen 1")
    assert keep_index(by=SYSTEM, at=at) == 1
    assert len(queries.mentions_in("Tångvägen 1")) == 1


def test_what_comes_back_lives_again(register_file, administrator, at):
    import_register(file=register_file(), by=administrator, at=at)
    import_register(file=register_file(TOWN[0]), by=administrator, at=at)

    run = import_register(file=register_file(), by=administrator, at=at)

    assert run.changed == 3
    assert not Place.objects.filter(valid_until_on__isnull=False).exists()
    assert Place.objects.count() == 4


def test_a_dwelling_follows_its_entrance(register_file, administrator, analyst, at):
    import_register(file=register_file(), by=administrator, at=at)
    entrance = Place.objects.get(external_id="h-1")
    dwelling = dwelling_at(entrance=entrance, dwelling_no="1002", by=analyst, at=at)
    renamed = TOWN[0].replace("Tångvägen", "Nya Tångvägen")

    import_register(file=register_file(renamed, *TOWN[1:]), by=administrator, at=at)

    dwelling.refresh_from_db()
    assert str(dwelling) == "Nya Tångvägen 1 lgh 1002"


def test_bad_rows_are_listed_with_line_and_reason(register_file, administrator, at):
    bad = "h-9,,,,,,,,,"

    run = import_register(file=register_file(*TOWN, bad, TOWN[0]), by=administrator, at=at)

    assert (run.added, run.rejected) == (4, 2)
    assert [line for line, _ in run.report["rejected"]] == [6, 7]
    assert all(reason for _, reason in run.report["rejected"])


def test_a_file_without_a_usable_row_changes_nothing(register_file, administrator, at):
    import_register(file=register_file(), by=administrator, at=at)

    with pytest.raises((Refused, UnusableFile)):
        import_register(file=register_file("h-9,,,,,,,,,"), by=administrator, at=at)

    assert ImportRun.objects.count() == 1
    assert Place.objects.filter(valid_until_on__isnull=True).count() == 4


@pytest.mark.parametrize("rows", [0, 1])
def test_an_unusable_reading_says_why(rows):
    tally = Tally()
    for _ in range(rows):
        tally.reject(Rejected(2, "gatan saknas"))

    said = importing._first_reason(tally)

    assert said == ("Första felet, rad 2: gatan saknas" if rows else "Filen har inga rader.")


def test_all_rejected_rows_are_counted_and_the_first_are_kept():
    found = Tally()
    for line in range(KEPT_ROWS + 2):
        found.reject(Rejected(line, "gatan saknas", kind="street"))

    report = found.report(before=set(), after=set(), unread=())

    assert report["rejections"] == {"street": KEPT_ROWS + 2}
    assert [line for line, _ in report["rejected"]] == list(range(KEPT_ROWS))


def test_a_missing_file_says_what_to_do(tmp_path, administrator, at):
    with pytest.raises(UnusableFile, match="Gör så här"):
        import_register(file=tmp_path / "nej.csv", by=administrator, at=at)


def test_only_the_administrator_imports(register_file, analyst, at):
    with pytest.raises(Refused):
        import_register(file=register_file(), by=analyst, at=at)

    assert not Place.objects.exists()


def test_many_vanish_at_once(register_file, administrator, at, monkeypatch):
    monkeypatch.setattr(staging, "ROWS_AT_A_TIME", 2)
    import_register(file=register_file(), by=administrator, at=at)

    run = import_register(file=register_file(TOWN[3]), by=administrator, at=at)

    assert run.vanished == 3


def test_an_import_builds_the_index(home, register_file, administrator, at):
    import_and_index(file=register_file(), by=administrator, at=at)

    (mention,) = queries.mentions_in("Det är på Tångvägen 1 ofta.")
    assert mention.address_id == "h-1"
    assert AuditEvent.objects.filter(act="register.index").count() == 1


def test_a_popular_name_is_found_in_the_search_and_not_in_texts(home, administrator, analyst, at):
    file = Path(__file__).parents[1] / "engine/places/files/belagenhetsadresser_kn9901.gpkg"

    run = import_and_index(file=file, by=administrator, at=at)

    found = queries.live_places(reader=analyst, words="prästgården")
    assert [(str(place), place.popular_name) for place in found] == [
        ("Lid Nygård 1", "Gamla prästgården")
    ]
    assert queries.mentions_in("Vid gamla prästgården på kvällen") == []
    assert queries.attributions() == [run.attribution] == ["© Lantmäteriet, CC BY 4.0"]


def test_distances_are_those_of_the_earth():
    # Göteborg–Stockholm by these points: 397 km along the great circle (published tables say about 397).
    assert metres_between((57.7089, 11.9746), (59.3293, 18.0686)) == pytest.approx(
        397_000, rel=0.01
    )
    assert metres_between((57.0, 11.4), (57.0, 11.4)) == 0


def test_an_address_that_lost_its_point_has_not_moved():
    tally = Tally()

    tally.move(Address("a", "Storgatan", "4"), pk=1, before=(57.0, 11.4))
    tally.move(Address("a", "Storgatan", "4", lat=57.0, lon=11.4), pk=1, before=(57.0, 11.4))

    assert not tally.moves
