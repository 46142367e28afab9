"""Pages on tips, as each role meets them."""

import pytest
from django.urls import reverse
from tests.intake.conftest import HANDLER

from nosvidere.audit.models import AuditEvent
from nosvidere.intake.actions import (
    discard_tip,
    flag_address,
    forward_emergency,
    open_tip,
    take_in_tips,
)
from nosvidere.intake.models import SourceItem, Tip
from nosvidere.intake.present.tips import Piece, pieces
from nosvidere.rules.access import SYSTEM

pytestmark = pytest.mark.django_db

ROLES = {
    "source_handler": 200,
    "analyst": 200,
    "operation_lead": 200,
    "field_officer": 403,
    "legal_reviewer": 403,
}
GRADED = {
    "source_grade": "B",
    "info_grade": "2",
    "basis": "FACT",
    "signs": ["F01"],
    "sanitised_text": "Spring i trappan.",
}


def at_tip(name: str, tip: Tip) -> str:
    return reverse(f"intake:{name}", args=[tip.pk])


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_who_may_read_tips(sign_in, make_tip, role, status):
    tip = make_tip()
    client = sign_in(role)

    assert client.get(reverse("intake:tips")).status_code == status
    assert client.get(at_tip("tip", tip)).status_code == status


@pytest.mark.parametrize("act", ["open", "grade", "discard", "forward", "ask", "sender"])
def test_only_the_source_handler_decides(sign_in, make_tip, act):
    tip = make_tip()

    assert sign_in("analyst").post(at_tip(act, tip)).status_code == 403
    assert SourceItem.objects.get().state == "RECEIVED"


def test_a_stranger_is_led_to_sign_in(client, make_tip):
    assert client.get(at_tip("tip", make_tip())).status_code == 302


def test_danger_stands_first_and_is_said(sign_in, make_tip):
    make_tip("Ett")
    urgent = make_tip("Två", signs=["C01"])

    page = sign_in("source_handler").get(reverse("intake:tips")).content.decode()

    assert "Ett tips säger att någon kan vara i fara" in page
    assert page.index(urgent.item.diary_no) < page.index("NV-2020-000001")


def test_tips_are_listed_by_state(sign_in, make_tip):
    make_tip("Ett")
    make_tip("Två", is_graded=True)

    page = sign_in("analyst").get(reverse("intake:tips"), {"lage": "TRIAGED"}).content.decode()

    assert "NV-2020-000002" in page
    assert "NV-2020-000001" not in page


@pytest.mark.parametrize(
    ("role", "words", "found"),
    [
        ("analyst", "000002", [2]),
        ("analyst", "tångvägen", [2]),
        ("analyst", "KOMMER kvällarna", [2]),
        ("source_handler", "tångvägen", [1, 2]),
        ("source_handler", "springer", []),
    ],
)
def test_a_tip_is_found_by_what_the_reader_may_see_of_it(sign_in, make_tip, role, words, found):
    make_tip("Det springer folk.")
    make_tip("Två", is_graded=True)

    page = sign_in(role).get(reverse("intake:tips"), {"sok": words}).content.decode()

    assert [n for n in (1, 2) if f"NV-2020-00000{n}" in page] == found
    assert ("Inget tips har de orden" in page) == (not found)
    assert AuditEvent.objects.get(act="tip.search").fields == {"found": len(found)}


def test_the_words_that_were_read_stand_where_no_place_was_given(sign_in, make_tip):
    make_tip("Folk springer på Tångvägen 2.", place_text="", is_graded=True)

    page = sign_in("analyst").get(reverse("intake:tips")).content.decode()

    assert "i texten: Tångvägen 2" in page


def test_the_analyst_goes_from_the_tip_to_confirming_its_place(sign_in, make_tip):
    fresh, graded = make_tip("Ett"), make_tip("Två", is_graded=True)
    client = sign_in("analyst")
    address = reverse("leads:confirm", args=[graded.pk])

    assert address in client.get(at_tip("tip", graded)).content.decode()
    assert "Bekräfta platsen" not in client.get(at_tip("tip", fresh)).content.decode()


def test_the_source_handler_does_not_confirm_places(sign_in, make_tip):
    page = sign_in("source_handler").get(at_tip("tip", make_tip(is_graded=True)))

    assert "Bekräfta platsen" not in page.content.decode()


def test_tips_whose_addresses_were_all_wrong_are_shown_to_who_can_ask(
    sign_in, make_tip, analyst, at
):
    make_tip("Ett", is_graded=True)
    wrong = make_tip("Två", is_graded=True)
    flag_address(item=wrong.item, needs=True, by=analyst, at=at)
    client = sign_in("source_handler")

    every = client.get(reverse("intake:tips")).content.decode()
    listed = client.get(reverse("intake:tips"), {"lage": "NO_ADDRESS"}).content.decode()
    page = client.get(at_tip("tip", wrong)).content.decode()

    note = "Ingen adress stämde: fråga den som tipsat"
    assert every.count(note) == 1
    assert 'Ingen adress stämde <span class="count">1</span>' in every
    assert "NV-2020-000001" not in listed
    assert note in page
    assert "Bekräfta platsen" not in page


def test_a_linked_tip_is_called_the_same_in_tab_and_row(sign_in, make_tip):
    make_tip(is_graded=True)
    SourceItem.objects.update(state="LINKED")

    page = sign_in("analyst").get(reverse("intake:tips")).content.decode()

    assert "Kopplat till plats" in page
    assert ">kopplat till plats<" in page


def test_an_empty_list_says_where_tips_come_from(sign_in):
    assert (
        "hämtas från brevlådan" in sign_in("analyst").get(reverse("intake:tips")).content.decode()
    )


def test_the_analyst_sees_no_text_before_the_grading_and_the_masked_after(sign_in, make_tip):
    fresh = make_tip("Hemligt skrivet av grannen.")
    graded = make_tip("Också hemligt.", is_graded=True)
    client = sign_in("analyst")

    before = client.get(at_tip("tip", fresh)).content.decode()
    after = client.get(at_tip("tip", graded)).content.decode()

    assert "Hemligt" not in before
    assert "Andra ser ingen text" in before
    assert "Många kommer och går på kvällarna." in after
    assert "Också hemligt" not in after
    assert "Öppna tipset" not in after
    assert AuditEvent.objects.filter(act="tip.view").count() == 2


def test_the_handler_opens_with_a_reason_and_reads_the_original_marked(sign_in, make_tip):
    tip = make_tip("En rysk kvinna, tel 070-174 06 05.")
    client = sign_in("source_handler")

    refused = client.post(at_tip("open", tip), {"why": ""})
    opened = client.post(at_tip("open", tip), {"why": "Första läsning"}).content.decode()

    assert refused.status_code == 422
    assert "070-174 06 05" not in refused.content.decode()
    assert "<mark>070-174 06 05</mark> <small>(telefonnummer)</small>" in opened
    assert "<mark>rysk</mark>" in opened
    assert AuditEvent.objects.get(act="tip.read").why == "Första läsning"


def test_a_tip_is_graded_and_shown(sign_in, make_tip, at):
    tip = make_tip()
    open_tip(tip=tip, why="Läsning", by=HANDLER, at=at)
    client = sign_in("source_handler")

    page = client.post(at_tip("grade", tip), GRADED, follow=True).content.decode()

    assert "Bedömningen är sparad." in page
    assert "B: källan är oftast tillförlitlig" in page
    assert "Hemtjänst" in page


def test_a_grading_that_is_refused_keeps_what_was_written(sign_in, make_tip):
    tip = make_tip()

    response = sign_in("source_handler").post(at_tip("grade", tip), GRADED)

    assert response.status_code == 422
    assert "Läs tipset innan du bedömer det." in response.content.decode()
    assert SourceItem.objects.get().graded_by == ""


def test_a_discarded_tip_says_why(sign_in, make_tip, at):
    tip = make_tip()
    open_tip(tip=tip, why="Läsning", by=HANDLER, at=at)

    page = (
        sign_in("source_handler")
        .post(at_tip("discard", tip), {"reason": "spam"}, follow=True)
        .content.decode()
    )

    assert "Tipset är avskrivet." in page
    assert "skräp" in page


def test_the_command_centre_is_noted(sign_in, make_tip):
    tip = make_tip(signs=["C01", "C04"], is_dispute=True)
    client = sign_in("source_handler")

    before = client.get(at_tip("tip", tip)).content.decode()
    after = client.post(at_tip("forward", tip), follow=True).content.decode()

    assert "Någon kan vara i fara" in before
    assert "orosanmälan" in before
    assert "konflikt mellan grannar" in before
    assert "ledningscentralen vet" in after


def test_what_is_no_emergency_is_refused(sign_in, make_tip):
    response = sign_in("source_handler").post(at_tip("forward", make_tip()))

    assert response.status_code == 422
    assert "inte markerat som bråttom" in response.content.decode()


def test_a_question_is_asked_and_its_text_needs_opening(sign_in, letter, at):
    letter(saw="Något på Tångvägen 1.")
    take_in_tips(by=SYSTEM, at=at)
    tip = Tip.objects.get()
    client = sign_in("source_handler")
    client.post(at_tip("open", tip), {"why": "Läsning"})
    client.post(at_tip("grade", tip), GRADED)

    asked = client.post(
        at_tip("ask", tip), {"question": "Vilken våning?"}, follow=True
    ).content.decode()
    opened = client.post(at_tip("open", tip), {"why": "Läsning"}).content.decode()

    assert "Frågan är på väg." in asked
    assert "Vilken våning?" not in asked
    assert "Öppna tipset för att läsa." in asked
    assert "Vilken våning?" in opened


def test_the_same_sender_is_noted(sign_in, make_tip):
    one, other = make_tip("Ett"), make_tip("Två")
    client = sign_in("source_handler")

    page = client.post(
        at_tip("sender", one), {"numbers": other.item.diary_no}, follow=True
    ).content.decode()
    alone = client.post(at_tip("sender", make_tip("Tre")), {}, follow=True).content.decode()

    assert f"Samma avsändare som {other.item.diary_no}" in page
    assert "Okänd avsändare, räknas som eget håll." in alone


def test_a_call_is_written_down(sign_in, house):
    client = sign_in("source_handler")
    values = {
        "channel": "landlord",
        "text": "Hyrs ut dag för dag.",
        "place_text": "Tångvägen 2",
        "signs": ["T06"],
        "days": "3",
    }

    form = client.get(reverse("intake:call"))
    page = client.post(reverse("intake:call"), values, follow=True).content.decode()

    assert form.status_code == 200
    assert "Tipset är inlagt." in page
    assert Tip.objects.get().days == 3


def test_a_call_that_says_nothing_is_asked_for(sign_in, house):
    response = sign_in("source_handler").post(
        reverse("intake:call"), {"channel": "phone", "days": "1"}
    )

    assert response.status_code == 422
    assert "varken text eller plats" in response.content.decode()


def test_ended_tips_no_longer_wait(sign_in, make_tip, at):
    forward_emergency(tip=make_tip(signs=["C01"]), by=HANDLER, at=at)
    done = make_tip("Två", is_graded=True)
    discard_tip(tip=done, reason="spam", by=HANDLER, at=at)

    page = sign_in("analyst").get(reverse("intake:tips")).content.decode()

    assert "bråttom" not in page
    assert "avskrivet" in page


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("Inget att märka.", [Piece("Inget att märka.")]),
        (
            "Ring 070-174 06 05!",
            [Piece("Ring "), Piece("070-174 06 05", "telefonnummer"), Piece("!")],
        ),
    ],
)
def test_a_text_is_cut_where_something_may_not_be_passed_on(text, cut):
    assert pieces(text) == cut


def test_marks_never_overlap_and_lose_nothing():
    text = "Rysk kvinna, a.rysk@exempel.se, 070-174 06 05 och ryska grannar"

    assert "".join(piece.text for piece in pieces(text)) == text
