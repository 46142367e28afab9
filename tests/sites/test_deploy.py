"""`check --deploy` of each site is clean behind TLS, and says what is wrong without it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from nosvidere.public.contacts import WANTED
from nosvidere.public.languages import LANGUAGES, WRITTEN

OTHERS = ",".join(code for code, _name in LANGUAGES if code not in WRITTEN)


def check(site: str, home, **values: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "nosvidere.sites.cli", "check", site, "--deploy"],
        env={**kept, "PYTHONPATH": "src", "NOSVIDERE_HOME": str(home), **values},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("site", ["public", "police", "services"])
def test_each_site_is_clean_behind_tls(site, tmp_path):
    contacts = tmp_path / "contacts.json"
    row = {
        "number": "070-174 06 05",
        "name": "Provet",
        "checked_on": f"{datetime.now(UTC):%Y-%m-%d}",
    }
    contacts.write_text(json.dumps(dict.fromkeys([*WANTED, "emergency", "police"], row)))

    done = check(site, tmp_path, NOSVIDERE_TLS="yes", NOSVIDERE_TENANT="nv-prov", NOSVIDERE_CONTACTS=str(contacts), NOSVIDERE_ALLOWED_HOSTS="nv.example", NOSVIDERE_REVIEWED_LANGUAGES=OTHERS)  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_without_tls_it_is_told(tmp_path):
    done = check("public", tmp_path)

    assert done.returncode == 1
    assert "security.W004" in done.stderr


@pytest.mark.slow
def test_what_belongs_to_the_demonstration_is_told(tmp_path):
    done = check("police", tmp_path, NOSVIDERE_TLS="yes", NOSVIDERE_DEMO="yes", NOSVIDERE_CLOCK_FROM="2020-10-21T17:10+02:00")  # fmt: skip

    assert done.returncode == 1
    assert [code in done.stderr for code in ("sites.E001", "sites.E002", "sites.E003")] == [
        True
    ] * 3
