"""Telephone numbers that nobody has, and how people write them."""

from typing import Final

import numpy as np

from .chance import pick

# Numbers that the Swedish and British regulators have set aside for books and films (PTS 2020; Ofcom).
FICTION_NUMBERS: Final = (
    ("+447700", 900000, 1000),
    ("0980", 319200, 100),
    ("08", 46500400, 100),
    ("040", 6280400, 100),
    ("031", 3900600, 100),
    ("070", 1740605, 95),
)


def fiction_phones() -> list[str]:
    """Return all numbers set aside for fiction, the Swedish mobile ones last."""
    return [
        f"{prefix}{first + step}"
        for prefix, first, size in FICTION_NUMBERS
        for step in range(size)
    ]


def phone_words(phone: str, rng: np.random.Generator) -> str:
    """Return a number as it may be written: plain, spaced, with country code or digit by digit; "" for none."""
    if not phone:
        return ""
    is_foreign = phone.startswith("+")
    area = 6 if is_foreign else 3 if phone.startswith(("070", "031", "040")) else len(phone) - 6
    local = phone[area:]
    grouped = f"{local[:-4]} {local[-4:-2]} {local[-2:]}"
    international = phone if is_foreign else f"+46{phone[1:]}"
    ways = (
        phone,
        f"{phone[:area]}{' ' if is_foreign else '-'}{grouped}",
        f"{phone[:area]} {grouped}",
        international,
        f"{international[:3]} {international[3:]}",
        " ".join(phone),
    )
    return pick(rng, ways)
