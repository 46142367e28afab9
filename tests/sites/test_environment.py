"""What a deployer sets is read once and loudly."""

import stat

import pytest

from nosvidere.sites import environment
from nosvidere.sites.environment import BadSetting, SiteHome, as_bool, as_list, database, read


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("NOSVIDERE_HOME", str(tmp_path / "hem"))
    return tmp_path / "hem"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", True),
        ("YES", True),
        ("1", True),
        ("nej", False),
        ("", False),
        (" no ", False),
    ],
)
def test_yes_and_no_are_read_in_both_languages(monkeypatch, text, value):
    monkeypatch.setenv("NOSVIDERE_TLS", text)

    assert read("TLS", as_bool, None) is value


def test_anything_else_than_yes_or_no_fails_loudly(monkeypatch):
    monkeypatch.setenv("NOSVIDERE_TLS", "kanske")

    with pytest.raises(BadSetting, match="NOSVIDERE_TLS='kanske': expected yes or no"):
        read("TLS", as_bool, False)


def test_what_is_not_set_has_its_default(monkeypatch):
    monkeypatch.delenv("NOSVIDERE_TLS", raising=False)

    assert read("TLS", as_bool, False) is False


def test_words_are_split_by_commas():
    assert as_list(" a.example , ,b.example") == ["a.example", "b.example"]


def test_a_sites_folder_is_for_its_user_alone(home):
    folder = SiteHome.of("police")

    assert folder.path == home / "police"
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.keys.stat().st_mode) == 0o700


def test_a_secret_is_made_once_and_read_by_its_owner_alone(home):
    secret = SiteHome.of("police").secret("django-secret")

    assert len(secret) == 32
    assert SiteHome.of("police").secret("django-secret") == secret
    assert stat.S_IMODE((home / "police" / "keys" / "django-secret").stat().st_mode) == 0o400


def test_a_restore_that_broke_off_is_finished_at_the_next_start(home):
    home.mkdir()
    waiting = environment.restored(home / "police")
    waiting.mkdir()
    (waiting / "db.sqlite3").write_text("hel")

    assert (SiteHome.of("police").path / "db.sqlite3").read_text() == "hel"
    assert not waiting.exists()


def test_sqlite_is_the_default_and_forgets_what_is_deleted(home):
    made = database("police", SiteHome.of("police"), synchronous="FULL")

    assert made["NAME"] == home / "police" / "db.sqlite3"
    assert "PRAGMA synchronous=FULL;" in made["OPTIONS"]["init_command"]
    assert "PRAGMA secure_delete=ON;" in made["OPTIONS"]["init_command"]


def test_postgresql_is_one_setting(home, monkeypatch):
    monkeypatch.setenv(
        "NOSVIDERE_POLICE_DATABASE_URL", "postgresql://nv:p%40ss@db.example:5433/nosvidere"
    )

    made = database("police", SiteHome.of("police"), synchronous="NORMAL")

    assert made == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "nosvidere",
        "USER": "nv",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://db.example", "nosvidere"])
def test_another_database_fails_loudly(home, monkeypatch, url):
    monkeypatch.setenv("NOSVIDERE_POLICE_DATABASE_URL", url)

    with pytest.raises(BadSetting, match="expected postgresql://"):
        database("police", SiteHome.of("police"), synchronous="NORMAL")
