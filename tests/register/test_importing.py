"""A register file into the database."""

import pytest
from tests.register.conftest import TOWN

from nosvidere.audit.models import AuditEvent
from nosvidere.engine.places import Rejected, UnusableFile
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register import queries
from nosvidere.register.actions import (
    dwelling_at,
    import_and_index,
    import_register,
    importing,
    staging,
)
from nosvidere.register.models import ImportRun, Place
from nosvidere.register.tally import Tally

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
    assert [(i, name) for _, i, name in run.report["furthest"]] == [("h-1", "Tångvägen 1, Havsby")]
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
