"""What a deployer of the public site has to know before it opens: `check --deploy` says it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks

from nosvidere.public.contacts import BadContacts, missing_contacts, settings_file


@checks.register("contacts", deploy=True)
def check_contacts(app_configs: Sequence[Any] | None, **options: Any) -> list[checks.CheckMessage]:
    """Report each number that is not configured, and so not shown to the public; an unusable file is an error."""
    if getattr(settings, "SITE", "") != "public":
        return []
    try:
        missing = missing_contacts()
    except BadContacts as error:
        return [checks.Error(str(error), id="public.E001")]
    hint = f"Lägg numret, namnet och dagen då det kontrollerades i {settings_file()}."
    return [
        checks.Warning(
            f"Numret saknas och visas inte: {key}, {words}.", hint=hint, id="public.W001"
        )
        for key, words in missing.items()
    ]
