"""A tip in three small screens. What is typed is carried in the page; nothing is stored before it is sealed."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from nosvidere.drop.actions import FormUsed
from nosvidere.engine.sealing import Code
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now, today
from nosvidere.public import actions
from nosvidere.public.draft import SCREENS, Draft
from nosvidere.public.flood import lane_of
from nosvidere.public.forms import LastFourForm
from nosvidere.public.photos import PhotosForm, has_chosen, is_broken_off
from nosvidere.public.present import Receipt, receipt_of
from nosvidere.public.tokens import (
    CodePutAway,
    find_code,
    form_age,
    form_mark,
    hide_code,
    renewed_token,
)
from nosvidere.public.views.frame import (
    CONFLICT,
    NOT_NOW,
    UNPROCESSABLE,
    changes_language,
    chosen_language,
    reason_of,
    show,
)
from nosvidere.rules.keeping import DISCARDED_TIP_DAYS
from nosvidere.ui.access import open_to_all
from nosvidere.ui.components import Notice

CREATED = 201
LANGUAGE_FORM = "tip"
ANYONE = "anyone may tell the police something, without an account and without a trace"


@open_to_all(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def tip(request: HttpRequest) -> HttpResponse:
    """Show a screen of the tip, or send it when the last one is done."""
    draft = Draft(request.POST, today())
    with chosen_language(request):
        if not draft.is_begun or changes_language(request):
            return _screen(request, draft, draft.at)
        if draft.goes_to:
            return _go(request, draft)
        return _send(request, draft)


def show_place(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the first screen as a draft fills it."""
    return _screen(request, draft, SCREENS[0])


def _go(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the screen that was asked for, or the first one before it with something to put right."""
    wrong = draft.first_wrong(before=draft.goes_to)
    if wrong:
        return _screen(request, draft, wrong, checked=True)
    return _screen(request, draft, draft.goes_to)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take the tip if all of it is there and can be; whatever hinders it, the text is kept."""
    wrong = draft.first_wrong()
    if wrong:
        return _screen(request, draft, wrong, checked=True)
    photos, hindrance = PhotosForm.of(request), _hindrance(request)
    if hindrance or not photos.is_valid():
        return _screen(request, draft, "when", notice=hindrance, photos=photos)
    return _seal(request, draft, photos)


def _hindrance(request: HttpRequest) -> Notice | None:
    """Return why what was sent is not taken as it came: it broke off, or its page had been open for more than a day."""
    if is_broken_off(request):
        text = _("Allt kom inte fram. Texten är kvar. Skicka igen, gärna utan bilder.")
        return Notice(text, kind="time", title=_("Det bröts på vägen"))
    if form_age(request.POST.get("token", ""), now()) is None:
        text = _(
            "Sidan hade legat öppen länge. Allt du skrivit är kvar. Tryck på Skicka en gång till."
        )
        return Notice(text, kind="time", title=_("Skicka igen"))
    return None


def _seal(request: HttpRequest, draft: Draft, photos: PhotosForm) -> HttpResponse:
    """Seal the tip to the police and show its code; where that is refused, the text is kept."""
    token = request.POST["token"]
    lane = lane_of(request, age=form_age(token, now()) or 0, at=now())
    try:
        code = actions.send_tip(
            fields=draft.letter() | photos.letter | lane,
            lang=str(get_language()),
            on=draft.on,
            photos=photos.sent,
            form=form_mark(token),
        )
    except Refused as refused:
        return _refused(request, draft, photos, refused)
    return _thanks(request, code, is_danger=draft.is_danger, status=CREATED)


def _refused(
    request: HttpRequest, draft: Draft, photos: PhotosForm, refused: Refused
) -> HttpResponse:
    """Show why the tip was not taken, with all of its text; a form that was used is a new one then."""
    is_used = isinstance(refused, FormUsed)
    return _screen(
        request,
        draft,
        "when",
        notice=reason_of(refused),
        photos=photos,
        token=renewed_token(request.POST["token"], now()) if is_used else "",
        status=CONFLICT if is_used else NOT_NOW,
    )


def _screen(
    request: HttpRequest,
    draft: Draft,
    name: str,
    *,
    checked: bool = False,
    notice: Notice | None = None,
    photos: PhotosForm | None = None,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show one screen with all that was typed so far; `checked` also shows what to put right."""
    photos = photos or PhotosForm(initial={"photo_place": "photo_place" in request.POST})
    values = {
        **_written(draft, name, checked=checked),
        "token": token or _token(request),
        "notice": notice,
        "photos": photos,
        "choose_again": has_chosen(request),
        "action": reverse("public:tip"),
    }
    shown = UNPROCESSABLE if checked or photos.errors else status
    return show(request, "tip", values, status=shown, language_form=LANGUAGE_FORM)


def _written(draft: Draft, name: str, *, checked: bool) -> dict[str, object]:
    """Return what a screen shows of the draft, and what it says of it."""
    return {
        "form": draft.form(name, checked=checked),
        "screen": name,
        "number": SCREENS.index(name) + 1,
        "count": len(SCREENS),
        "carried": draft.beside(name),
        "is_danger": draft.is_danger,
        **(draft.warnings() if name == SCREENS[-1] else {}),
    }


def _token(request: HttpRequest) -> str:
    """Return the page's token, or a new one where it has none that holds."""
    held = request.POST.get("token", "")
    return held if form_age(held, now()) is not None else renewed_token(held, now())


@open_to_all("shows only the code that the page already carries")
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def code_kept(request: HttpRequest) -> HttpResponse:
    """Show the code again in another language, or say whether its last four signs are written down right."""
    with chosen_language(request):
        try:
            code = find_code(request.POST.get("hidden", ""), now())
        except CodePutAway as refused:
            return show(request, "code_gone", {"notice": reason_of(refused)}, status=UNPROCESSABLE)
        typed = None if changes_language(request) else LastFourForm(request.POST)
        is_danger = request.POST.get("danger") == "yes"
        return _thanks(request, code, typed=typed, is_danger=is_danger)


def _thanks(
    request: HttpRequest,
    code: Code,
    *,
    typed: LastFourForm | None = None,
    is_danger: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show the code, once; `typed` is what was written down, if it was typed back."""
    receipt = receipt_of(code)
    is_right = typed is not None and _is_right(typed, receipt)
    values = {
        "receipt": receipt,
        "form": typed or LastFourForm(initial=request.POST.dict()),
        "is_right": is_right,
        "is_danger": is_danger,
        "hidden": hide_code(code, now()),
        "action": reverse("public:code_kept"),
        "tip_days": DISCARDED_TIP_DAYS,
    }
    shown = UNPROCESSABLE if typed and not is_right else status
    return show(request, "thanks", values, status=shown, language_form="kept")


def _is_right(typed: LastFourForm, receipt: Receipt) -> bool:
    """Say whether the end of the code was typed back right; if not, the form says what to do."""
    if not typed.is_valid():
        return False
    is_right = receipt.ends_with(typed.cleaned_data["last_four"])
    if not is_right:
        text = _("Det stämmer inte. Jämför med koden och rätta det du skrev.")
        typed.add_error("last_four", text)
    return is_right
