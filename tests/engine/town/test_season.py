"""The season: counts, forms and what must never stand in it."""

import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from nosvidere.engine.town import Season, Town, make_season, make_town
from nosvidere.engine.town.ad_words import MARKS, SENTENCES
from nosvidere.engine.town.chance import chance
from nosvidere.engine.town.landlords import fiction_org_no
from nosvidere.engine.town.phones import fiction_phones
from nosvidere.engine.town.tip_words import LOOKS, PREJUDICE
from nosvidere.engine.town.tips import KINDS, count_kinds

NEVER_IN_A_TEXT = re.compile(
    r"\bsex|prostitu|eskort|massage|naken|kondom|hora\b|bordell|erotis|intim", re.IGNORECASE
)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def told(season: Season) -> dict[str, str]:
    return {tip["id"]: tip["kind"] for tip in season.truth["tips"]}


def test_there_are_five_hundred_tips_and_five_thousand_ads(season: Season) -> None:
    assert (len(season.tips), len(season.ads)) == (500, 5000)
    assert [tip["id"] for tip in season.tips] == [tip["id"] for tip in season.truth["tips"]]
    assert [ad["ad_id"] for ad in season.ads] == [ad["ad_id"] for ad in season.truth["ads"]]


@pytest.mark.slow
def test_the_same_seed_gives_the_same_season(town: Town, season: Season) -> None:
    again = make_season(town, 7)

    assert again == season
    assert make_season(town, 8).tips != season.tips


def test_tips_have_the_fields_of_the_import_format(season: Season) -> None:
    fields = {"id", "received_at", "channel", "text", "signs", "place_text", "informant"}

    assert all(set(tip) == fields for tip in season.tips)
    assert all(tip["text"].strip() for tip in season.tips)
    assert {type(tip["informant"]) for tip in season.tips} == {str, type(None)}
    assert all(
        set(tip["signs"]) <= set(fact["signs"].split())
        for tip, fact in zip(season.tips, season.truth["tips"], strict=True)
    )


def test_everything_is_seen_in_order_before_the_first_evening(season: Season) -> None:
    first_evening = date.fromisoformat(season.truth["season"]["evenings"][0])
    instants = [datetime.fromisoformat(tip["received_at"]) for tip in season.tips]
    seen = [datetime.fromisoformat(ad["seen_at"]) for ad in season.ads]

    assert instants == sorted(instants)
    assert seen == sorted(seen)
    assert season.start <= min(*instants, *seen).astimezone(STOCKHOLM).date()
    assert max(*instants, *seen).astimezone(STOCKHOLM).date() < first_evening
    assert all(row["observed_on"] < first_evening.isoformat() for row in season.observations)


def test_the_kinds_of_tips_are_shared_out_as_drawn_up(season: Season) -> None:
    assert sum(KINDS.values()) == pytest.approx(1)
    assert Counter(told(season).values()) == Counter(count_kinds(500))


def test_several_tips_come_from_the_same_neighbour(season: Season) -> None:
    kinds = told(season)
    informants = Counter(tip["informant"] for tip in season.tips if kinds[tip["id"]] == "ACTIVE")

    del informants[None]

    assert sum(count > 1 for count in informants.values()) >= 10


def test_one_malicious_informant_writes_many_and_two_copy_each_other(season: Season) -> None:
    kinds = told(season)
    malicious = Counter(tip["informant"] for tip in season.tips if kinds[tip["id"]] == "MALICIOUS")

    assert None not in malicious
    assert sorted(malicious.values()) == [5, 5, 20]


def test_each_dispute_has_one_informant(season: Season) -> None:
    people = defaultdict(set)
    for tip, fact in zip(season.tips, season.truth["tips"], strict=True):
        if fact["kind"] == "DISPUTE":
            people[fact["address_id"]].add(tip["informant"])

    assert {len(informants) for informants in people.values()} == {1}


def test_some_tips_describe_looks_or_origin_and_some_are_in_other_languages(
    season: Season,
) -> None:
    words = [phrase.lower()[3:25] for phrase in (*LOOKS, *PREJUDICE)]
    describing = [tip for tip in season.tips if any(word in tip["text"].lower() for word in words)]
    languages = Counter(fact["language"] for fact in season.truth["tips"])

    assert len(describing) > 40
    assert len(languages) >= 6
    assert languages["sv"] > 450


def test_most_addresses_are_written_otherwise_than_in_the_register(
    town: Town, season: Season
) -> None:
    register = {row.id: f"{row.street} {row.number}{row.letter}" for row in town.addresses}
    exact = [
        register[fact["address_id"]] in f"{tip['place_text']} {tip['text']}"
        for tip, fact in zip(season.tips, season.truth["tips"], strict=True)
    ]

    assert 0.25 < sum(exact) / len(exact) < 0.6


def test_texts_are_varied(season: Season) -> None:
    assert len({tip["text"] for tip in season.tips}) > 480
    assert len({ad["text"] for ad in season.ads}) > 3000


def test_no_text_is_sexual(season: Season) -> None:
    texts = [
        *(tip["text"] for tip in season.tips),
        *(ad["text"] for ad in season.ads),
        *SENTENCES,
        *MARKS,
    ]

    assert [text for text in texts if NEVER_IN_A_TEXT.search(text)] == []


def test_organisers_reuse_telephones_and_move_between_towns(season: Season) -> None:
    places = defaultdict(set)
    for ad, fact in zip(season.ads, season.truth["ads"], strict=True):
        if fact["author"].startswith("o-"):
            places[fact["author"]].add(ad["place_text"])

    organised = sum(fact["author"].startswith("o-") for fact in season.truth["ads"])

    assert organised == 2750
    assert min(len(names) for names in places.values()) > 10


def test_singles_never_give_an_address(season: Season) -> None:
    singles = [
        ad
        for ad, fact in zip(season.ads, season.truth["ads"], strict=True)
        if fact["author"].startswith("e-")
    ]

    assert not any(re.search(r"\d", ad["place_text"]) for ad in singles)


def test_all_telephone_numbers_are_set_aside_for_fiction(season: Season) -> None:
    allowed = {re.sub(r"^0", "46", phone.lstrip("+")) for phone in fiction_phones()}
    shown = {re.sub(r"\D", "", ad["phone"]) for ad in season.ads if ad["phone"]}

    assert len(fiction_phones()) == len(allowed) == 1495
    assert {re.sub(r"^0", "46", phone) for phone in shown} <= allowed


@pytest.mark.slow
def test_ads_go_on_without_a_number_when_the_numbers_run_out(town: Town) -> None:
    crowded = make_season(town, 7, tips=20, ads=9000)

    with_number = [ad for ad in crowded.ads if re.search(r"\d{2}", ad["phone"] + ad["text"])]
    assert len(crowded.ads) == 9000
    assert len(with_number) < 9000


def test_flats_move_every_few_days_to_weeks_and_about_fifty_are_in_use(season: Season) -> None:
    days = [
        (date.fromisoformat(stay["last_on"]) - date.fromisoformat(stay["first_on"])).days + 1
        for stay in season.truth["stays"]
    ]

    assert min(days) >= 3
    assert max(days) <= 24
    assert 35 <= len(season.truth["active"]) <= 65
    assert len({stay["address_id"] for stay in season.truth["stays"]}) == len(days)


def test_visits_fall_on_days_of_the_stay(season: Season) -> None:
    stays = {stay["id"]: stay for stay in season.truth["stays"]}

    assert all(
        stays[row["stay"]]["first_on"] <= row["on"] <= stays[row["stay"]]["last_on"]
        for row in season.truth["visits"]
    )
    assert sum(row["visits"] for row in season.truth["visits"]) > 3000


def test_homes_where_nothing_goes_on_are_never_also_in_use(season: Season) -> None:
    decoys = {decoy["address_id"] for decoy in season.truth["decoys"]}

    assert not decoys & {stay["address_id"] for stay in season.truth["stays"]}
    assert set(season.truth["innocent"]) <= decoys


def test_observations_are_of_four_kinds_and_true(season: Season) -> None:
    active = set(season.truth["active"])
    signs = Counter(row["sign"] for row in season.observations)

    assert set(signs) == {"V01", "V02", "V03", "T07"}
    assert all(
        (row["address_id"] in active) == (row["sign"] in {"V01", "T07"})
        for row in season.observations
    )


def test_landlords_act_delay_contest_or_are_silent(season: Season) -> None:
    reactions = {row["reaction"] for row in season.truth["landlords"]}

    assert reactions == {"ACTS", "DELAYS", "CONTESTS", "SILENT"}
    assert {row["kind"] for row in season.landlords} == {"BRF", "COMPANY", "PRIVATE"}
    assert all(
        (row["days_to_answer"] is None) == (row["reaction"] == "SILENT")
        for row in season.truth["landlords"]
    )


def test_each_address_somebody_tips_about_has_a_landlord(season: Season) -> None:
    owned = {row["address_id"] for row in season.landlords}

    assert {fact["address_id"] for fact in season.truth["tips"]} <= owned


def test_no_organisation_can_have_the_numbers_given() -> None:
    def checks(number: str) -> bool:
        digits = [
            int(sign) * (2 - place % 2) for place, sign in enumerate(number.replace("-", ""))
        ]
        return sum(sum(divmod(digit, 10)) for digit in digits) % 10 == 0

    rng = chance(1, "numbers")

    numbers = [fiction_org_no(rng) for _ in range(300)]

    assert checks("556036-0793")  # a valid pattern, to know that the check works
    assert not any(checks(number) for number in numbers)


def test_a_season_can_start_another_day_and_be_small(town: Town) -> None:
    small = make_season(town, 3, tips=12, ads=30, start=date(2031, 1, 5))

    assert (len(small.tips), len(small.ads)) == (12, 30)
    assert small.truth["season"]["start"] == "2031-01-05"
    assert small.tips[0]["received_at"] >= "2031-01-04"


def test_a_town_too_small_for_a_season_is_refused() -> None:
    hamlet = make_town(1, addresses=60)

    with pytest.raises(ValueError, match="too few addresses"):
        make_season(hamlet, 1)


def test_all_of_it_is_plain_values(season: Season) -> None:
    text = json.dumps(
        [
            season.tips,
            season.ads,
            season.observations,
            season.landlords,
            season.shifts,
            season.truth,
        ]
    )

    assert len(text) > 1_000_000
