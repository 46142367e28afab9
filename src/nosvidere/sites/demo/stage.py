"""One site of the demonstration while its season is played: a process that does one act after another as it is told.

Each line on standard input is a JSON object {"do": name, "at": instant, …}; each answer is one JSON line. The site has
its own settings, database and keys as always; only its clock is set.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any

from nosvidere.kernel.time import start_clock_at
from nosvidere.sites.cli import set_up

Act = Callable[..., Any]


def play(site: str) -> None:
    """Do what standard input says until it ends."""
    set_up(site)
    acts: Mapping[str, Act] = import_module(f"nosvidere.sites.demo.{site}").ACTS
    for order in _orders():
        at = datetime.fromisoformat(order.pop("at"))
        start_clock_at(at)
        answer = acts[order.pop("do")](at=at, **order)
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
        sys.stdout.flush()


def _orders() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


if __name__ == "__main__":
    play(sys.argv[1])
