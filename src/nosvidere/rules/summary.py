"""What a published figure must pass. Source: the workflows, 4.6, disclosure control."""

from collections.abc import Mapping
from datetime import date, timedelta

from nosvidere.kernel.refused import Refused

PUBLISH_DELAY_DAYS = 7
SMALL = 5


def check_publish(
    *,
    last_shift_on: date | None,
    on: date,
    small_figures: Mapping[str, int],
    small_number_reason: str,
) -> None:
    """Raise Refused unless the figures may be published today."""
    if last_shift_on is None:
        raise Refused("Insatsen har inget genomfört pass att berätta om.")
    if small_figures and not small_number_reason.strip():
        raise Refused(
            "Antal under {n} ({which}) visas bara efter ett eget beslut med skäl. Skriv skälet, eller låt dem döljas.",
            n=SMALL,
            which=", ".join(small_figures),
        )
    first = last_shift_on + timedelta(days=PUBLISH_DELAY_DAYS)
    if on < first:
        raise Refused(
            "Vänta till {day}: uppgifter publiceras tidigast {n} dagar efter sista passet.",
            day=first,
            n=PUBLISH_DELAY_DAYS,
        )
