"""The first page, the picture, publishing and the dark figure, as each role meets them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.making import make_lead, make_place, make_statement
from tests.picture.making import GOOD_TABLE, THIN_TABLE, WEEK_AFTER, make_briefed

from nosvidere.engine.darkfigure import CAVEAT
from nosvidere.kernel import time
from nosvidere.operations.models import Operation
from nosvidere.picture.models import PublicEstimate, PublicSummary, SavedEstimate
from nosvidere.rules.access import ROLES

pytestmark = pytest.mark.django_db
PICTURE = {
    "analyst",
    "operation_lead",
    "regional_coordinator",
    "press_officer",
    "data_protection_officer",
}


def text(response) -> str:
    return response.content.decode()


def filled(raw=GOOD_TABLE, **values):
    answers = dict.fromkeys(("closed", "matched", "reachable"), "yes")
    facts = {"name": "Ärenden", "counted_until_on": "2020-09-30", "seed": 1, **answers}
    return {**facts, "table": SimpleUploadedFile("t.csv", raw), **values}


def test_the_first_page_of_each_role(sign_in):
    make_lead(make_place(99), at=WEEK_AFTER)
    make_briefed()
    Operation.objects.update(state="DEBRIEFED")

    for role in ROLES:
        page = text(sign_in(role, code=role.replace("_", "-")).get(reverse("picture:start")))
        assert "Det här väntar på dig" in page
        assert ("uppslag att bedöma" in page) is (role == "analyst")
        assert ("adresser kontrollerade" in page) is (role in PICTURE)


def test_an_empty_first_page_says_that_nothing_waits(sign_in):
    assert "Inget väntar" in text(sign_in("press_officer").get(reverse("picture:start")))


def test_who_may_see_the_picture(sign_in):
    pk = make_briefed().operation.pk
    pages = [reverse("picture:picture"), reverse("picture:operation", args=[pk])]

    for role in ROLES:
        client = sign_in(role, code=role.replace("_", "-"))
        statuses = [client.get(page).status_code for page in pages]
        assert statuses == [200 if role in PICTURE else 403] * 2, role


def test_who_may_estimate_and_who_may_publish(sign_in, estimated):
    pk = estimated().pk
    analyst = [
        reverse(f"picture:{p}") for p in ("estimates", "new_estimate", "own_places", "compare")
    ]
    analyst.append(reverse("picture:estimate", args=[pk]))
    publish = reverse("picture:publish_estimate", args=[pk])

    for role in ROLES:
        client = sign_in(role, code=role.replace("_", "-"))
        found = [client.get(page).status_code for page in [*analyst, publish]]
        expected = [200, 200, 200, 302, 200] if role == "analyst" else [403] * 5
        assert found == [*expected, 200 if role == "press_officer" else 403], role


def test_publishing_is_shown_off_with_the_reason_until_the_week_has_gone(sign_in, played):
    time.start_clock_at(played.operation.shifts.first().starts_at)
    client = sign_in("press_officer")

    for page in ("operation", "publish"):
        shown = text(client.get(reverse(f"picture:{page}", args=[played.operation.pk])))
        assert 'aria-disabled="true"' in shown
        assert "Vänta till 2020-10-09" in shown


def test_a_press_officer_publishes_and_sees_what_is_held_back(sign_in, played):
    time.start_clock_at(WEEK_AFTER)
    client, address = (
        sign_in("press_officer"),
        reverse("picture:publish", args=[played.operation.pk]),
    )

    before = text(client.get(address))
    after = client.post(address, {"small_number_reason": ""}, follow=True)

    assert "1 av dem försök: 1 är under 5." in before
    assert "publicerad på de öppna sidorna" in text(after)
    assert PublicSummary.objects.get().small_number_reason == ""
    assert "Insatsen Nos Videre" in text(client.get(reverse("picture:picture")))


def test_a_refused_publication_stays_on_the_page_with_the_reason(sign_in, played):
    time.start_clock_at(played.operation.shifts.first().starts_at)

    response = sign_in("press_officer").post(
        reverse("picture:publish", args=[played.operation.pk]), {"small_number_reason": ""}
    )

    assert response.status_code == 422
    assert "Vänta till" in text(response)
    assert not PublicSummary.objects.exists()


def test_a_table_is_uploaded_answered_and_shown_verdict_first(sign_in):
    time.start_clock_at(WEEK_AFTER)
    client = sign_in("analyst")

    response = client.post(
        reverse("picture:new_estimate"), filled(closed_note="Samma kvartal."), follow=True
    )

    page = text(response)
    assert SavedEstimate.objects.get().assumptions["closed"]["note"] == "Samma kvartal."
    verdict, band, doubt = map(page.index, ("med försiktighet", "Alla metoder", "svaret osäkert"))
    assert verdict < band < doubt
    for said in (CAVEAT, "Vi låtsades inte känna till A", "utan B", "A + B hopslagna"):
        assert said in page
    for said in (
        "Ett fall mer",
        "Samma kvartal.",
        "sha256",
        "1\N{NO-BREAK SPACE}000",
        "Det visas som mellan",
    ):
        assert said in page
    assert "state-done" not in page


def test_a_refused_run_says_why_and_that_its_numbers_are_not_to_be_used(sign_in, estimated):
    saved = estimated(THIN_TABLE)

    page = text(sign_in("analyst").get(reverse("picture:estimate", args=[saved.pk])))

    assert "Går inte att skatta än" in page
    assert "1 överlapp, minst 10 behövs" in page
    assert "De får inte användas" in page
    assert "Det kan inte publiceras." in page
    assert CAVEAT in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"raw": b"A,B,C,count\n0,0,0,4\n"}, "bara nollor"),
        ({"raw": b"x" * 100_001}, "för stor"),
        ({"closed": ""}, "Välj ett svar"),
        ({"name": "Utsatta kvinnor"}, "Ta bort: kvinnor"),
    ],
)
def test_what_cannot_be_used_is_said_on_the_form(sign_in, changes, says):
    response = sign_in("analyst").post(reverse("picture:new_estimate"), filled(**changes))

    assert response.status_code == 422
    assert says in text(response)
    assert not SavedEstimate.objects.exists()


def test_two_runs_lie_side_by_side_and_no_trend_is_claimed(sign_in, estimated):
    one, other = estimated(), estimated(seed=2, name="Andra halvåret")
    client = sign_in("analyst")

    page = text(client.get(reverse("picture:compare"), {"val": [one.pk, other.pk]}))

    assert page.index("Ärenden i regionen") < page.index("Andra halvåret")
    assert "Det går inte att säga att antalet har ändrats" in page


@pytest.mark.parametrize("chosen", [[], [1], [1, 2, 3], ["x", "y"]])
def test_a_comparison_needs_two_runs(sign_in, chosen):
    response = sign_in("analyst").get(reverse("picture:compare"), {"val": chosen}, follow=True)

    assert "Kryssa för två" in text(response)


def test_the_list_shows_the_band_only_where_it_may_be_used(sign_in, estimated):
    good, _ = estimated(), estimated(THIN_TABLE, name="Tunn")

    page = text(sign_in("analyst").get(reverse("picture:estimates")))

    assert "används inte" in page
    assert page.count('type="checkbox"') == 2
    assert reverse("picture:estimate", args=[good.pk]) in page


def test_an_empty_list_says_how_to_begin(sign_in):
    page = text(sign_in("analyst").get(reverse("picture:estimates")))

    assert "Ingen skattning är sparad" in page
    assert "Använd regionens egna platser" in page


def test_a_region_without_places_is_told_what_is_needed(sign_in):
    client = sign_in("analyst")

    page = text(client.get(reverse("picture:own_places")))
    refused = client.post(reverse("picture:own_places"), filled())

    assert "Det finns ingen tabell att räkna på än" in page
    assert "Minst tio platser" in page
    assert refused.status_code == 422
    assert not SavedEstimate.objects.exists()


def test_the_regions_own_places_are_estimated_and_usually_refused(sign_in, at):
    from tests.picture.test_capture import told

    time.start_clock_at(at)
    for number in range(1, 4):
        told(make_place(number), "tip", at=at)
        make_statement(make_place(number + 10), "V01", on=at.date())
    client = sign_in("analyst")

    response = client.post(
        reverse("picture:own_places"), filled(name="Regionens egna platser"), follow=True
    )

    saved = SavedEstimate.objects.get()
    assert (saved.source, saved.verdict) == ("own", "refused")
    assert "Tabellen har 2 listor, minst 3 behövs" in text(response)


def test_a_press_officer_publishes_a_band_with_its_caveat(sign_in, estimated):
    saved = estimated()
    client, address = (
        sign_in("press_officer"),
        reverse("picture:publish_estimate", args=[saved.pk]),
    )

    assert address in text(client.get(reverse("picture:picture")))
    assert CAVEAT in text(client.get(address))
    after = client.post(address, {"title": "Ärenden"}, follow=True)

    assert "Intervallet är publicerat" in text(after)
    assert PublicEstimate.objects.get().title == "Ärenden"


def test_a_band_under_another_name_may_be_refused(sign_in, estimated):
    address = reverse("picture:publish_estimate", args=[estimated().pk])

    response = sign_in("press_officer").post(address, {"title": "Unga i regionen"})

    assert response.status_code == 422
    assert not PublicEstimate.objects.exists()


def test_a_band_that_does_not_hold_has_no_button(sign_in, estimated):
    saved = estimated(closed="no")
    client = sign_in("press_officer")

    page = text(client.get(reverse("picture:publish_estimate", args=[saved.pk])))

    assert 'aria-disabled="true"' in page
    assert "Då håller inte talet" in page


def test_a_refused_run_is_nowhere_to_publish(sign_in, estimated):
    saved = estimated(THIN_TABLE)

    response = sign_in("press_officer").get(reverse("picture:publish_estimate", args=[saved.pk]))

    assert response.status_code == 404
