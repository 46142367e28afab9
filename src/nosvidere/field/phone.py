"""What a phone needs to work without a network: the pack, the token for sending, the page and its worker."""

import hashlib
from dataclasses import asdict
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.engine.signs import SCHEME
from nosvidere.field import actions, present
from nosvidere.field.forms import CHILD_TEXT, CheckForm, ReportForm
from nosvidere.kernel.time import now
from nosvidere.operations.queries import current_team, visits_for_team
from nosvidere.rules.operation import sheet_ends_at
from nosvidere.ui.access import open_to_all

# Modules are imported by their plain names, so those are the ones to hold; the page's own tags name the versioned ones.
TAGS = (
    "ui/tokens.css",
    "ui/base.css",
    "ui/components.css",
    "ui/charts.css",
    "ui/mark.svg",
    "field/field.css",
    "field/offline.js",
)
MODULES = ("field/store.js", "field/outbox.js", "field/counter.js")
HERE = Path(__file__).parent
PAGE = ("templates/field/offline.html", "templates/field/outbox.html", "forms.py")
STATES = frozenset({"PLANNED", "ON_SITE"})


@needs("check.record")
def pack(request: StaffRequest) -> JsonResponse:
    """Give the own shift's visits that are not done, and until when the phone may keep them."""
    at = now()
    team = current_team(reader=request.actor, at=at)
    if team is None:
        return JsonResponse({"reason": "Inget pass nu."}, status=404)
    visits = visits_for_team(reader=request.actor, team=team).filter(state__in=STATES)
    actions.note_pack(team=team, by=request.actor, at=at)
    return JsonResponse(
        {
            "code": request.actor.code,
            "now": at.isoformat(),
            "expires_at": sheet_ends_at(team.shift.starts_at).isoformat(),
            "team": present.shift_page(team, []).team,
            "visits": [{**asdict(present.visit_card(v)), "id": v.pk} for v in visits],
        }
    )


@needs("check.record")
def key(request: StaffRequest) -> JsonResponse:
    """Say who is signed in, with a fresh token for sending."""
    return JsonResponse({"code": request.actor.code, "csrf": get_token(request)})


@open_to_all(
    "the page without a network holds forms alone: no place, no person, nothing of the shift"
)
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page that works without a network; its contents come from the phone."""
    shown = {
        "check_form": CheckForm(auto_id="check_%s"),
        "report_form": ReportForm(auto_id="report_%s"),
        "child_text": CHILD_TEXT,
    }
    return render(request, "field/offline.html", shown)


@open_to_all("the worker holds the page without a network and names its files; it carries no data")
def worker(request: HttpRequest) -> HttpResponse:
    """Give the worker, whose version changes with each file that it holds."""
    shown = {
        "version": version(),
        "shell": reverse("field:shell"),
        "files": [static(name) for name in TAGS] + [plain(name) for name in MODULES],
    }
    return render(request, "field/worker.js", shown, content_type="text/javascript")


def plain(name: str) -> str:
    """Return a static file's address by its plain name."""
    return static("field/").rsplit("field/", 1)[0] + name


def version() -> str:
    """Return a short digest of all that the worker holds."""
    held = [Path(str(finders.find(name))).read_bytes() for name in (*TAGS, *MODULES)]
    page = [(HERE / name).read_bytes() for name in PAGE]
    return hashlib.sha256(b"".join([*held, *page, SCHEME.version.encode()])).hexdigest()[:12]
