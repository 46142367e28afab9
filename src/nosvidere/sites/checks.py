"""What must not be so where real cases lie: `check --deploy` says it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date, now
from nosvidere.sites.certificates import SOON_DAYS, expires_at


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


# By which settings a site names its certificates: the two of the relay, the two of those who fetch.
CERTIFICATES = ("RELAY_CERTIFICATE", "RELAY_AUTHORITY", "DROP_CERTIFICATE", "DROP_AUTHORITY")


@checks.register("certificates", deploy=True)
def check_certificates(
    app_configs: Sequence[Any] | None, **options: Any
) -> list[checks.CheckMessage]:
    """Report each certificate that is missing, over or soon over, and a drop that is asked over TLS without one."""
    found: list[checks.CheckMessage] = []
    for name in CERTIFICATES:
        file = getattr(settings, name, "")
        if file:
            found += _certificate(Path(file), at=now())
    is_bare = str(getattr(settings, "DROP_URL", "")).startswith("https:")
    if is_bare and not settings.DROP_CERTIFICATE:
        hint = "Sätt NOSVIDERE_DROP_CERTIFICATE, NOSVIDERE_DROP_KEY och NOSVIDERE_DROP_AUTHORITY."
        text = "Brevlådan nås utan eget certifikat: vem som helst på nätet kan knacka på."
        found.append(checks.Warning(text, hint=hint, id="sites.W002"))
    return found


def _certificate(file: Path, *, at: datetime) -> list[checks.CheckMessage]:
    hint = "Utfärda ett nytt: ./nosvidere keys certificate."
    try:
        end = expires_at(file)
    except Refused as refused:
        return [checks.Error(str(refused), hint=hint, id="sites.E004")]
    if end <= at:
        text = f"Certifikatet {file.name} gick ut {local_date(end)}."
        return [checks.Error(text, hint=hint, id="sites.E005")]
    if end < at + timedelta(days=SOON_DAYS):
        text = f"Certifikatet {file.name} går ut {local_date(end)}."
        return [checks.Warning(text, hint=hint, id="sites.W001")]
    return []
