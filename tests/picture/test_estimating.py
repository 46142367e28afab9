"""Runs of the dark figure: kept whole, refused when they divide people, told only as a rounded band."""

import json

import pytest
from tests.picture.making import GOOD_TABLE, SURE, THIN_TABLE, make_run

from nosvidere.audit.models import AuditEvent
from nosvidere.courier.keys import PARTY, OwnKeys
from nosvidere.courier.models import Outgoing
from nosvidere.engine.darkfigure import CAVEAT, CaptureTable, estimate, parse_table
from nosvidere.engine.sealing import open_bulletin, verify_key_of
from nosvidere.kernel.refused import Refused
from nosvidere.picture.actions import make_estimate, publish_estimate
from nosvidere.picture.estimating import kept_result, models_without
from nosvidere.picture.models import PublicEstimate, SavedEstimate
from nosvidere.picture.queries import publishable_estimates, why_not_publish_estimate


def test_a_run_is_kept_with_all_that_is_needed_to_do_it_again(estimated, analyst):
    saved = estimated()

    table = parse_table(saved.table["csv"].encode())
    again = estimate(table, seed=saved.seed, replicates=saved.replicates)
    assert json.loads(json.dumps(kept_result(again))) == saved.result
    assert saved.input_sha256 == table.sha256
    assert saved.assumptions == SURE
    event = AuditEvent.objects.get(act="estimate.save")
    assert (event.actor, event.fields) == (analyst.code, {"verdict": "caution"})
    assert str(saved) == "Ärenden i regionen"


def test_another_seed_is_another_band(estimated):
    assert estimated(seed=1).band != estimated(seed=2).band


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"name": "Utsatta kvinnor"}, "kvinnor"), ({"run": make_run(closed="perhaps")}, "alla tre")],
)
def test_a_run_that_is_refused_leaves_nothing(db, analyst, at, changes, says):
    values = {"name": "Ärenden", "run": make_run(), "seed": 1, "replicates": 5, **changes}

    with pytest.raises(Refused, match=says):
        make_estimate(counted_until_on=at.date(), by=analyst, at=at, **values)

    assert not SavedEstimate.objects.exists()
    assert not AuditEvent.objects.exists()


def test_only_an_analyst_estimates(db, press_officer, at):
    with pytest.raises(Refused, match="analytiker"):
        make_estimate(
            name="X", counted_until_on=at.date(), run=make_run(), seed=1, by=press_officer, at=at
        )


def test_a_band_is_published_rounded_with_caveat_and_answers(estimated, press_officer, at):
    saved = estimated(matched="unknown")

    published = publish_estimate(saved=saved, title=" Ärenden ", by=press_officer, at=at)

    low, high = saved.band
    assert published.low <= low < high <= published.high
    assert (published.low % 5, published.high % 5) == (0, 0)
    waiting = Outgoing.objects.get(work="bulletin")
    key = verify_key_of(OwnKeys.of_site().signing(PARTY))
    opened = open_bulletin(bytes(waiting.content), verify_key=key, party="police")
    assert opened.name == "darkfigure"
    assert opened.content["caveat"] == CAVEAT
    assert [a["answer"] for a in opened.content["assumptions"]] == ["ja", "vet inte", "ja"]
    assert not {"estimate", "point", "methods", "observed"} & set(opened.content)
    assert str(published) == "Ärenden (1)"
    assert AuditEvent.objects.filter(act="estimate.publish", actor=press_officer.code).exists()


def test_each_published_band_is_a_new_version(estimated, press_officer, at):
    saved = estimated()

    versions = [
        publish_estimate(saved=saved, title="Ärenden", by=press_officer, at=at).version
        for _ in range(2)
    ]

    assert versions == [1, 2]


@pytest.mark.parametrize(
    ("raw", "answers", "says"),
    [
        (THIN_TABLE, {}, "bär ingen skattning"),
        (GOOD_TABLE, {"closed": "no"}, "svarat nej"),
    ],
)
def test_a_number_that_does_not_hold_is_not_published(
    estimated, press_officer, at, raw, answers, says
):
    saved = estimated(raw, **answers)

    with pytest.raises(Refused, match=says):
        publish_estimate(saved=saved, title="Ärenden", by=press_officer, at=at)

    assert not PublicEstimate.objects.exists()
    assert not Outgoing.objects.filter(work="bulletin").exists()
    assert why_not_publish_estimate(saved)


def test_a_press_officer_is_offered_only_runs_that_were_not_refused(estimated, press_officer):
    good, _ = estimated(), estimated(THIN_TABLE)

    assert list(publishable_estimates(reader=press_officer)) == [good]


def test_models_without_an_estimate_are_counted_and_the_simplest_named():
    apart = CaptureTable.from_rows(
        ["A", "B", "C"], [((1, 0, 0), 20), ((0, 1, 0), 20), ((0, 0, 1), 20), ((1, 1, 0), 5)]
    )

    told = models_without(apart)

    assert told["tried"] == 8
    assert 0 < told["without"] == len(told["named"]) <= 8


def test_models_are_not_counted_for_more_than_five_lists():
    rows = [(tuple(int(n == i) for n in range(6)), 9) for i in range(6)]

    assert models_without(CaptureTable.from_rows("ABCDEF", [*rows, ((1,) * 6, 3)])) is None
