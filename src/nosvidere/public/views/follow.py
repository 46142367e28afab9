"""Following up with a code: read answers, answer, add, take back. The tip itself is never shown again."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from nosvidere.engine.sealing import Code
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now, today
from nosvidere.public import actions
from nosvidere.public.flood import lane_of
from nosvidere.public.forms import MessageForm, WithdrawForm
from nosvidere.public.photos import PhotosForm, has_chosen, is_broken_off
from nosvidere.public.present import dialogue_of
from nosvidere.public.queries import answers_to
from nosvidere.public.tokens import LEAST_SECONDS, hide_code
from nosvidere.public.views.door import through_code
from nosvidere.public.views.frame import (
    UNPROCESSABLE,
    changes_language,
    reason_of,
    show,
)
from nosvidere.rules.keeping import REPLY_BOX_DAYS
from nosvidere.ui.access import open_to_all
from nosvidere.ui.components import Notice
from nosvidere.ui.forms import PageForm

CREATED = 201
FORMS: dict[str, type[PageForm]] = {"message": MessageForm, "withdraw": WithdrawForm}


@open_to_all("whoever has a code may read what was answered to it")
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for a code, show what was answered to it, and take in what its owner sends."""
    return through_code(request, name="follow", first=_dialogue, go_on=_go_on)


def _go_on(request: HttpRequest, code: Code) -> HttpResponse:
    """Do what the page that holds a code asks for."""
    act = request.POST.get("act", "")
    if changes_language(request) or act not in FORMS:
        return _dialogue(request, code)
    return _send(request, code, act)


def _send(request: HttpRequest, code: Code, act: str) -> HttpResponse:
    """Send what was written; whatever hinders it, the text is kept."""
    form, photos = FORMS[act](request.POST), PhotosForm.of(request)
    if is_broken_off(request):
        text = _("Allt kom inte fram. Texten är kvar. Skicka igen, gärna utan bilder.")
        broken = Notice(text, kind="time", title=_("Det bröts på vägen"))
        return _dialogue(request, code, form=form, notice=broken)
    if not (form.is_valid() and photos.is_valid()):
        return _dialogue(request, code, form=form, photos=photos)
    try:
        _deliver(request, act, form.cleaned_data["text"], photos=photos, code=code)
    except Refused as refused:
        return _dialogue(request, code, form=form, photos=photos, notice=reason_of(refused))
    return _dialogue(request, code, sent=act)


def _deliver(request: HttpRequest, act: str, text: str, *, photos: PhotosForm, code: Code) -> None:
    fields, lang = ({"text": text} if text else {}), str(get_language())
    if act == "withdraw":
        actions.withdraw_tip(fields=fields, code=code, lang=lang, on=today())
        return
    # A flood of messages fills no more than the slower lane's room, as a flood of tips.
    lane = lane_of(request, age=LEAST_SECONDS, at=now())
    told = fields | photos.letter | lane
    actions.send_message(fields=told, code=code, lang=lang, on=today(), photos=photos.sent)


def _dialogue(
    request: HttpRequest,
    code: Code,
    *,
    form: PageForm | None = None,
    photos: PhotosForm | None = None,
    notice: Notice | None = None,
    sent: str = "",
) -> HttpResponse:
    """Show the answers to a code and the forms beneath; raises what reading them raises."""
    values = {
        "dialogue": dialogue_of(answers_to(code, on=today()), is_answered=sent == "message"),
        **_forms(request, form),
        "photos": photos or PhotosForm(),
        "choose_again": has_chosen(request) and not sent,
        "notice": _sent(sent) if sent else notice,
        "hidden": hide_code(code, now()),
        "action": reverse("public:follow"),
        "box_days": REPLY_BOX_DAYS,
    }
    status = UNPROCESSABLE if form is not None else CREATED if sent else 200
    return show(request, "dialogue", values, status=status, language_form="message")


def _forms(request: HttpRequest, form: PageForm | None) -> dict[str, object]:
    """Return the page's two forms, one of them as it was sent."""
    typed = {"text": request.POST.get("text", "")} if changes_language(request) else {}
    return {
        "message_form": form if isinstance(form, MessageForm) else MessageForm(initial=typed),
        "withdraw_form": form if isinstance(form, WithdrawForm) else WithdrawForm(),
        "is_withdrawing": isinstance(form, WithdrawForm),
    }


def _sent(act: str) -> Notice:
    if act == "withdraw":
        text = _("Vi har fått veta att du tar tillbaka tipset. En människa tar hand om det.")
        return Notice(text, title=_("Skickat"))
    return Notice(_("Det du skrev är skickat. Titta igen om någon dag."), title=_("Skickat"))
