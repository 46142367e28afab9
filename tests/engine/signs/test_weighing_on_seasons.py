"""The weighing against the truth of made-up seasons, with every tip and ad at its true address."""

import re
from collections import defaultdict
from datetime import date, datetime

import numpy as np
import pytest

from nosvidere.engine.linkage import near_identical
from nosvidere.engine.signs import SCHEME, Evidence, weigh
from nosvidere.engine.town import make_season, make_town
from nosvidere.engine.town.score import rank_by_chance, rank_by_tips, rank_newest, score_ranking

SEEDS = range(100, 108)
GRADES = {"web": ("X", "4"), "phone": ("X", "4"), "patrol": ("A", "2"), "landlord": ("B", "2")}


def day_of(instant):
    return datetime.fromisoformat(instant).date()


def from_tips(season):
    truth = {row["id"]: row for row in season.truth["tips"]}
    labels = near_identical([tip["text"] for tip in season.tips])
    for tip, label in zip(season.tips, labels, strict=True):
        for code in truth[tip["id"]]["signs"].split():
            if truth[tip["id"]]["kind"] != "VAGUE" and SCHEME.signs[code].use == "scored":
                source, grade = GRADES[tip["channel"]]
                yield (
                    truth[tip["id"]]["address_id"],
                    Evidence(
                        id=f"{tip['id']}/{code}",
                        sign=code,
                        observed_on=day_of(tip["received_at"]),
                        informant=tip["informant"] or "",
                        source_item=tip["id"],
                        info_grade=grade,
                        source_grade=source,
                        same_text=str(label),
                    ),
                )


def from_ads(season):
    truth = {row["ad_id"]: row for row in season.truth["ads"]}
    for ad in season.ads:
        fact = truth[ad["ad_id"]]
        if fact["address_id"] and re.search(r"\d", ad["place_text"]):
            on, item = day_of(ad["seen_at"]), ad["ad_id"]
            yield fact["address_id"], Evidence(item, "A01", on, fact["author"], item)


def weighed(season):
    """Return the weighing of each place on the last day that is seen."""
    on = date.fromisoformat(season.truth["season"]["seen_until"])
    by_place = defaultdict(list)
    for place, piece in (*from_tips(season), *from_ads(season)):
        by_place[place].append(piece)
    return {place: weigh(pieces, on=on) for place, pieces in by_place.items()}


def precisions(seed):
    """Return the precision at 30 of the weighing and of the three baselines."""
    season = make_season(make_town(seed, addresses=4000), seed)
    places = weighed(season)
    ranked = sorted(
        places, key=lambda place: (not places[place].is_eligible, -places[place].weight)
    )
    truth = {row["id"]: row["address_id"] for row in season.truth["tips"]}
    told = [(tip["received_at"], truth[tip["id"]]) for tip in season.tips]
    chance = rank_by_chance([place for _, place in told], seed=seed)
    rankings = (ranked, rank_by_tips(told), rank_newest(told), chance)
    return [score_ranking(ranking, season.truth).precision for ranking in rankings]


@pytest.mark.slow
def test_the_weighing_beats_the_best_baseline_by_fifteen_points_at_thirty():
    ours, *baselines = np.mean([precisions(seed) for seed in SEEDS], axis=0)

    assert ours - max(baselines) >= 0.15
