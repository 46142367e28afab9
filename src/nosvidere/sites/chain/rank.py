"""The chain's middle: evidence per place, weighed with reasons, the heaviest first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from nosvidere.engine.linkage import near_identical
from nosvidere.engine.places import Address
from nosvidere.engine.signs import Evidence, Weighing, mask, weigh
from nosvidere.rules.evidence import (
    FIRST_GRADES,
    AdSighting,
    evidence_of_ad,
    evidence_of_tip,
    origin_of,
)
from nosvidere.sites.chain.gather import Gathered, ReadAd, ReadTip

Item = TypeVar("Item", ReadTip, ReadAd)
GRADES_BY_CHANNEL = {"patrol": FIRST_GRADES["observation"], "landlord": FIRST_GRADES["landlord"]}


@dataclass(frozen=True, slots=True)
class RankedPlace:
    """A place with its weighing and from where it became known."""

    rank: int
    address: Address
    weighing: Weighing
    origin: str
    tips: int
    ads: int


def rank_places(gathered: Gathered, *, on: date) -> list[RankedPlace]:
    """Return every place that any evidence points at, the check-eligible and the heaviest first; ties go by address id."""
    tips = _by_address(gathered.tips, lambda tip: tip.address_id)
    ads = _by_address(gathered.ads, lambda ad: ad.record.place)
    evidence = _evidence(gathered, tips, ads)
    weighed = [(address, weigh(items, on=on)) for address, items in evidence.items()]
    weighed.sort(key=lambda pair: (not pair[1].is_eligible, -pair[1].weight, pair[0]))
    return [
        _ranked(
            rank,
            gathered.index.address(address),
            weighing,
            tips=tips.get(address, []),
            ads=ads.get(address, []),
        )
        for rank, (address, weighing) in enumerate(weighed, start=1)
    ]


def _ranked(
    rank: int,
    address: Address,
    weighing: Weighing,
    *,
    tips: Sequence[ReadTip],
    ads: Sequence[ReadAd],
) -> RankedPlace:
    kinds = [_kind(tip) for tip in tips] + ["ad"] * bool(ads)
    return RankedPlace(rank, address, weighing, origin_of(kinds), len(tips), len(ads))


def _kind(tip: ReadTip) -> str:
    return "observation" if tip.row.channel == "patrol" else "tip"


def _by_address(items: Sequence[Item], address_of: Callable[[Item], str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if address := address_of(item):
            found[address].append(item)
    return found


def _evidence(
    gathered: Gathered, tips: Mapping[str, list[ReadTip]], ads: Mapping[str, list[ReadAd]]
) -> dict[str, list[Evidence]]:
    """Return the evidence of each address, from its tips and from its ads."""
    sightings = _sightings(gathered)
    found: dict[str, list[Evidence]] = defaultdict(list)
    same_text = _same_text(gathered.tips)
    for address, told in tips.items():
        found[address] += [e for tip in told for e in _of_tip(tip, same_text)]
    for address, seen in ads.items():
        found[address] += [
            e for ad in seen for e in _of_ad(ad, gathered.grouping.organiser_group, sightings)
        ]
    return {address: items for address, items in sorted(found.items()) if items}


def _same_text(tips: Sequence[ReadTip]) -> dict[str, str]:
    """Return {tip id: id of the first tip that says nearly the same} of those that are not alone in what they say."""
    labels = near_identical([mask(tip.row.text) for tip in tips])
    size = Counter(labels)
    return {
        tip.row.id: tips[label].row.id
        for tip, label in zip(tips, labels, strict=True)
        if size[label] > 1
    }


def _of_tip(tip: ReadTip, same_text: Mapping[str, str]) -> list[Evidence]:
    source_grade, info_grade = GRADES_BY_CHANNEL.get(tip.row.channel, FIRST_GRADES["tip"])
    return evidence_of_tip(
        item=tip.row.id,
        signs=tip.row.signs,
        observed_on=tip.row.received_at.date(),
        informant=tip.row.informant,
        source_grade=source_grade,
        info_grade=info_grade,
        same_text=same_text.get(tip.row.id, ""),
    )


def _of_ad(
    ad: ReadAd, groups: Mapping[str, str], sightings: Mapping[str, list[AdSighting]]
) -> list[Evidence]:
    if ad.seen_on is None:
        return []
    group = groups[ad.record.ad_id]
    return evidence_of_ad(
        ad_id=ad.record.ad_id, group=group, sightings=sightings[group], seen_on=ad.seen_on
    )


def _sightings(gathered: Gathered) -> dict[str, list[AdSighting]]:
    """Return where and when the ads of each organiser group were seen."""
    found: dict[str, list[AdSighting]] = defaultdict(list)
    for ad in gathered.ads:
        if ad.seen_on is None:
            continue
        town = gathered.index.address(ad.record.place).municipality if ad.record.place else ""
        group = gathered.grouping.organiser_group[ad.record.ad_id]
        found[group].append(AdSighting(ad.record.ad_id, ad.seen_on, town))
    return found
