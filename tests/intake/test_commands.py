"""Tips and ads from the shell."""

import pytest
from click.testing import CliRunner
from tests.intake.conftest import THREE_ADS, ad, told

from nosvidere.intake.commands import add_tips, import_ads
from nosvidere.intake.models import Ad, AdLinking, Tip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house", "_in_season")]
GROUNDS = ("--source", "Registrerade för hand", "--ground", "PBL 2 kap. 1 §")


@pytest.fixture
def _in_season(at):
    """Let the clock show the season, since the files are of it."""
    from nosvidere.kernel import time

    time.start_clock_at(at)
    yield
    time._shift = time.timedelta(0)


def run(command, *words):
    return CliRunner().invoke(command, [str(word) for word in words])


def test_all_tips_are_taken(tips_file):
    done = run(add_tips, tips_file(told(1), told(2)))

    assert done.exit_code == 0
    assert "Inlagda: 2" in done.output
    assert Tip.objects.count() == 2


def test_bad_tips_are_listed_and_the_status_says_so(tips_file):
    done = run(add_tips, tips_file(told(1), told(2, signs=["Q99"])))

    assert done.exit_code == 1
    assert "rad 2: tecknet Q99" in done.output
    assert Tip.objects.count() == 1


def test_tips_taken_before_are_told(tips_file):
    run(add_tips, tips_file(told(1)))

    assert "sedan tidigare: 1" in run(add_tips, tips_file(told(1))).output


@pytest.mark.parametrize(("command", "words"), [(add_tips, ()), (import_ads, GROUNDS)])
def test_a_file_that_cannot_be_used_ends_with_two(tmp_path, command, words):
    done = run(command, tmp_path / "nej", *words)

    assert done.exit_code == 2
    assert "Gör så här" in done.output


def test_ads_are_taken_and_linked(ads_file):
    done = run(import_ads, ads_file(*THREE_ADS), *GROUNDS)

    assert done.exit_code == 0
    assert "Nya: 3" in done.output
    assert AdLinking.objects.get().ads == 3


def test_bad_ads_are_listed(ads_file):
    done = run(import_ads, ads_file(THREE_ADS[0], ad(2, seen_at="i går")), *GROUNDS)

    assert done.exit_code == 1
    assert "rad 3: seen_at" in done.output


def test_ads_need_source_and_ground(ads_file):
    assert run(import_ads, ads_file(*THREE_ADS)).exit_code == 2
    assert not Ad.objects.exists()
