"""The real public site in a home of its own, started as its deployer starts it, and letters sent to it over HTTP.

As a program it is the load: `python benchmarks/drop_host.py PORT SECONDS SENDERS` writes one line for each thanks.
"""

import gzip
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
CREATED = 201
READY = "ready"
LEAST_S = 3.1  # a form that comes back sooner looks made by a machine
MOST_A_SECOND = 100
CODE = re.compile(r'<p class="code"><bdi[^>]*>([0-9A-Z*~$=-]+)<')
TOKEN = re.compile(r'name="token" value="([^"]+)"')
TIP = {
    "at": "when",
    "place": "Fyrgatan 3, andra våningen",
    "signs": "F01",
    "saw": "Många okända människor kommer och går varje kväll efter klockan 22. " * 4,
    "basis": "FACT",
    "days": "4",
}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Site:
    """One home with the public site and the police's keys in it."""

    home: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    workers: int = 1

    @property
    def url(self) -> str:
        """Return the site's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """Return the spool's file."""
        return self.home / "public" / "db.sqlite3"

    def environment(self) -> dict[str, str]:
        """Return the variables that a deployer would set."""
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "NOSVIDERE_HOME": str(self.home),
            "NOSVIDERE_TENANT": "benchmark",
            "NOSVIDERE_DROP_URL": self.url,
        }

    def command(self, *words: str) -> list[str]:
        """Return a command of the program."""
        return [sys.executable, "-m", "nosvidere.sites.cli", *words]

    def run(self, *words: str) -> None:
        """Run a command of the program to its end."""
        subprocess.run(
            self.command(*words), env=self.environment(), check=True, capture_output=True
        )

    def run_script(self, script: str, *words: str) -> str:
        """Run Python on the public host and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{script}", *words],
            env=self.environment() | {"DJANGO_SETTINGS_MODULE": "nosvidere.sites.public"},
            check=True,
            capture_output=True,
        )
        return done.stdout.decode().strip()

    def prepare(self) -> None:
        """Make the police's keys, start the site and publish them."""
        (self.home / "public").mkdir(parents=True, exist_ok=True)
        self.run("keys", "make", "--into", str(self.home / "public" / "parties.json"))
        self.start()
        self.run("keys", "rotate")

    def start(self) -> None:
        """Start the site as `serve public` does and wait until it answers."""
        words = ("serve", "public", "--port", str(self.port), "--workers", str(self.workers))
        self.process = subprocess.Popen(
            self.command(*words), env=self.environment(), start_new_session=True
        )
        for _ in range(300):
            try:
                get(self.port, "/")
            except (OSError, HTTPException):
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("The public site did not answer.")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End the site with all its workers."""
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait()
            self.process = None

    def pids(self) -> list[int]:
        """Return the processes of the site: the master and its workers."""
        assert self.process is not None
        group = str(self.process.pid)
        listed = (entry for entry in Path("/proc").iterdir() if entry.name.isdigit())
        return [int(one.name) for one in listed if _group_of(one) == group]

    def cpu_seconds(self) -> float:
        """Return the processor time that the site has used so far."""
        ticks = 0
        for pid in self.pids():
            after_name = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(after_name[11]) + int(after_name[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def tags(self) -> set[str]:
        """Return the names of the mailboxes of all letters in the spool."""
        with sqlite3.connect(self.database) as spool:
            return {tag for (tag,) in spool.execute("SELECT tag FROM drop_letter")}


def _group_of(entry: Path) -> str:
    try:
        return (entry / "stat").read_text().rsplit(")", 1)[1].split()[2]
    except OSError:
        return ""


def get(port: int, address: str) -> tuple[int, bytes, int]:
    """Return status, body and bytes on the wire of one page, compressed as a browser asks for it."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", address, headers={"Accept-Encoding": "gzip"})
    return _answer(line)


def post(
    port: int, address: str, form: dict[str, str], line: HTTPConnection | None = None
) -> tuple[int, bytes, int]:
    """Return status, body and bytes on the wire of what a form gives."""
    held = line or HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Accept-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"}
    held.request("POST", address, urlencode(form), headers)
    return _answer(held, keep=line is not None)


def _answer(line: HTTPConnection, *, keep: bool = False) -> tuple[int, bytes, int]:
    answer = line.getresponse()
    body = answer.read()
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 17
    if not keep:
        line.close()
    plain = gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
    return answer.status, plain, head + len(body)


def new_tips(port: int, count: int) -> list[dict[str, str]]:
    """Return tips as the last screen sends them, each with the token of a form of its own, opened a while ago."""
    tips = []
    for _ in range(count):
        _, page, _ = get(port, "/tipsa/")
        found = TOKEN.search(page.decode())
        assert found is not None
        tips.append(TIP | {"token": found[1]})
    time.sleep(LEAST_S)
    return tips


def send(port: int, tip: dict[str, str], line: HTTPConnection | None = None) -> str:
    """Send a tip and return the code that its sender is thanked with."""
    status, page, _ = post(port, "/tipsa/", tip, line)
    found = CODE.search(page.decode())
    if status != CREATED or found is None:
        raise HTTPException(f"no thanks: {status}")
    return found[1]


def load(port: int, seconds: float, senders: int) -> None:
    """Open forms, say `ready`, and then send a tip with each from several threads at once; print what came of each."""
    tips, lock = new_tips(port, int(seconds * MOST_A_SECOND)), threading.Lock()
    print(READY, flush=True)
    until = time.monotonic() + seconds

    def go_on() -> None:
        while time.monotonic() < until and tips:
            begun = time.monotonic()
            try:
                told = send(port, tips.pop())
            except (OSError, HTTPException):
                told = "-"
                time.sleep(0.05)
            with lock:
                print(f"{time.monotonic() - begun:.4f} {told}", flush=True)

    threads = [threading.Thread(target=go_on) for _ in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    load(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
