"""What people add to the register, and what it answers."""

from datetime import date, timedelta

import pytest
from tests.making import make_landlord, make_place

from nosvidere.audit.models import AuditEvent
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.register import queries
from nosvidere.register.actions import (
    build_index,
    dwelling_at,
    import_and_index,
    load_streets_elsewhere,
    name_landlord,
    party_named,
    rebuild_index,
    remove_nickname,
    set_nickname,
    tell_landlord,
)
from nosvidere.register.models import Nickname, Party, Place, StreetElsewhere, Tenure
from nosvidere.register.queries import IndexState

pytestmark = pytest.mark.django_db

COMPANY = {
    "kind": "housing_company",
    "name": "Havsbybostäder",
    "org_no": "556000-0000",
    "service_address": "",
    "is_verified": True,
}


def test_a_dwelling_is_added_once(analyst, at):
    entrance = make_place()

    first = dwelling_at(entrance=entrance, dwelling_no="1203", by=analyst, at=at)
    again = dwelling_at(entrance=entrance, dwelling_no="1203", by=analyst, at=at)

    assert first == again
    assert (first.floor, first.parent, first.lat) == ("2", entrance, entrance.lat)
    assert AuditEvent.objects.filter(act="place.dwelling").count() == 1
    assert list(queries.dwellings_of(entrance)) == [first]


@pytest.mark.parametrize("no", ["12", "12a3", "12345", ""])
def test_a_dwelling_number_has_four_figures(no, analyst, at):
    with pytest.raises(Refused, match="fyra siffror"):
        dwelling_at(entrance=make_place(), dwelling_no=no, by=analyst, at=at)


def test_a_landlord_is_told_with_the_party(analyst, at):
    place = make_place()

    tenure = tell_landlord(place=place, form="RENTAL", from_on=None, **COMPANY, by=analyst, at=at)

    assert tenure.from_on == local_date(at)
    assert queries.landlord_of(place) == tenure
    assert {e.act for e in AuditEvent.objects.all()} == {"party.name", "place.landlord"}


def test_a_new_landlord_ends_the_one_before(analyst, at):
    place = make_place()
    before = make_landlord(place)

    tell_landlord(
        place=place,
        form="COOP",
        from_on=date(2020, 9, 20),
        kind="housing_coop",
        name="Brf Tången",
        by=analyst,
        at=at,
    )

    before.refresh_from_db()
    assert before.until_on == date(2020, 9, 20)
    assert [t.party.name for t in queries.tenures_of(place)] == ["Brf Tången", "Havsbybostäder"]


def test_a_dwelling_has_its_entrances_landlord(analyst, at):
    entrance = make_place()
    tenure = make_landlord(entrance)

    dwelling = dwelling_at(entrance=entrance, dwelling_no="1001", by=analyst, at=at)

    assert queries.landlord_of(dwelling) == tenure
    assert queries.landlord_of(make_place(2)) is None


def test_the_same_party_is_brought_up_to_date(analyst, at):
    first = party_named(**{**COMPANY, "is_verified": False}, by=analyst, at=at)
    again = party_named(**{**COMPANY, "name": "Havsbybostäder AB"}, by=analyst, at=at)

    assert first.pk == again.pk
    assert Party.objects.get().is_verified


@pytest.mark.parametrize(
    "values", [{"name": " "}, {"kind": "tenant"}, {"org_no": "", "service_address": ""}]
)
def test_a_party_that_cannot_be_served_is_refused(values, analyst, at):
    with pytest.raises(Refused):
        party_named(**{**COMPANY, **values}, by=analyst, at=at)

    assert not Party.objects.exists()


@pytest.mark.parametrize(("form", "days"), [("LEASE", 0), ("RENTAL", 1)])
def test_an_unknown_form_or_a_coming_day_is_refused(form, days, analyst, at):
    place, party = make_place(), Party.objects.create(kind="hotel", name="Hotell Ankaret")

    with pytest.raises(Refused):
        name_landlord(
            place=place,
            party=party,
            form=form,
            from_on=local_date(at) + timedelta(days=days),
            by=analyst,
            at=at,
        )

    assert not Tenure.objects.exists()


def test_a_nickname_is_read_at_once_and_can_be_changed(home, register_file, administrator, at):
    import_and_index(file=register_file(), by=administrator, at=at)

    set_nickname(nickname="Tången", street="Tångvägen", by=administrator, at=at)
    assert [m.address_id for m in queries.mentions_in("Tången 1")] == ["h-1"]

    set_nickname(nickname="Tången", street="Sjöstjärnegatan", by=administrator, at=at)
    assert [m.address_id for m in queries.mentions_in("Tången 10")] == ["h-3"]


def test_a_nickname_is_changed_in_place(administrator, at):
    make_place()
    entry = set_nickname(nickname="Tangen", street="Tångvägen", by=administrator, at=at)

    set_nickname(nickname="Tången", street="Tångvägen", instead_of=entry, by=administrator, at=at)

    assert [n.nickname for n in Nickname.objects.all()] == ["Tången"]


@pytest.mark.parametrize(("nickname", "street"), [("", "Tångvägen"), ("Ströget", "Storgatan")])
def test_a_nickname_needs_a_name_and_a_street(nickname, street, administrator, at):
    make_place()

    with pytest.raises(Refused):
        set_nickname(nickname=nickname, street=street, by=administrator, at=at)


def test_a_nickname_is_removed(administrator, at):
    make_place()
    entry = set_nickname(nickname="Tången", street="Tångvägen", by=administrator, at=at)

    remove_nickname(nickname=entry, by=administrator, at=at)

    assert not Nickname.objects.exists()
    assert AuditEvent.objects.filter(act="register.nickname_removed").exists()


def test_streets_elsewhere_are_replaced(administrator, at):
    load_streets_elsewhere(
        names=["Storgatan", " Storgatan ", "", "Kyrkogatan"], by=administrator, at=at
    )

    assert queries.names_elsewhere(reader=administrator) == 2
    kept = StreetElsewhere.objects.get(name="Storgatan").pk

    assert load_streets_elsewhere(names=["Storgatan"], by=administrator, at=at) == 1
    assert StreetElsewhere.objects.get().pk == kept
    assert [str(s) for s in StreetElsewhere.objects.all()] == ["Storgatan"]


def test_nothing_is_read_without_an_index(home, administrator, at):
    with pytest.raises(Refused, match="inget index"):
        queries.mentions_in("Tångvägen 1")
    with pytest.raises(Refused, match="tomt"):
        build_index()


def test_the_index_tells_how_much_of_the_register_it_holds(home, register_file, administrator, at):
    assert queries.index_state(reader=administrator) == IndexState(0, None, is_fresh=False)

    import_and_index(file=register_file(), by=administrator, at=at)
    make_place(7)
    assert queries.index_state(reader=administrator) == IndexState(5, 4, is_fresh=False)

    rebuild_index(by=administrator, at=at)
    assert queries.index_state(reader=administrator) == IndexState(5, 5, is_fresh=True)


def test_places_are_found_by_words_and_stand_in_the_order_of_the_street(analyst):
    for number in (10, 2, 1):
        make_place(number)
    make_place(2, street="Sjöstjärnegatan")

    found = queries.live_places(reader=analyst, words="tång 1")

    assert [str(p) for p in queries.live_places(reader=analyst, words="Tångvägen")] == [
        "Tångvägen 1",
        "Tångvägen 2",
        "Tångvägen 10",
    ]
    assert [str(p) for p in found] == ["Tångvägen 1", "Tångvägen 10"]
    assert Place.objects.get(external_id="Tångvägen-2").number == "2"


@pytest.mark.usefixtures("home")
def test_a_text_is_read_to_places(register_file, administrator, analyst, at):
    import_and_index(file=register_file(), by=administrator, at=at)

    ((mention, place),) = queries.places_read(reader=analyst, text="på Tångvägen 2A")

    assert mention.text == "Tångvägen 2A"
    assert place.external_id == "h-2"
    assert queries.places_read(reader=analyst, text=" ") == []
