"""Pages on notices, as each role meets them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nosvidere.courier import actions as courier
from nosvidere.drop.queries import read_answers
from nosvidere.engine.sealing import parse_code
from nosvidere.kernel.time import local_date, now
from nosvidere.landlords import actions
from nosvidere.landlords.models import Notice
from nosvidere.rules.notice import HARM_QUESTIONS

pytestmark = pytest.mark.django_db
REVIEW = {
    "proportionality": "Brevet nämner ingen.",
    "ground": "OSL 10:2",
    **dict.fromkeys(HARM_QUESTIONS, "Nej."),
}
ACTS = (
    "revise",
    "ask_review",
    "review",
    "reject",
    "serve",
    "letter",
    "told",
    "write",
    "verify",
    "step",
)


def address(name, notice=None):
    return reverse(f"landlords:{name}", args=[notice.pk] if notice else [])


def post(client, name, notice, **values):
    return client.post(address(name, notice), values, follow=True)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("analyst", 200),
        ("operation_lead", 200),
        ("legal_reviewer", 200),
        ("source_handler", 403),
        ("field_officer", 403),
        ("press_officer", 403),
        ("services_worker", 403),
    ],
)
def test_who_may_read_notices(sign_in, draft, role, status):
    client = sign_in(role)

    assert client.get(address("notices")).status_code == status
    assert client.get(address("notice", draft)).status_code == status


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", ["operation_lead", "regional_coordinator"])
def test_who_may_not_act_on_a_notice(sign_in, draft, name, role):
    assert sign_in(role).post(address(name, draft)).status_code == 403


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("analyst", {"review", "reject"}),
        ("legal_reviewer", {"revise", "ask_review", "verify"}),
    ],
)
def test_each_role_has_its_acts_and_an_unready_notice_says_why_not(
    sign_in, approved, role, refused
):
    Notice.objects.update(hold_until_on=local_date(now()) + timedelta(days=2))
    client = sign_in(role)

    for name in ACTS:
        expected = 403 if name in refused else 422
        assert client.post(address(name, approved)).status_code == expected, name
    assert Notice.objects.get().state == "APPROVED"


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_not_done_by_reading(sign_in, draft, name):
    assert sign_in("analyst").get(address(name, draft)).status_code == 405


def test_a_stranger_is_led_to_sign_in(client, draft):
    for name in ("notices", "notice"):
        response = client.get(address(name, draft if name == "notice" else None))
        assert response.status_code == 302
        assert response["Location"].startswith("/konto/")


def test_a_notice_that_is_not_there_is_not_found(sign_in, db):
    client = sign_in("analyst")

    assert client.get(reverse("landlords:notice", args=[7])).status_code == 404
    assert client.get(reverse("landlords:draft", args=[7])).status_code == 404


def test_an_empty_list_says_when_a_letter_is_written(sign_in, db):
    assert "Inga brev här" in sign_in("legal_reviewer").get(address("notices")).content.decode()


def test_a_draft_is_written_from_the_list(sign_in, lead):
    client = sign_in("analyst")
    page = client.get(address("notices")).content.decode()
    way = reverse("landlords:draft", args=[lead.pk])
    assert way in page

    assert client.get(way).status_code == 200
    response = client.post(way, {"extent_basis": "Besök varje kväll."}, follow=True)

    assert response.status_code == 200
    assert "Besök varje kväll." in response.content.decode()
    assert Notice.objects.get().state == "DRAFT"


def test_a_draft_that_does_not_carry_says_why_and_keeps_what_was_written(sign_in, lead):
    lead.place.statements.first().delete()

    response = sign_in("analyst").post(
        reverse("landlords:draft", args=[lead.pk]), {"extent_basis": "Besök varje kväll."}
    )

    assert response.status_code == 422
    assert "minst 2 olika dagar" in response.content.decode()
    assert "Besök varje kväll." in response.content.decode()
    assert not Notice.objects.exists()


def test_the_list_can_be_narrowed_to_a_state(sign_in, draft):
    client = sign_in("analyst")

    assert draft.diary_no in client.get(address("notices"), {"lage": "DRAFT"}).content.decode()
    assert draft.diary_no not in client.get(address("notices"), {"lage": "SENT"}).content.decode()


def test_a_draft_is_changed_and_handed_over(sign_in, draft):
    client = sign_in("analyst")

    changed = post(client, "revise", draft, extent_basis="Mer.")
    handed = post(client, "ask_review", draft)

    assert "Utkastet är ändrat." in changed.content.decode()
    assert "Brevet väntar på granskning." in handed.content.decode()
    assert Notice.objects.get().extent_basis == "Mer."


def test_a_lawyer_approves_with_every_question_answered(sign_in, in_review):
    client = sign_in("legal_reviewer")

    missing = client.post(address("review", in_review), {**REVIEW, "child": ""})
    assert missing.status_code == 422
    assert "Brevet nämner ingen." in missing.content.decode()

    done = post(client, "review", in_review, **REVIEW, hold_until_on="", reservation="Tystnad.")
    assert "Brevet är godkänt och kan skickas." in done.content.decode()
    assert Notice.objects.get().reservation == "Tystnad."


def test_a_lawyer_stops_a_letter(sign_in, in_review):
    client = sign_in("legal_reviewer")
    assert client.post(address("reject", in_review), {"why": ""}).status_code == 422

    assert "Brevet är avslaget." in post(client, "reject", in_review, why="Tunt.").content.decode()


def test_the_code_is_shown_once_and_the_letter_is_set_on_paper(sign_in, police, approved):
    client = sign_in("analyst")

    shown = client.post(address("serve", approved))
    code = shown.context["symbols"]
    paper = client.post(address("letter", approved), {"code": code})

    assert (shown.status_code, shown["Cache-Control"]) == (201, "no-store")
    assert (paper.status_code, paper["Cache-Control"]) == (200, "no-store")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert code not in client.get(address("notice", approved)).content.decode()


def test_a_code_that_is_not_whole_prints_nothing(sign_in, draft):
    response = sign_in("analyst").post(address("letter", draft), {"code": "7QK4"})

    assert response.status_code == 422


def test_a_landlord_is_reminded_and_then_served_in_another_way(sign_in, served):
    client, notice = sign_in("analyst"), served.notice

    written = post(client, "write", notice, text="Svara gärna.")
    told = post(client, "told", notice, told_on=local_date(now()).isoformat(), how="Kvitto 12")
    courier.push(at=now())

    assert "hyresvärdens brevlåda" in written.content.decode()
    assert "Fristen räknas från den." in told.content.decode()
    assert "Svara gärna." in read_answers(served.code, on=local_date(now()))[1].text
    assert Notice.objects.get().state == "RECEIVED"


def test_the_answer_is_shown_with_its_lines_and_nothing_of_it_runs(sign_in, reply):
    notice = reply(act="contested", text="<script>x</script>\nFel hus.")

    page = sign_in("legal_reviewer").get(address("notice", notice)).content.decode()

    assert "&lt;script&gt;x&lt;/script&gt;<br>Fel hus." in page
    assert "Tillbaka till granskning" not in page


def test_a_measure_is_said_to_hold(sign_in, reply):
    notice = reply(act="measure", measure="letting_ended", taken_on=local_date(now()).isoformat())

    assert "Åtgärden håller." in post(sign_in("analyst"), "verify", notice).content.decode()
    assert Notice.objects.get().state == "VERIFIED"


def test_a_step_by_hand_is_taken_with_its_reason(sign_in, draft):
    client = sign_in("analyst")

    wrong = client.post(address("step", draft), {"to": "WITHDRAWN"})
    done = post(client, "step", draft, to="WITHDRAWN", why="Fel hus.")

    assert wrong.status_code == 422
    assert "Brevet är ändrat." in done.content.decode()
    assert Notice.objects.get().state == "WITHDRAWN"


def test_no_id_stands_twice_on_a_page_with_many_forms(sign_in, in_review):
    page = sign_in("legal_reviewer").get(address("notice", in_review)).content.decode()

    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_the_code_from_the_page_opens_the_notice_on_the_public_side(sign_in, police, approved):
    shown = sign_in("analyst").post(address("serve", approved))
    courier.push(at=now())

    code = parse_code(shown.context["symbols"])
    (told,) = read_answers(code, on=local_date(now()))
    assert approved.diary_no in told.text
    assert parse_code(shown.context["words"]) == code


def test_the_same_letter_is_not_sent_twice(sign_in, served):
    response = sign_in("analyst").post(address("serve", served.notice))

    assert response.status_code == 422
    assert "Det går inte" in response.content.decode()
    assert actions.Served(served.notice, served.code) == served
