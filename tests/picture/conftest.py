"""A police site with keys, where things can be signed and published."""

import pytest
from tests.picture.making import GOOD_TABLE, make_played, make_run

from nosvidere.courier.actions import make_keys
from nosvidere.picture.actions import make_estimate


@pytest.fixture
def keys(db, settings, tmp_path, at):
    """The site's own keys."""
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()
    make_keys(at=at)


@pytest.fixture
def played(keys):
    """An operation that has been played."""
    return make_played()


@pytest.fixture
def estimated(keys, analyst, at):
    """Return a function that keeps a run with few replicates, as the page does with many."""

    def do(raw=GOOD_TABLE, *, name="Ärenden i regionen", seed=1, **answers):
        run = make_run(raw, **answers)
        return make_estimate(
            name=name,
            counted_until_on=at.date(),
            run=run,
            seed=seed,
            replicates=40,
            by=analyst,
            at=at,
        )

    return do
