"""What must not be so where real cases lie: `check --deploy` says it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register("demonstration", deploy=True)
def check_is_no_demonstration(
    app_configs: Sequence[Any] | None, **options: Any
) -> list[checks.CheckMessage]:
    """Report each setting that belongs to the demonstration: no second factor, another time, the codes' own name."""
    found: list[checks.CheckMessage] = []
    if settings.DEMO:
        found.append(
            checks.Error(
                "NOSVIDERE_DEMO är på: ingen andra faktor krävs.",
                hint="Ta bort den ur miljön.",
                id="sites.E001",
            )
        )
    if settings.CLOCK_FROM:
        found.append(
            checks.Error(
                "NOSVIDERE_CLOCK_FROM är satt: klockan går fel.",
                hint="Ta bort den ur miljön.",
                id="sites.E002",
            )
        )
    if settings.TENANT == "demo":
        hint = "Sätt NOSVIDERE_TENANT till samma namn på alla tre sajterna innan den första koden lämnas ut."
        found.append(
            checks.Error(
                "NOSVIDERE_TENANT är demonstrationens: koderna skulle gälla där också.",
                hint=hint,
                id="sites.E003",
            )
        )
    return found
