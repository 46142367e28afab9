"""House rules that no linter knows: they are read from the running system."""

import importlib
import inspect
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver

from nosvidere.rules.access import PERMISSIONS
from nosvidere.rules.keeping import Keep

OURS = [m for m in apps.get_models() if m.__module__.startswith("nosvidere.")]
SITES = ("public", "police", "services")
# Sign-in belongs to allauth: it asks who is there, so it cannot ask who may.
SIGN_IN = "konto/"
FORBIDDEN_WORDS = (
    "ethnic", "nationality", "origin_country", "language", "religion", "skin", "looks", "gender", "personnummer",
    "name_of_person", "suspect_name", "face", "photo", "health",
)  # fmt: skip
PERSONS = ("person", "suspect", "victim", "buyer", "seller", "tenant", "informant")


def leaves(patterns, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield (address, view) of every page."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def pages(site: str) -> list[tuple[str, object]]:
    return list(leaves(importlib.import_module(f"nosvidere.sites.{site}_urls").urlpatterns))


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_field_says_how_long_it_is_kept_and_how_secret_it_is(model):
    kept = getattr(model, "KEPT", {})

    assert set(kept) == {f.name for f in model._meta.concrete_fields}
    assert all(isinstance(keep, Keep) and keep.until for keep in kept.values())


@pytest.mark.parametrize("site", SITES)
def test_every_page_says_who_may_open_it(site):
    unsaid = [
        address
        for address, view in pages(site)
        if not address.startswith(SIGN_IN) and not getattr(view, "needs", None)
    ]

    assert unsaid == []


@pytest.mark.parametrize("site", ["police", "services"])
def test_every_page_inside_needs_a_permission_that_exists(site):
    for address, view in pages(site):
        if address.startswith(SIGN_IN) or view.needs == "open":
            continue
        assert view.needs in PERMISSIONS, address


def test_the_public_site_has_no_page_for_staff():
    assert {view.needs for _, view in pages("public")} <= {
        "open",
        *(f"relay.{x}" for x in relay_needs()),
    }


def relay_needs() -> set[str]:
    return {
        view.needs.partition(".")[2]
        for address, view in pages("public")
        if address.startswith("relay/")
    }


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_no_field_says_who_a_person_is(model):
    names = [f.name for f in model._meta.concrete_fields]

    assert [n for n in names if any(word in n for word in FORBIDDEN_WORDS)] == []


def test_there_is_no_table_of_persons():
    tables = [m.__name__.lower() for m in OURS]

    assert [t for t in tables if any(t.startswith(word) for word in PERSONS)] == []


def test_help_and_evidence_never_point_at_each_other():
    help_apps, evidence_apps = {"support", "services"}, {"register", "intake", "leads", "field"}
    for model in OURS:
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.OneToOneField):
                continue
            ends = {model._meta.app_label, field.related_model._meta.app_label}
            assert not (ends & help_apps and ends & evidence_apps), (
                f"{model._meta.label}.{field.name}"
            )


def test_no_site_but_its_own_holds_an_app():
    public = importlib.import_module("nosvidere.sites.public").INSTALLED_APPS
    services = importlib.import_module("nosvidere.sites.services").INSTALLED_APPS

    inside = {
        "nosvidere.accounts",
        "nosvidere.intake",
        "nosvidere.leads",
        "nosvidere.courier",
        "nosvidere.services",
    }
    assert not inside & set(public)
    assert not {
        "nosvidere.intake",
        "nosvidere.leads",
        "nosvidere.register",
        "nosvidere.drop",
    } & set(services)


# Pages on one thing that say nothing of a place or a tip, or whose action writes in the log itself.
LOGGED_ELSEWHERE = {
    "register/inlasning/<int:pk>/",  # a file's name and the rows that were refused
    "annonser/inlasning/<int:pk>/",  # the same
    "insatser/<int:pk>/pass/",  # a form for a day and its hours
    "insatser/pass/<int:pk>/lag/",  # a form for who is in a team
    "insatser/pass/<int:pk>/genomgang/",  # operations.actions.open_sheet
    "insatser/pass/<int:pk>/genomgang.pdf",  # operations.actions.open_sheet
    "insatser/<int:pk>/rapport.pdf",  # field.actions.note_export
    "insatser/<int:pk>/besluta/",  # an operation's text, before it has a list
    "falt/besok/<int:pk>/anmalan/",  # a form on the visit, which was logged when it was opened
    "tips/<uuid:pk>/bild/<int:position>/",  # intake.actions.open_photo
    "formedling/<uuid:pk>/",  # services.actions.open_referral
    "hjalp/erbjud/<int:shift>/",  # forms of help, which are counts
    "hjalp/svar/<uuid:pk>/",
    "hjalp/ja/<uuid:pk>/",
    "lagesbild/<int:pk>/",  # counts
    "lagesbild/<int:pk>/publicera/",
    "morkertal/<int:pk>/",
    "morkertal/<int:pk>/publicera/",
}


def pages_on_one_thing(site: str) -> Iterator[tuple[str, object]]:
    """Yield the pages that show one row when they are asked for, without those that only take a decision."""
    for address, view in pages(site):
        is_shown = "<" in address and not address.startswith(SIGN_IN) and view.needs != "open"
        if is_shown and getattr(view(RequestFactory().get("/")), "status_code", 0) != 405:
            yield address, view


@pytest.mark.parametrize("site", ["police", "services"])
def test_who_opens_a_page_on_one_thing_is_in_the_log(site):
    unlogged = {
        address
        for address, view in pages_on_one_thing(site)
        if "record(by=" not in inspect.getsource(inspect.unwrap(view))
    }

    assert unlogged <= LOGGED_ELSEWHERE
