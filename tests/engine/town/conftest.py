"""One town and one season for all tests of them."""

from pathlib import Path

import pytest

from nosvidere.engine.town import Season, Town, make_season, make_town, write_town


@pytest.fixture(scope="session")
def town() -> Town:
    return make_town(7)


@pytest.fixture(scope="session")
def season(town: Town) -> Season:
    return make_season(town, 7)


@pytest.fixture(scope="session")
def written(town: Town, season: Season, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("town")
    write_town(town, season, out)
    return out
