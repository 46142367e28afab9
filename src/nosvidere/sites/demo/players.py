"""The three sites' processes while the season is played."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class StageFailed(RuntimeError):
    """A site's process stopped while the season was played; its own output says why."""


class Player:
    """One site's process: asked to do one act after another."""

    def __init__(self, site: str, environment: Mapping[str, str]) -> None:
        """Start the process."""
        self.site = site
        command = [sys.executable, "-m", "nosvidere.sites.demo.stage", site]
        self.process = subprocess.Popen(  # noqa: S603 - our own fixed command
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=dict(environment),
        )

    def __call__(self, act: str, at: datetime, **values: Any) -> Any:
        """Do one act at an instant and return its answer. Raises StageFailed when the process has stopped."""
        order = json.dumps({"do": act, "at": at.isoformat(), **values}, ensure_ascii=False)
        answer = ""
        if self.process.stdin and self.process.stdout and self.process.poll() is None:
            self.process.stdin.write(order + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        if not answer:
            message = (
                f"Sajten {self.site} stannade vid ”{act}” ({at:%Y-%m-%d %H:%M}). Läs felet ovan."
            )
            raise StageFailed(message)
        return json.loads(answer)

    def close(self) -> None:
        """Let the process end."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(timeout=30)
        if self.process.stdout:
            self.process.stdout.close()


class Players:
    """The three sites' processes together."""

    def __init__(self, *, home: Path, port: int) -> None:
        """Start one process a site, with the demonstration's settings."""
        environment = demo_environment(home=home, public_port=port)
        self.stack = ExitStack()
        self.public = self._start("public", environment)
        self.police = self._start("police", environment)
        self.services = self._start("services", environment)

    def _start(self, site: str, environment: Mapping[str, str]) -> Player:
        player = Player(site, environment)
        self.stack.callback(player.close)
        return player

    def __enter__(self) -> Self:
        """Return the players."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all three processes."""
        self.stack.close()


def demo_environment(
    *, home: Path, public_port: int, clock: datetime | None = None
) -> dict[str, str]:
    """Return the environment of a demonstration's process: this one's, with home, relay address and clock."""
    source = str(Path(__file__).resolve().parents[3])
    paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "NOSVIDERE_DEMO": "yes",
        "NOSVIDERE_HOME": str(home),
        "NOSVIDERE_DROP_URL": f"http://127.0.0.1:{public_port}",
        "NOSVIDERE_HOME_MUNICIPALITY": "Videhamn",
        "NOSVIDERE_CLOCK_FROM": clock.isoformat() if clock else "",
    }
