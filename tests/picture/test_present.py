"""What the pages on the dark figure say of odd results."""

from datetime import UTC, datetime

import pytest
from tests.picture.making import GOOD_TABLE, make_run

from nosvidere.engine.darkfigure import CaptureTable, estimate
from nosvidere.picture import present
from nosvidere.picture.estimating import kept_result
from nosvidere.picture.models import SavedEstimate
from nosvidere.rules.estimate import ASSUMPTIONS


def saved(table: CaptureTable, *, factor: float = 1.0, pk: int = 1) -> SavedEstimate:
    """Return an unsaved run; its band is moved by a factor."""
    answer = estimate(table, seed=1, replicates=20)
    result = kept_result(answer)
    if result["band"]:
        result["band"] = [limit * factor for limit in result["band"]]
    return SavedEstimate(
        pk=pk,
        name="Prov",
        verdict=answer.verdict.kind,
        seed=1,
        replicates=20,
        source="upload",
        assumptions={key: {"answer": "no", "note": ""} for key in ASSUMPTIONS},
        result=result,
        made_at=make_at(),
        counted_until_on=make_at().date(),
    )


def make_at() -> datetime:

    return datetime(2020, 10, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def good():
    return make_run(GOOD_TABLE).table


@pytest.fixture(scope="module")
def apart():
    """Lists that never meet: no method has an estimate."""
    rows = [((1, 0, 0), 20), ((0, 1, 0), 20), ((0, 0, 1), 20)]
    return CaptureTable.from_rows(["A", "B", "C"], rows)


def test_lists_that_never_meet_have_no_band_no_tornado_and_no_number_to_tell(apart):
    run = saved(apart)
    page = present.estimate_page(run)

    assert page.is_refused
    assert (page.chart.whole, page.tornado, page.told_as) == (None, None, "")
    assert page.chart.says == "Ingen metod ger ett intervall."
    assert all("ingen skattning" in said for said in page.pretended)
    assert any(said.startswith("Utan A: ingen skattning") for said in page.without_estimate)
    assert present.estimate_row(run).band == "används inte"


def test_no_verdict_is_shown_as_done(good, apart):
    assert "done" not in {present.estimate_page(saved(t)).shape for t in (good, apart)}


def test_an_assumption_that_fails_says_so(good):
    assert all(answered.fails for answered in present.estimate_page(saved(good)).assumptions)


@pytest.mark.parametrize(
    ("factor", "says"),
    [(1.0, "Det går inte att säga att antalet har ändrats"), (100.0, "Intervallen möts inte")],
)
def test_two_runs_say_no_more_than_their_intervals(good, factor, says):
    assert says in present.comparison(saved(good), saved(good, factor=factor))["says"]


def test_a_refused_run_is_not_compared(good, apart):
    assert "bär ingen skattning" in present.comparison(saved(good), saved(apart))["says"]


def test_where_models_are_not_counted_the_page_says_so(good):
    run = saved(good)
    run.result["models"] = None

    said = present.estimate_page(run).without_estimate

    assert said == ("För fler än fem listor räknas inte modellerna utan skattning.",)


def test_ticks_and_bands_lie_inside_the_drawing(good):
    chart = present.estimate_page(saved(good)).chart

    for band in (chart.whole, *chart.methods):
        low, width = float(band.low.rstrip("%")), float(band.width.rstrip("%"))
        assert 0 <= low <= low + width <= 100
        assert all(0 <= float(tick.rstrip("%")) <= 100 for tick in band.ticks)
    assert 0 < float(chart.seen.rstrip("%")) < float(chart.whole.low.rstrip("%"))
