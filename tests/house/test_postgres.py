"""The same house on PostgreSQL, where a server is at hand."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("NOSVIDERE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
# Those whose tests run the relay inside their own transaction need SQLite: there a connection is shared by threads.
PARTS = (
    "audit",
    "accounts",
    "register",
    "intake",
    "leads",
    "operations",
    "field",
    "drop",
    "rules",
)
QUICK = "not slow and not browser and not postgres"


def server_answers() -> bool:
    """Say whether the server can be reached."""
    try:
        psycopg.connect(SERVER, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.postgres
def test_the_chains_apps_hold_on_postgresql():
    if not server_answers():
        pytest.skip(f"no PostgreSQL answers at {SERVER}; set NOSVIDERE_TEST_POSTGRES to one")
    parts = [str(ROOT / "tests" / part) for part in PARTS]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", QUICK, *parts]
    settings = {"NOSVIDERE_EVERY_DATABASE_URL": SERVER, "PYTHONPATH": str(ROOT / "src")}

    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:]
