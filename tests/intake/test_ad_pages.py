"""Pages on ads, as each role meets them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.intake.conftest import ADS_HEAD, GROUNDS, HANDLER, OTHER_TWO, THREE_ADS, ad

from nosvidere.audit.models import AuditEvent
from nosvidere.intake import forms, queries
from nosvidere.intake.actions import import_and_link
from nosvidere.intake.codes import WORDS, group_code
from nosvidere.intake.index import index_file
from nosvidere.intake.models import AdBatch, AdLinking, SourceItem
from nosvidere.intake.present import ads as present
from nosvidere.intake.views import ads as views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

ROLES = {"source_handler": 200, "analyst": 200, "operation_lead": 403, "field_officer": 403}


def upload(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("ads.csv", ("\n".join([ADS_HEAD, *rows]) + "\n").encode())


@pytest.fixture
def linked(ads_file, at):
    return import_and_link(file=ads_file(*THREE_ADS, *OTHER_TWO), **GROUNDS, by=HANDLER, at=at)


@pytest.fixture
def names(linked):
    """The names of the two groups, the larger first."""
    return [group["organiser_group"] for group in queries.ad_groups(reader=HANDLER)]


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_who_may_read_ads(sign_in, names, role, status):
    client = sign_in(role)
    batch = AdBatch.objects.get()

    assert client.get(reverse("intake:ads")).status_code == status
    assert client.get(reverse("intake:batch", args=[batch.pk])).status_code == status
    assert client.get(reverse("intake:group", args=[names[0]])).status_code == status


def test_only_the_source_handler_imports_and_links(sign_in):
    client = sign_in("analyst")

    assert client.post(reverse("intake:upload")).status_code == 403
    assert client.post(reverse("intake:link")).status_code == 403
    assert "Läs in annonser" not in client.get(reverse("intake:ads")).content.decode()


def test_a_file_is_imported_linked_and_its_rejected_rows_shown(sign_in):
    values = {**GROUNDS, "file": upload(*THREE_ADS, ad(9, seen_at="i går"))}

    page = (
        sign_in("source_handler")
        .post(reverse("intake:upload"), values, follow=True)
        .content.decode()
    )

    assert "inlästa och grupperade" in page
    assert "seen_at är inte ett datum" in page
    assert AdLinking.objects.get().ads == 3


def test_an_import_needs_a_ground(sign_in):
    response = sign_in("source_handler").post(
        reverse("intake:upload"), {"file": upload(*THREE_ADS)}
    )

    assert response.status_code == 422
    assert not AdBatch.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(sign_in):
    values = {**GROUNDS, "file": SimpleUploadedFile("x.csv", b"a;b\n1;2\n")}

    response = sign_in("source_handler").post(reverse("intake:upload"), values)

    assert response.status_code == 422
    assert "x.csv" in response.content.decode()


def test_a_very_large_file_goes_by_the_shell(sign_in, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_BYTES", 10)

    response = sign_in("source_handler").post(
        reverse("intake:upload"), {**GROUNDS, "file": upload(*THREE_ADS)}
    )

    assert "kommandoraden" in response.content.decode()


def test_imports_and_groups_are_listed(sign_in, names, monkeypatch):
    monkeypatch.setattr(views, "SHOWN_BATCHES", 1)
    client = sign_in("source_handler")
    client.post(reverse("intake:upload"), {**GROUNDS, "file": upload(*THREE_ADS)})

    page = client.get(reverse("intake:ads")).content.decode()

    assert "Grupp 1 (3 annonser)" in page
    assert all(group_code(name) in page for name in names)
    assert "Och 1 äldre" in page


def test_groups_with_a_place_have_a_tab_of_their_own(sign_in, names):
    page = sign_in("analyst").get(reverse("intake:ads"), {"plats": "1"}).content.decode()

    assert "Grupp 1 (3 annonser)" in page
    assert "Grupp 2" not in page
    assert 'aria-current="page">Med plats <span class="count">1</span>' in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tångvägen 1", [1]),
        ("NV-2020-000005", [2]),
        ("ankargatan", [1]),
        ("tångvägen 9", []),
        ("tångvägen ankargatan", []),
    ],
)
def test_a_group_is_found_by_what_one_of_its_ads_has(sign_in, names, words, found):
    page = sign_in("analyst").get(reverse("intake:ads"), {"sok": words}).content.decode()

    assert [n for n in (1, 2) if f"Grupp {n} (" in page] == found
    assert ("Ingen grupp har de orden" in page) == (not found)
    assert set(AuditEvent.objects.get(act="ad.search").fields) == {"found"}


def test_a_group_is_found_by_its_code_and_keeps_its_number(sign_in, names):
    words = group_code(names[1]).replace("-", " ")

    page = sign_in("analyst").get(reverse("intake:ads"), {"sok": words}).content.decode()

    assert "Grupp 2 (2 annonser)" in page
    assert "Grupp 1" not in page


def test_without_places_the_tab_says_so(sign_in, ads_file, at):
    import_and_link(file=ads_file(*OTHER_TWO), **GROUNDS, by=HANDLER, at=at)

    page = sign_in("analyst").get(reverse("intake:ads"), {"plats": "1"}).content.decode()

    assert "Ingen grupp har en plats" in page


def test_a_code_is_two_words_and_a_number_and_never_changes():
    assert len(set(WORDS)) == 64
    assert group_code("o6b5401c61f3de4db") == "hav-svan-74"


def test_ads_are_linked_anew(sign_in, linked):
    page = sign_in("source_handler").post(reverse("intake:link"), follow=True).content.decode()

    assert "2 grupper" in page


def test_a_group_says_what_it_shares_and_how_far_it_reaches(sign_in, names):
    page = sign_in("analyst").get(reverse("intake:group", args=[names[0]])).content.decode()

    assert "Personer som delar telefon kan göra det för sin säkerhet." in page
    assert "Platser i Havsby (1) och Sjöby (1)." in page
    assert "rör sig mellan orter" in page
    assert "I 1 av annonserna går ingen registrerad plats" in page
    assert "samma kontaktuppgift" in page
    assert AuditEvent.objects.get(act="ad.view_group").fields["ads"] == 3


def test_a_group_of_two_is_never_called_organised(sign_in, names):
    page = sign_in("analyst").get(reverse("intake:group", args=[names[1]])).content.decode()

    assert "En grupp på två kallas aldrig organiserad." in page
    assert "Platser i" not in page


def test_a_group_whose_reasons_are_gone_says_so(sign_in, names):
    index_file().unlink()
    AdLinking.objects.all().delete()

    page = sign_in("analyst").get(reverse("intake:group", args=[names[0]])).content.decode()

    assert "Gruppera om" in page


def test_a_group_in_one_town_does_not_move(sign_in, ads_file, at):
    import_and_link(
        file=ads_file(ad(1, place="Tångvägen 1"), ad(2, place="Tångvägen 2")),
        **GROUNDS,
        by=HANDLER,
        at=at,
    )
    (group,) = queries.ad_groups(reader=HANDLER)

    page = (
        sign_in("analyst")
        .get(reverse("intake:group", args=[group["organiser_group"]]))
        .content.decode()
    )

    assert "Platser i Havsby (2)." in page
    assert "rör sig" not in page
    assert "går ingen registrerad plats" not in page


def test_what_a_pair_shares_many_times_is_one_row_with_a_count(names):
    edge = queries.edges_in_group(reader=HANDLER, group=names[1])[0]

    (shared,) = queries.shared_in_group(
        edges=[edge] * 3, numbers={edge.left: "NV-1", edge.right: "NV-2"}
    )

    line = present.edge_line(shared, names[1])
    assert (line.left, line.right, line.times) == ("NV-1", "NV-2", "3 gånger")


def test_the_first_pairs_are_shown_and_more_on_demand(sign_in, names, monkeypatch):
    monkeypatch.setattr(views, "FIRST_EDGES", 1)
    client = sign_in("analyst")
    address = reverse("intake:group", args=[names[0]])
    count = len(queries.edges_in_group(reader=HANDLER, group=names[0]))

    first = client.get(address).content.decode()
    every = client.get(address, {"alla": "1"}).content.decode()

    assert count > 1
    assert f"1 av {count} par av annonser" in first
    assert 'href="?alla=1#edges-title">Visa fler' in first
    assert f"{count} av {count} par av annonser" in every
    assert "Visa fler" not in every


def test_a_group_of_expired_ads_is_gone(sign_in, names):
    SourceItem.objects.filter(ad__organiser_group=names[1]).update(state="EXPIRED")

    assert sign_in("analyst").get(reverse("intake:group", args=[names[1]])).status_code == 404


@pytest.mark.parametrize("name", ["okand", "o1"])
def test_there_is_no_page_for_an_unknown_group(sign_in, linked, name):
    assert sign_in("analyst").get(reverse("intake:group", args=[name])).status_code == 404


def test_rows_that_are_bound_to_each_other_go_by_a_name(linked):
    assert str(linked) == "ads.csv"
    assert str(AdLinking.objects.get()) == "5"
    assert SourceItem.objects.filter(kind="ad").count() == 5
