"""Loads a fictitious register and its weekly reload, and prints seconds, rows written, lock time and peak memory.

`python benchmarks/register.py [--rows 300000] [--changed 0.01] [--read-rows 5000000]`: each step is a process of its own,
so that the peak is its alone. A second writer asks for the lock all the while; the longest it waited is printed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

HEAD = "id,street,number,letter,postcode,locality,municipality,district,lat,lon\n"
NUMBERS = 60
STEP = 0.0001  # degrees between two numbers


def write_register(file: Path, rows: int, *, changed: float = 0.0) -> None:
    """Write a register of made-up streets; of a reload, the part that changed has moved and as many have gone."""
    every = int(1 / changed) if changed else 0
    with file.open("w", encoding="utf-8") as stream:
        stream.write(HEAD)
        for n in range(rows):
            kind = n % every if every else -1
            if kind == 1:
                continue
            street, number = divmod(n, NUMBERS)
            lat, lon = (
                57 + street % 1000 * STEP,
                11.5 + number * STEP + (0.0003 if kind == 0 else 0),
            )
            stream.write(
                f"b-{n},Musselstigen {street},{number + 1},,{43000 + street % 900},Havsby,Kommun {street % 40},"
                f"Del {street % 9},{lat:.6f},{lon:.6f}\n"
            )


WORK = """
import json, resource, sys, time, django
django.setup()
from pathlib import Path
from django.db import connection
from nosvidere.kernel.time import now, today
from nosvidere.engine import places
from nosvidere.register import actions
from nosvidere.rules.access import SYSTEM
what, file = sys.argv[1], Path(sys.argv[2])
connection.ensure_connection()
raw, began, said = connection.connection, time.perf_counter(), {}
if what == "read":
    said["rows"] = sum(1 for _ in places.read_register(file, today=today(), rejected=print))
elif what == "import":
    before = raw.total_changes
    run = actions.import_register(file=file, by=SYSTEM, at=now())
    said = {"new": run.added, "changed": run.changed, "unchanged": run.unchanged, "vanished": run.vanished,
            "rows_written": raw.total_changes - before}
else:
    actions.rebuild_index(by=SYSTEM, at=now())
said["seconds"] = round(time.perf_counter() - began, 1)
said["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(said))
"""


def run(home: Path, what: str, file: Path) -> dict[str, float]:
    """Return what one step says of itself."""
    environment = {
        **os.environ,
        "NOSVIDERE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "nosvidere.sites.police",
    }
    done = subprocess.run(
        [sys.executable, "-c", WORK, what, str(file)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


class Writer(threading.Thread):
    """Another who writes every fiftieth of a second, and how long it had to wait at most."""

    def __init__(self, database: Path) -> None:
        """Take the database."""
        super().__init__()
        self.database, self.longest, self.writes, self.is_over = (
            database,
            0.0,
            0,
            threading.Event(),
        )

    def run(self) -> None:
        """Write until it is over."""
        import sqlite3

        while not self.is_over.wait(0.02):
            began = time.perf_counter()
            with closing(sqlite3.connect(self.database, timeout=60)) as connection, connection:
                connection.execute("UPDATE audit_audithead SET id = id")
            self.longest = max(self.longest, time.perf_counter() - began)
            self.writes += 1


def beside_a_writer(home: Path, file: Path) -> dict[str, float]:
    """Import a file while another writes."""
    writer = Writer(next(home.rglob("db.sqlite3")))
    writer.start()
    try:
        said = run(home, "import", file)
    finally:
        writer.is_over.set()
        writer.join()
    return said | {"other_writes": writer.writes, "longest_wait_s": round(writer.longest, 2)}


def main() -> None:
    """Run each step and print a line for it."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rows", type=int, default=300_000)
    ask.add_argument("--changed", type=float, default=0.01)
    ask.add_argument("--read-rows", type=int, default=0, help="also read a file of so many rows")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, first, second = (Path(folder) / name for name in ("home", "first.csv", "second.csv"))
        home.mkdir()
        environment = {
            **os.environ,
            "NOSVIDERE_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "nosvidere.sites.police",
        }
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v", "0"], env=environment, check=True
        )
        write_register(first, asked.rows)
        write_register(second, asked.rows, changed=asked.changed)
        print(
            "load:",
            os.getloadavg(),
            "own peak MB:",
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )
        print("first import:", beside_a_writer(home, first), flush=True)
        print("weekly reload:", beside_a_writer(home, second), flush=True)
        print("same file again:", beside_a_writer(home, second), flush=True)
        print("index:", run(home, "index", second), flush=True)
        if asked.read_rows:
            write_register(first, asked.read_rows)
            print("reading", asked.read_rows, "rows:", run(home, "read", first), flush=True)


if __name__ == "__main__":
    main()
