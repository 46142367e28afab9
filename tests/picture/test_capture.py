"""The region's own places as a capture table, without any person."""

from datetime import date

import pytest
from tests.making import make_place, make_statement

from nosvidere.intake.models import SourceItem
from nosvidere.kernel.ids import new_id
from nosvidere.kernel.refused import Refused
from nosvidere.leads.models import Statement
from nosvidere.picture.capture import own_places

pytestmark = pytest.mark.django_db
DAY = date(2020, 9, 10)


def told(place, kind, *, channel="web", sign="F01", at):
    """Let an item of a kind state something on a place."""
    item = SourceItem.objects.create(
        kind=kind,
        channel=channel,
        state="REGISTERED" if kind == "ad" else "TRIAGED",
        diary_no=str(new_id())[12:],
        received_at=at,
        lawful_ground="PBL",
        expires_on=date(2021, 1, 1),
    )
    statement = make_statement(place, sign, on=DAY)
    Statement.objects.filter(pk=statement.pk).update(item=item, check_id=None)
    return statement


def test_each_kind_of_source_is_a_list_and_a_place_counts_once(analyst, at):
    one, two, three = (make_place(n) for n in (1, 2, 3))
    for place in (one, one, two):
        told(place, "tip", at=at)
    told(one, "ad", channel="import", at=at)
    told(two, "tip", channel="landlord", at=at)
    told(three, "observation", channel="patrol", at=at)
    told(three, "landlord", channel="web", at=at)
    make_statement(three, "V01", on=DAY)

    own = own_places(reader=analyst)

    assert own.totals == {"tips": 2, "annonser": 1, "egen iakttagelse": 1, "hyresvärdar": 2}
    assert own.places == 3
    assert own.table.overlaps == 3
    assert own.table.lists == ("tips", "annonser", "egen iakttagelse", "hyresvärdar")
    assert own.left_out == ()


def test_a_dwelling_counts_as_its_entrance(analyst, at):
    entrance = make_place(1)
    dwelling = make_place(2, external_id="lgh-1", parent=entrance)
    told(entrance, "tip", at=at)
    told(dwelling, "ad", channel="import", at=at)

    own = own_places(reader=analyst)

    assert (own.places, own.table.overlaps) == (1, 1)
    assert own.left_out == ("egen iakttagelse", "hyresvärdar")


def test_what_speaks_against_or_is_withdrawn_puts_a_place_on_no_list(analyst, at):
    place = make_place(1)
    make_statement(place, "V02", on=DAY)
    gone = told(place, "tip", at=at)
    Statement.objects.filter(pk=gone.pk).update(withdrawn_at=at, withdrawn_reason="Fel plats.")

    own = own_places(reader=analyst)

    assert (own.places, own.table) == (0, None)
    assert "Minst två listor" in own.unusable


def test_only_an_analyst_may_ask(press_officer):
    with pytest.raises(Refused):
        own_places(reader=press_officer)
