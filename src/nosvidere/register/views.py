"""Pages on the register."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.audit.actions import record
from nosvidere.engine.places import UnusableFile
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now
from nosvidere.register import actions, present, queries, reports
from nosvidere.register.forms import LandlordForm, NicknameForm, SearchForm, UploadForm
from nosvidere.register.models import Place
from nosvidere.register.uploads import on_disk
from nosvidere.rules.access import Actor, can
from nosvidere.ui.acts import attempt
from nosvidere.ui.components import crumbs, pager_for
from nosvidere.ui.toasts import say
from nosvidere.ui.words import sentence

ROWS = 50


@needs("register.read")
def imports(request: StaffRequest) -> HttpResponse:
    """List the imports of the register."""
    return _show_imports(request, UploadForm())


def _show_imports(request: StaffRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    page = Paginator(queries.imports(reader=request.actor), ROWS).get_page(request.GET.get("page"))
    names = queries.names_elsewhere(reader=request.actor)
    shown = {
        "rows": [reports.import_row(run) for run in page],
        "pager": _pager(page),
        "notice": reports.index_notice(queries.index_state(reader=request.actor)),
        "names": reports.names_notice(names),
        "lacks_names": not names,
        "attributions": queries.attributions(),
        "form": form,
        "may_import": can(request.actor, "register.import"),
        "may_see_places": can(request.actor, "place.read"),
    }
    return render(request, "register/imports.html", shown, status=status)


def _pager(page: Any, query: str = "") -> object:
    paginator = page.paginator
    return pager_for(
        number=page.number, pages=paginator.num_pages, count=paginator.count, query=query
    )


@require_POST
@needs("register.import")
def upload(request: StaffRequest) -> HttpResponse:
    """Load a file with addresses, build the index, and show what changed."""
    form = UploadForm(request.POST, request.FILES)
    done: list[int] = []
    if attempt(form, lambda values: done.append(_load(values["file"], by=request.actor))):
        say(request, _("Registret är inläst och indexet byggt."))
        return redirect("register:import", pk=done[0])
    return _show_imports(request, form, 422)


def _load(upload: "UploadedFile[bytes]", *, by: Actor) -> int:
    """Return the key of the import of an uploaded file; a file that cannot be read is refused with what to do."""
    try:
        with on_disk(upload) as file:
            return actions.import_and_index(file=file, by=by, at=now()).pk
    except UnusableFile as error:
        raise Refused("{text}", text=error) from error


@require_POST
@needs("register.import")
def build_index(request: StaffRequest) -> HttpResponse:
    """Build the index anew."""
    form = UploadForm({})
    try:
        actions.rebuild_index(by=request.actor, at=now())
    except Refused as refused:
        form.add_error(None, sentence(refused))
        return _show_imports(request, form, 422)
    say(request, _("Indexet är byggt av det som registret har nu."))
    return redirect("register:imports")


@needs("register.read")
def one_import(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one import with its rejected rows and what vanished or moved."""
    run = get_object_or_404(queries.imports(reader=request.actor), pk=pk)
    record(by=request.actor, act="register.import_view", on=run, at=now())
    shown = {
        "page": reports.import_page(run),
        "may_see_places": can(request.actor, "place.read"),
        "crumbs": crumbs((_("Register"), "/register/"), (run.file_name, "")),
    }
    return render(request, "register/import.html", shown)


@needs("place.read")
def places(request: StaffRequest) -> HttpResponse:
    """List the places, or those that some words name; a text is read as the tips are."""
    form = SearchForm(request.GET if "text" in request.GET else None)
    reading: list[present.ReadRow] = []
    attempt(form, lambda values: reading.extend(_read(values["text"], reader=request.actor)))
    text = form.cleaned_data.get("text", "") if form.is_bound else ""
    found = queries.live_places(reader=request.actor, words=text)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    if text:
        fields = {"found": page.paginator.count, "read": len(reading)}
        record(by=request.actor, act="place.search", at=now(), fields=fields)
    shown = {
        "form": form,
        "text": text,
        "rows": [present.place_row(place) for place in page],
        "reading": reading,
        "pager": _pager(page, present.query_of(text)),
        "may_see_register": can(request.actor, "register.read"),
    }
    return render(request, "register/places.html", shown)


def _read(text: str, *, reader: Actor) -> list[present.ReadRow]:
    found = queries.places_read(reader=reader, text=text)
    return [present.read_row(mention, place) for mention, place in found]


@needs("place.read")
def place(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what the register knows about a place; the reading is in the log."""
    found = get_object_or_404(queries.any_places(reader=request.actor), pk=pk)
    record(by=request.actor, act="place.view", on=found, at=now())
    return _show_place(request, found, LandlordForm())


def _show_place(
    request: StaffRequest, place: Place, form: LandlordForm, status: int = 200
) -> HttpResponse:
    shown = {
        "place": place,
        "page": present.place_page(
            place, tenures=queries.tenures_of(place), dwellings=queries.dwellings_of(place)
        ),
        "form": form,
        "leads_href": present.leads_of(place) if can(request.actor, "lead.read") else "",
        "attributions": queries.attributions(),
        "may_name": can(request.actor, "notice.draft"),
        "crumbs": crumbs((_("Platser"), "/register/platser/"), (str(place), "")),
    }
    return render(request, "register/place.html", shown, status=status)


@require_POST
@needs("notice.draft")
def landlord(request: StaffRequest, pk: int) -> HttpResponse:
    """Record who lets a place."""
    place = get_object_or_404(queries.any_places(reader=request.actor), pk=pk)
    form = LandlordForm(request.POST)
    if attempt(
        form,
        lambda values: actions.tell_landlord(place=place, **values, by=request.actor, at=now()),
    ):
        say(request, _("Hyresvärden är inlagd."))
        return redirect("register:place", pk=pk)
    return _show_place(request, place, form, 422)


@needs("register.read")
def nicknames(request: StaffRequest) -> HttpResponse:
    """List what streets are called, and take a new name or a change of one."""
    known = queries.nicknames(reader=request.actor)
    chosen = known.filter(pk=_number(request.GET.get("andra", ""))).first()
    form = NicknameForm(request.POST or None, initial=present.nickname_values(chosen))
    if request.method == "POST" and attempt(
        form,
        lambda values: actions.set_nickname(
            **values, instead_of=chosen, by=request.actor, at=now()
        ),
    ):
        say(request, _("Namnet är sparat. Texter läses med det från och med nu."))
        return redirect("register:nicknames")
    shown = {
        "rows": [present.nickname_row(n) for n in known],
        "form": form,
        "is_change": chosen is not None,
        "may_edit": can(request.actor, "register.import"),
        "crumbs": crumbs((_("Register"), "/register/"), (_("Smeknamn på gator"), "")),
    }
    status = 422 if form.errors else 200
    return render(request, "register/nicknames.html", shown, status=status)


def _number(text: str) -> int:
    """Return the key that an address asks for; 0, which no row has, when it is none."""
    return int(text) if text.isdecimal() else 0


@require_POST
@needs("register.import")
def remove_nickname(request: StaffRequest, pk: int) -> HttpResponse:
    """Remove what a street is called."""
    entry = get_object_or_404(queries.nicknames(reader=request.actor), pk=pk)
    actions.remove_nickname(nickname=entry, by=request.actor, at=now())
    say(request, _("Namnet är borttaget."))
    return redirect("register:nicknames")
