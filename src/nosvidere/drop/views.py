"""The relay: what the two inside parties fetch, acknowledge and push. Nothing here is for a browser."""

import base64

from django.http import HttpResponse, JsonResponse

from nosvidere.drop import actions, forms, queries
from nosvidere.drop.models import Letter
from nosvidere.drop.relay import BOTH, POLICE, PartyRequest, for_parties
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import today


@for_parties(*BOTH, method="GET")
def spool(request: PartyRequest) -> HttpResponse:
    """Answer with the next letters to the party."""
    letters = queries.letters_for(request.party, after=request.GET.get("after", ""))
    return JsonResponse({"letters": [_letter(letter) for letter in letters]})


@for_parties(*BOTH, method="GET")
def attachment(request: PartyRequest, attachment_id: str) -> HttpResponse:
    """Answer with one sealed attachment."""
    blob = queries.attachment_for(request.party, attachment_id=attachment_id)
    if blob is None:
        return HttpResponse(status=404)
    return HttpResponse(blob, content_type="application/octet-stream")


@for_parties(*BOTH, method="POST")
def acknowledge(request: PartyRequest) -> HttpResponse:
    """Delete the letters that the party has stored."""
    ids = forms.read_ids(request.body)
    return JsonResponse({"deleted": actions.acknowledge(party=request.party, ids=ids)})


@for_parties(*POLICE, method="POST")
def outbox(request: PartyRequest) -> HttpResponse:
    """Lay answers in mailboxes."""
    answers = forms.read_answers(request.body)
    return JsonResponse({"stored": actions.post_answers(answers=answers, on=today())})


@for_parties(*POLICE, method="POST")
def tags(request: PartyRequest) -> HttpResponse:
    """Answer with the tags of mailboxes whose codes the police have made themselves."""
    mids = forms.read_mids(request.body)
    return JsonResponse({"tags": [queries.tag_of(mid) for mid in mids]})


@for_parties(*BOTH, method="POST")
def letters(request: PartyRequest) -> HttpResponse:
    """Store a letter from one party to the other."""
    letter_id, to, epoch, blob = forms.read_letter(request.body)
    if to == request.party or to not in BOTH:
        raise Refused("Ett brev går till den andra parten.")
    is_new = actions.take_in_sealed(to=to, letter_id=letter_id, epoch=epoch, blob=blob, on=today())
    return JsonResponse({"stored": int(is_new)})


@for_parties(*BOTH, method="POST")
def keys(request: PartyRequest) -> HttpResponse:
    """Keep the party's signed key list."""
    actions.publish_keys(party=request.party, signed=request.body, on=today())
    return JsonResponse({"published": 1})


@for_parties(*BOTH, method="GET")
def keys_of(request: PartyRequest, party: str) -> HttpResponse:
    """Answer with a party's signed key list."""
    signed = queries.signed_keys_of(party)
    if signed is None:
        return HttpResponse(status=404)
    return HttpResponse(signed, content_type="application/octet-stream")


@for_parties(*POLICE, method="POST")
def bulletin(request: PartyRequest) -> HttpResponse:
    """Publish what the police have signed."""
    return JsonResponse({"published": actions.publish_bulletin(signed=request.body)})


def _letter(letter: Letter) -> dict[str, object]:
    """Return a letter as it travels to its receiver."""
    return {
        "id": letter.id,
        "epoch": letter.epoch,
        "day": letter.day.isoformat(),
        "tag": letter.tag,
        "blob": base64.b64encode(bytes(letter.blob)).decode(),
        "attachments": [row.id for row in letter.attachments.all()],
    }
