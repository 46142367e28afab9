"""Pages on the register, as each role meets them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.making import make_landlord, make_place
from tests.register.conftest import HEAD, TOWN

from nosvidere.audit.models import AuditEvent
from nosvidere.register import forms
from nosvidere.register.actions import dwelling_at, import_and_index
from nosvidere.register.models import ImportRun, Nickname, Place, StreetElsewhere, Tenure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

READERS = {
    "analyst": 200,
    "technical_administrator": 200,
    "source_handler": 403,
    "field_officer": 403,
}
PLACE_READERS = {
    "analyst": 200,
    "source_handler": 200,
    "operation_lead": 200,
    "technical_administrator": 403,
}


def upload(*rows: str, name: str = "register.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, ("\n".join([HEAD, *rows]) + "\n").encode())


@pytest.mark.parametrize(("role", "status"), READERS.items())
@pytest.mark.parametrize("page", ["imports", "nicknames"])
def test_who_may_read_the_register(sign_in, page, role, status):
    assert sign_in(role).get(reverse(f"register:{page}")).status_code == status


@pytest.mark.parametrize(("role", "status"), PLACE_READERS.items())
def test_who_may_read_places(sign_in, role, status):
    place = make_place()
    client = sign_in(role)

    assert client.get(reverse("register:places")).status_code == status
    assert client.get(reverse("register:place", args=[place.pk])).status_code == status


def test_a_place_that_is_arriving_is_not_there_yet(sign_in, at):
    run = ImportRun.objects.create(file_name="a.csv", started_at=at, by="someone")
    place = make_place(arriving=run, valid_until_on="2020-10-20")
    client = sign_in("analyst")
    values = {"kind": "housing_coop", "name": "Brf Tången", "form": "COOP"}

    shown = client.get(reverse("register:place", args=[place.pk]))
    told = client.post(reverse("register:landlord", args=[place.pk]), values)

    assert (shown.status_code, told.status_code) == (404, 404)
    assert not Tenure.objects.exists()


def test_the_command_for_the_list_of_the_country_is_shown_while_it_lacks(sign_in):
    command = "./nosvidere register import --national FIL</code>"
    client = sign_in("technical_administrator")

    before = client.get(reverse("register:imports")).content.decode()
    StreetElsewhere.objects.create(name="Storgatan")
    after = client.get(reverse("register:imports")).content.decode()

    assert (command in before, command in after) == (True, False)


def test_a_stranger_is_led_to_sign_in(client):
    assert client.get(reverse("register:imports")).status_code == 302


def test_a_file_is_loaded_and_its_rejected_rows_are_shown(sign_in):
    client = sign_in("technical_administrator")
    file = upload(*TOWN, "h-9,,,,,,,,,")

    response = client.post(reverse("register:upload"), {"file": file}, follow=True)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Registret är inläst" in page
    assert 'class="numeric">6</th>' in page
    assert Place.objects.count() == 4
    assert ImportRun.objects.get().file_name == "register.csv"


def test_what_vanished_and_moved_is_shown(sign_in, register_file, administrator, at):
    import_and_index(file=register_file(), by=administrator, at=at)
    moved = TOWN[0].replace("57.0001", "57.0101")
    run = import_and_index(file=register_file(moved, TOWN[1]), by=administrator, at=at)

    page = sign_in("analyst").get(reverse("register:import", args=[run.pk])).content.decode()

    assert "<li>Sjöstjärnegatan, Havsby</li>" in page
    place = reverse("register:place", args=[Place.objects.get(external_id="h-1").pk])
    assert f'href="{place}">Tångvägen 1, Havsby</a>' in page
    assert "500 m eller mer" in page
    assert "Mer än en tiondel av adresserna försvann" in page
    assert AuditEvent.objects.filter(act="register.import_view").count() == 1


def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(sign_in):
    client = sign_in("technical_administrator")

    response = client.post(
        reverse("register:upload"), {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}
    )

    assert response.status_code == 422
    assert "x.csv" in response.content.decode()
    assert not ImportRun.objects.exists()


def test_a_very_large_file_goes_by_the_shell(sign_in, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_BYTES", 10)

    response = sign_in("technical_administrator").post(
        reverse("register:upload"), {"file": upload(*TOWN)}
    )

    assert response.status_code == 422
    assert "kommandoraden" in response.content.decode()


def test_the_analyst_sees_imports_but_loads_none(sign_in):
    client = sign_in("analyst")

    assert "Läs in filen" not in client.get(reverse("register:imports")).content.decode()
    assert client.post(reverse("register:upload"), {"file": upload(*TOWN)}).status_code == 403


def test_the_index_is_built_anew(sign_in):
    client = sign_in("technical_administrator")

    empty = client.post(reverse("register:build_index"))
    make_place()
    told = client.get(reverse("register:imports")).content.decode()
    built = client.post(reverse("register:build_index"), follow=True)

    assert empty.status_code == 422
    assert "Det finns inget index" in told
    assert "Indexet är byggt" in built.content.decode()


def test_an_index_of_another_register_is_told(sign_in, register_file, administrator, at):
    import_and_index(file=register_file(), by=administrator, at=at)
    make_place(9)

    page = sign_in("analyst").get(reverse("register:imports")).content.decode()

    assert "Indexet har 4 adresser och registret 5" in page


def test_a_text_is_read_and_the_search_is_logged_without_its_words(
    sign_in, register_file, administrator, at
):
    import_and_index(file=register_file(), by=administrator, at=at)

    page = (
        sign_in("analyst")
        .get(reverse("register:places"), {"text": "Tångvägen 1"})
        .content.decode()
    )

    assert "Så läses texten" in page
    event = AuditEvent.objects.get(act="place.search")
    assert event.fields == {"found": 1, "read": 1}


def test_a_street_that_nobody_knows_says_what_to_do(sign_in, register_file, administrator, at):
    import_and_index(file=register_file(), by=administrator, at=at)

    page = sign_in("analyst").get(reverse("register:places"), {"text": "qqqq"}).content.decode()

    assert "Ingen plats" in page


def test_a_search_needs_an_index(sign_in):
    make_place()

    response = sign_in("analyst").get(reverse("register:places"), {"text": "Tångvägen 1"})

    assert response.status_code == 200
    assert "inget index" in response.content.decode()


def test_a_place_shows_who_lets_it_and_its_dwellings(sign_in, analyst, at):
    place = make_place(lat=None, lon=None, cell="", valid_until_on=at.date())
    make_landlord(place)
    dwelling = dwelling_at(entrance=make_place(2), dwelling_no="1101", by=analyst, at=at)
    client = sign_in("analyst")

    page = client.get(reverse("register:place", args=[place.pk])).content.decode()
    entrance = client.get(reverse("register:place", args=[dwelling.parent_id])).content.decode()

    assert "Havsbybostäder" in page
    assert "står kvar som historik" in page
    assert "syns i tabeller men inte på kartan" in page
    assert "lgh 1101" in entrance


def test_the_way_from_a_place_to_its_leads(sign_in):
    place = make_place(7)

    page = sign_in("analyst").get(reverse("register:place", args=[place.pk])).content.decode()

    assert f"{reverse('leads:leads')}?sok=T%C3%A5ngv%C3%A4gen+7" in page


def test_one_page_of_places_has_no_pager(sign_in):
    make_place()

    page = sign_in("analyst").get(reverse("register:places")).content.decode()

    assert "Sida 1" not in page


def test_the_analyst_names_the_landlord(sign_in):
    place = make_place()
    values = {
        "name": "Brf Tången",
        "kind": "housing_coop",
        "form": "COOP",
        "service_address": "Box 1",
    }

    response = sign_in("analyst").post(
        reverse("register:landlord", args=[place.pk]), values, follow=True
    )

    assert "Hyresvärden är inlagd" in response.content.decode()
    assert Tenure.objects.get().form == "COOP"


def test_a_landlord_without_a_name_is_asked_for(sign_in):
    place = make_place()

    response = sign_in("analyst").post(reverse("register:landlord", args=[place.pk]), {})

    assert response.status_code == 422
    assert "Vem hyr ut?" in response.content.decode()
    assert not Tenure.objects.exists()


def test_nicknames_are_kept_and_removed_by_the_administrator(sign_in):
    make_place()
    client = sign_in("technical_administrator")

    client.post(reverse("register:nicknames"), {"nickname": "Tången", "street": "Tångvägen"})
    shown = client.get(reverse("register:nicknames")).content.decode()
    client.post(reverse("register:remove_nickname", args=[Nickname.objects.get().pk]))

    assert "Tången" in shown
    assert not Nickname.objects.exists()


def test_the_analyst_cannot_add_a_nickname(sign_in):
    make_place()

    response = sign_in("analyst").post(
        reverse("register:nicknames"), {"nickname": "Tången", "street": "Tångvägen"}
    )

    assert response.status_code == 422
    assert not Nickname.objects.exists()
