"""The page where a person says which address an item is about."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from tests.leads.test_actions import make_ad, make_tip
from tests.leads.test_views import MENTION
from tests.making import make_place

from nosvidere.engine.places import SENTENCES
from nosvidere.intake.models import Message, SourceItem, Tip
from nosvidere.kernel.refused import Refused
from nosvidere.leads import actions
from nosvidere.leads.present.confirming import candidates, confirm_page, marked
from nosvidere.register.models import Place, StreetElsewhere
from nosvidere.rules.triage import WHERE_QUESTION

pytestmark = pytest.mark.django_db
TEXT = "vid Tångvägen 1 och Tångvägen 2"


def mention(number: int, **fields: object) -> dict[str, object]:
    """Return a mention of a house on the made-up street, as `TEXT` has it."""
    start = TEXT.index(f"Tångvägen {number}")
    written = {"start": start, "end": start + len("Tångvägen 1"), "text": f"Tångvägen {number}"}
    house = {"number": str(number), "address_id": f"Tångvägen-{number}", "alternatives": []}
    return {**MENTION, **written, **house, **fields}


@pytest.fixture
def item(at):
    make_place(1)
    make_place(2)
    tip = make_tip(1, at, sanitised_place=TEXT)
    SourceItem.objects.update(mentions=[mention(1), mention(2, apartment="1203")])
    tip.refresh_from_db()
    return tip


@pytest.fixture
def with_mailbox(item):
    Tip.objects.update(tag="aa" * 16, mailbox=b"\x01" * 32)
    item.tip.refresh_from_db()
    return item


def page_of(client, item) -> str:
    return client.get(reverse("leads:confirm", args=[item.pk])).content.decode()


def test_every_mention_is_marked_in_its_text():
    pieces = marked(TEXT, [mention(2), mention(1)])

    assert [piece.text for piece in pieces if piece.is_marked] == ["Tångvägen 1", "Tångvägen 2"]
    assert "".join(piece.text for piece in pieces) == TEXT


def test_a_mention_of_another_text_marks_nothing():
    assert [piece.is_marked for piece in marked("en annan text", [mention(1)])] == [False]


def test_the_candidates_are_chosen_by_digits_as_far_as_they_reach():
    places = {f"Tångvägen-{n}": make_place(n) for n in range(1, 12)}
    options = [{"address_id": f"Tångvägen-{n}", "confidence": 0.1} for n in range(2, 12)]

    found = candidates([mention(1, alternatives=options)], places)

    assert [one.key for one in found] == [*"123456789", "", ""]
    assert found[1].why == ()


def test_the_page_has_a_table_that_the_digits_choose_in(sign_in, item):
    page = page_of(sign_in("analyst"), item)

    assert page.count('<kbd aria-hidden="true">1</kbd>') == 1
    assert 'id="candidates-table"' in page
    assert "data-digits" in page
    assert 'value="1203"' in page
    assert 'data-key="0"' in page


def test_places_with_points_are_on_the_map(sign_in, item):
    client = sign_in("analyst")
    Place.objects.update(lat=None, lon=None, cell="")
    without = page_of(client, item)
    Place.objects.filter(number="1").update(lat=57.7, lon=11.95)

    with_map = page_of(client, item)

    assert "data-map" not in without.replace("data-map-note", "").replace("[data-map]", "")
    assert 'data-lat="57.700000" data-lon="11.950000"' in with_map


def test_reasons_are_in_the_readers_language(sign_in, item):
    SourceItem.objects.update(mentions=[mention(1, reasons=["Numret finns i registret."])])
    client = sign_in("analyst")

    swedish = page_of(client, item)
    address = reverse("leads:confirm", args=[item.pk])
    with translation.override("sv"):
        english = client.get(address, headers={"accept-language": "en"}).content.decode()

    assert "Numret finns i registret." in swedish
    assert "The number is in the register." in english


def test_a_place_without_a_house_is_told_with_why(item):
    away = mention(1, address_id=None, reasons=["Gatunamnet finns i registret: Tångvägen.", "Numret finns i registret."])  # fmt: skip
    item.mentions = [away]

    page = confirm_page(item, {}, tiles_href="")

    assert page.unread == ("Tångvägen 1: Numret finns i registret.",)


def test_what_the_register_lacks_is_said_until_it_is_loaded(sign_in, item):
    client = sign_in("analyst")

    before = page_of(client, item)
    StreetElsewhere.objects.create(name="Tångvallen")

    assert "Listan över landets gatunamn är inte inläst." in before
    assert "Listan över landets gatunamn" not in page_of(client, item)


def test_the_sender_is_asked_in_fixed_words(sign_in, with_mailbox):
    client = sign_in("analyst")
    shown = page_of(client, with_mailbox)

    done = client.post(reverse("leads:ask_where", args=[with_mailbox.pk]), follow=True)

    with_mailbox.refresh_from_db()
    assert WHERE_QUESTION in shown
    assert "Frågan är skickad." in done.content.decode()
    assert with_mailbox.state == "QUESTION_ASKED"
    assert not Message.objects.get().is_from_sender


def test_a_tip_without_a_mailbox_says_why_nobody_can_be_asked(sign_in, item):
    Tip.objects.update(tag="")
    client = sign_in("analyst")

    shown = page_of(client, item)
    refused = client.post(reverse("leads:ask_where", args=[item.pk]), follow=True)

    assert "Tipset kom inte genom brevlådan" in shown
    assert "Tipset kom inte genom brevlådan" in refused.content.decode()
    assert Message.objects.count() == 0


def test_nobody_is_asked_about_an_ad(analyst, at):
    ad = make_ad(1, at)

    with pytest.raises(Refused, match="inget tips"):
        actions.ask_where(item=ad, by=analyst, at=at)


@pytest.mark.parametrize("role", ["operation_lead", "source_handler", "field_officer"])
def test_only_one_who_confirms_places_asks_where(sign_in, with_mailbox, role):
    answer = sign_in(role).post(reverse("leads:ask_where", args=[with_mailbox.pk]))

    assert answer.status_code == 403
    assert Message.objects.count() == 0


def test_every_reason_has_its_english():
    with translation.override("en"):
        same = [sentence for sentence in SENTENCES if gettext(sentence) == sentence]

    assert same == []
