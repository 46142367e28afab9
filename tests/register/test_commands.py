"""The register from the shell."""

import osmium
import pytest
from click.testing import CliRunner
from osmium.osm.mutable import Node
from tests.register.conftest import TOWN

from nosvidere.engine.places import Index
from nosvidere.register import shell
from nosvidere.register.commands import import_register, index_register
from nosvidere.register.models import Place, StreetElsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
BAD = "h-9,,,,,,,,,"


def run(command, *words):
    return CliRunner().invoke(command, [str(word) for word in words])


def test_an_import_tells_what_changed(register_file):
    done = run(import_register, register_file())

    assert done.exit_code == 0
    assert "Nya: 4" in done.output
    assert Place.objects.count() == 4


def test_vanished_streets_are_named(register_file):
    run(import_register, register_file())

    done = run(import_register, register_file(TOWN[0]))

    assert "Försvunna: 3" in done.output
    assert "gata som försvann: Sjöstjärnegatan" in done.output


def test_rejected_rows_are_listed_and_the_status_says_so(register_file):
    done = run(import_register, register_file(*TOWN, BAD))

    assert done.exit_code == 1
    assert "rad 6:" in done.output


def test_a_file_that_cannot_be_used_ends_with_two(tmp_path):
    done = run(import_register, tmp_path / "nej.csv")

    assert done.exit_code == 2
    assert "Gör så här" in done.output


def test_an_index_is_built_of_a_file_without_the_database(register_file, tmp_path):
    out = tmp_path / "out.index"

    done = run(index_register, register_file(*TOWN, BAD), "--out", out)

    assert done.exit_code == 1
    assert len(Index.open(out)) == 4
    assert not Place.objects.exists()


def test_an_index_lies_beside_its_file(register_file):
    done = run(index_register, register_file())

    assert done.exit_code == 0
    assert len(Index.open(register_file().with_suffix(".index"))) == 4


def test_an_index_of_the_database(register_file, home, tmp_path):
    run(import_register, register_file())
    (home / "register.index").unlink()

    first = run(index_register)
    second = run(index_register, "--out", tmp_path / "other.index")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert len(Index.open(home / "register.index")) == 4
    assert len(Index.open(tmp_path / "other.index")) == 4


def test_a_file_without_a_usable_row_gives_no_index(register_file, tmp_path):
    done = run(index_register, register_file(BAD), "--out", tmp_path / "no.index")

    assert done.exit_code == 2
    assert not (tmp_path / "no.index").exists()


def test_more_rejected_rows_than_are_kept_are_counted(capsys):
    assert shell.tell_rejected([(2, "fel")], of_all=5) == 1
    assert "och 4 rader till" in capsys.readouterr().err


def test_the_street_names_of_the_country_are_loaded_alone(register_file):
    done = run(import_register, "--national", register_file(*TOWN, BAD))

    assert done.exit_code == 1
    assert "Gatunamn i landet: 2" in done.output
    assert "rad 6:" in done.output
    assert {str(s) for s in StreetElsewhere.objects.all()} == {"Tångvägen", "Sjöstjärnegatan"}
    assert not Place.objects.exists()


def test_a_file_without_street_names_leaves_the_list_as_it_is(register_file):
    run(import_register, "--national", register_file())

    done = run(import_register, "--national", register_file(BAD))

    assert done.exit_code == 2
    assert "har inga gatunamn" in done.output
    assert StreetElsewhere.objects.count() == 2


def test_columns_that_are_not_read_and_new_streets_are_named(register_file):
    run(import_register, register_file(TOWN[0]))
    file = register_file()
    head, *rows = file.read_text().splitlines()
    file.write_text("\n".join([f"{head},fastighet", *(f"{row},Tången 1:1" for row in rows)]))

    done = run(import_register, file)

    assert "kolumn som inte läses: fastighet" in done.output
    assert "gata som är ny: Sjöstjärnegatan, Havsby" in done.output


def test_an_index_of_an_empty_register_is_refused():
    done = run(index_register)

    assert done.exit_code == 2
    assert "Registret är tomt" in done.output


def test_one_file_for_each_municipality_makes_one_register(register_file, home):
    here = register_file(*TOWN, BAD)
    there = register_file(
        *(row.replace("h-", "s-").replace("Havsby", "Sjöby") for row in TOWN), name="sjoby.csv"
    )

    done = run(import_register, here, there)

    assert done.exit_code == 1
    assert "sjoby.csv" in done.output
    assert Place.objects.filter(valid_until_on__isnull=True).count() == 8
    assert len(Index.open(home / "register.index")) == 8


def test_what_was_taken_before_an_unusable_file_is_in_the_index(register_file, home, tmp_path):
    done = run(import_register, register_file(), tmp_path / "nej.csv", register_file(name="c.csv"))

    assert done.exit_code == 2
    assert "Gör så här" in done.output
    assert len(Index.open(home / "register.index")) == 4


def test_a_source_that_must_be_named_is_named(tmp_path):
    file = tmp_path / "town.osm.pbf"
    tags = {"addr:street": "Tångvägen", "addr:housenumber": "4", "addr:city": "Havsby"}
    with osmium.SimpleWriter(str(file)) as writer:
        writer.add_node(Node(id=9, location=(11.4, 57.0), tags=tags))

    done = run(import_register, file)

    assert done.exit_code == 0, done.output
    assert "Nya: 1" in done.output
    assert "Källa: © OpenStreetMap" in done.output
