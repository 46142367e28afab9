"""Who lets the flats: housing companies, co-operatives and private owners, and how each will react."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from .addresses import TownAddress
from .chance import chance, pick, weighted
from .gazetteer import DISTRICTS

OWNERS: Final = {
    "stenstad": {"BRF": 0.5, "PRIVATE": 0.35, "COMPANY": 0.15},
    "lamell": {"COMPANY": 0.6, "BRF": 0.3, "PRIVATE": 0.1},
    "punkthus": {"COMPANY": 0.85, "BRF": 0.15},
    "hamn": {"BRF": 0.5, "COMPANY": 0.3, "PRIVATE": 0.2},
    "småstad": {"PRIVATE": 0.5, "COMPANY": 0.5},
}
COMPANIES: Final = (
    "Videbostäder AB",
    "Hamnvikens Fastigheter AB",
    "Ankarsholmens Hyreshus AB",
    "Tre Linor Bostad AB",
)
SURNAMES: Final = (
    "Ahlqvister",
    "Brolundh",
    "Törnvall",
    "Stensköld",
    "Vretmark",
    "Hjelmgren",
    "Ekskär",
    "Malmvret",
)
TENURES: Final = {"BRF": "BOSTADSRATT", "COMPANY": "HYRESRATT", "PRIVATE": "HYRESRATT"}
REACTIONS: Final = {"ACTS": 0.55, "DELAYS": 0.25, "CONTESTS": 0.12, "SILENT": 0.08}
MEASURES: Final = (
    "RATTELSEANMANING",
    "UPPSAGNING",
    "BOKNING_AVSLUTAD",
    "ANDRADE_RUTINER",
    "BESIKTNING",
)
DAYS_TO_ANSWER: Final = {"ACTS": (1, 6), "DELAYS": (10, 30), "CONTESTS": (3, 12)}


def make_landlords(
    addresses: Iterable[TownAddress], *, seed: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return who owns each entrance, and beside it (the truth) how the owner will react to a notice."""
    rng = chance(seed, "landlords")
    kinds = {plan.name: plan.kind for plan in DISTRICTS}
    rows = [_draw_owner(address, kinds[address.district], rng) for address in addresses]
    return rows, [_draw_reaction(row["address_id"], rng) for row in rows]


def fiction_org_no(rng: np.random.Generator) -> str:
    """Return an organisation number whose check digit is wrong, so that no organisation can have it."""
    digits = f"9{int(rng.integers(10_000_000)):08d}"
    total = sum(
        sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits)
    )
    wrong = (10 - total % 10 + int(rng.integers(1, 10))) % 10
    return f"{digits[:6]}-{digits[6:]}{wrong}"


def _draw_owner(address: TownAddress, kind: str, rng: np.random.Generator) -> dict[str, Any]:
    owner = weighted(rng, OWNERS.get(kind, {"PRIVATE": 1.0}))
    names = {
        "BRF": f"Brf {address.street} {address.number}",
        "COMPANY": pick(rng, COMPANIES),
        "PRIVATE": f"{pick(rng, SURNAMES)} Fastighetsförvaltning",
    }
    return {
        "address_id": address.id,
        "kind": owner,
        "name": names[owner],
        "org_no": fiction_org_no(rng),
        "tenure": TENURES[owner],
    }


def _draw_reaction(address_id: str, rng: np.random.Generator) -> dict[str, Any]:
    """Return the reaction: days to the answer (none when silent), the measure taken and if it ended the letting."""
    reaction = weighted(rng, REACTIONS)
    days = DAYS_TO_ANSWER.get(reaction)
    acts = reaction in {"ACTS", "DELAYS"}
    return {
        "address_id": address_id,
        "reaction": reaction,
        "days_to_answer": int(rng.integers(*days)) if days else None,
        "measure": pick(rng, MEASURES) if acts else "",
        "ends_the_letting": acts and bool(rng.random() < 0.8),  # noqa: PLR2004 - most measures work
    }
