"""What a deployer of the public site has to know before it opens: `check --deploy` says it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core import checks

from nosvidere.kernel.time import today
from nosvidere.public.contacts import (
    BadContacts,
    missing_contacts,
    settings_file,
    unchecked_contacts,
)
from nosvidere.public.languages import is_unreviewed


@checks.register("languages", deploy=True)
def check_languages(
    app_configs: Sequence[Any] | None, **options: Any
) -> list[checks.CheckMessage]:
    """Report the languages that nobody who speaks them has reviewed; their pages say so too."""
    unreviewed = [code for code, _name in settings.LANGUAGES if is_unreviewed(code)]
    if getattr(settings, "SITE", "") != "public" or not unreviewed:
        return []
    text = (
        f"Ett program har översatt sidorna, och ingen har granskat dem: {', '.join(unreviewed)}."
    )
    hint = "När någon som talar språket har granskat det: NOSVIDERE_REVIEWED_LANGUAGES."
    return [checks.Warning(text, hint=hint, id="public.W003")]


@checks.register("contacts", deploy=True)
def check_contacts(app_configs: Sequence[Any] | None, **options: Any) -> list[checks.CheckMessage]:
    """Report each number that is not configured, and so not shown, or not checked for a year; an unusable file is an error."""
    if getattr(settings, "SITE", "") != "public":
        return []
    try:
        return [*_unchecked(), *_missing()]
    except BadContacts as error:
        return [checks.Error(str(error), id="public.E001")]


def _missing() -> Iterator[checks.CheckMessage]:
    hint = f"Lägg numret, namnet och dagen då det kontrollerades i {settings_file()}."
    for key, words in missing_contacts().items():
        text = f"Numret saknas och visas inte: {key}, {words}."
        yield checks.Warning(text, hint=hint, id="public.W001")


def _unchecked() -> Iterator[checks.CheckMessage]:
    hint = f"Ring numret och skriv dagen i {settings_file()}."
    for key, number in unchecked_contacts(today()).items():
        text = f"Numret {number} ({key}) har ingen på ett år kontrollerat."
        yield checks.Warning(text, hint=hint, id="public.W002")
