"""The tips of a season: what neighbours send in, true or not, with a line of truth beside each."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from .chance import Thing, chance, is_lucky, pick, weighted
from .teller import LAST_DAY, Draft, Teller
from .truth import Decoy, Stay, Truth

KINDS: Final = {
    "ACTIVE": 0.39, "PAST": 0.09, "INNOCENT": 0.10, "DISPUTE": 0.07, "MALICIOUS": 0.06, "MISTAKEN": 0.19, "PREJUDICE": 0.03,
    "VAGUE": 0.04, "URGENT": 0.03,
}  # fmt: skip
CHANNELS: Final = {"web": 0.7, "phone": 0.22, "patrol": 0.05, "landlord": 0.03}
LOUD_WEIGHTS: Final = {"loud": 3.4, "middling": 2.6, "quiet": 0.7}


def make_tips(
    truth: Truth, *, nicknames: dict[str, str], seed: int, count: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return `count` tips by time of receipt as they come in, and a line of truth for each."""
    rng = chance(seed, "tips")
    drafts = _draw_drafts(Teller(truth, nicknames, rng), truth, count_kinds(count))
    drafts.sort(key=lambda draft: (draft.at, draft.text))
    numbered = [(f"t-{number:04d}", draft) for number, draft in enumerate(drafts, start=1)]
    return (
        [_as_received(tip_id, draft, rng) for tip_id, draft in numbered],
        [
            {"id": tip_id, **draft.truth, "signs": " ".join(draft.signs)}
            for tip_id, draft in numbered
        ],
    )


def count_kinds(count: int) -> dict[str, int]:
    """Return how many tips of each kind; what rounding leaves goes to the true ones."""
    counts = {kind: int(share * count) for kind, share in KINDS.items()}
    counts["ACTIVE"] += count - sum(counts.values())
    return counts


def _draw_drafts(teller: Teller, truth: Truth, counts: dict[str, int]) -> list[Draft]:
    active = [stay for stay in truth.active() if stay.first_day < LAST_DAY]
    homes = list(truth.by_id.values())
    decoys: dict[str, list[Decoy]] = {}
    for decoy in truth.decoys:
        decoys.setdefault(decoy.kind, []).append(decoy)
    noticed = partial(_noticed, rng=teller.rng)
    some = partial(_some, rng=teller.rng)
    return [
        *(teller.about_stay(stay, "ACTIVE") for stay in noticed(active, counts["ACTIVE"])),
        *(teller.about_stay(stay, "PAST") for stay in noticed(truth.past(), counts["PAST"])),
        *map(teller.about_decoy, some(decoys["INNOCENT"], counts["INNOCENT"])),
        *map(teller.about_decoy, some(decoys["DISPUTE"], counts["DISPUTE"])),
        *_malice(teller, decoys["MALICIOUS"], counts["MALICIOUS"]),
        *map(teller.mistakenly, some(homes, counts["MISTAKEN"])),
        *map(teller.on_looks, some(homes, counts["PREJUDICE"])),
        *map(teller.vaguely, some(active, counts["VAGUE"])),
        *map(teller.urgently, some(active, counts["URGENT"])),
    ]


def _some(things: Sequence[Thing], count: int, *, rng: np.random.Generator) -> list[Thing]:
    return [pick(rng, things) for _ in range(count)]


def _malice(teller: Teller, decoys: Sequence[Decoy], count: int) -> list[Draft]:
    """Return the tips of one who writes again and again, and of two who copy each other."""
    copied = count // 3
    alone = map(teller.about_decoy, _some(decoys[:-1], count - copied, rng=teller.rng))
    return [*alone, *teller.copies(decoys[-1], copied)]


def _noticed(stays: Sequence[Stay], count: int, *, rng: np.random.Generator) -> list[Stay]:
    """Return the stays that tips are about, as often as they are loud and long."""
    days = np.asarray(
        [min(stay.last_day, LAST_DAY) - max(stay.first_day, 0) + 1 for stay in stays]
    )
    weights = np.sqrt(days) * [LOUD_WEIGHTS[stay.loudness] for stay in stays]
    drawn = rng.choice(len(stays), size=count, p=weights / weights.sum())
    return [stays[int(number)] for number in drawn]


def _as_received(tip_id: str, draft: Draft, rng: np.random.Generator) -> dict[str, Any]:
    channel = weighted(rng, CHANNELS)
    is_ticked = channel == "web" or is_lucky(rng, 0.5)
    return {
        "id": tip_id,
        "received_at": draft.at.isoformat(timespec="seconds"),
        "channel": channel,
        "text": draft.text,
        "signs": list(draft.signs) if is_ticked else [],
        "place_text": draft.place_text,
        "informant": draft.informant,
    }
