"""One import at a time: whoever holds the file lock; a process that dies lets go of it."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from nosvidere.kernel.refused import Refused

LOCK_NAME = ".register-import"
POLL_S = 0.1
PATIENCE_S = 10.0


def _lock_file() -> Path:
    return Path(settings.HOME) / LOCK_NAME


@contextmanager
def own_turn(*, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the turn to change the register; raises Refused when another import holds it for longer than one waits."""
    with _lock_file().open("w") as turn:
        tries = 1 + int(patience_s / POLL_S)
        if not any(_take(turn.fileno(), pause_s=POLL_S if n else 0) for n in range(tries)):
            raise Refused("En annan inläsning av registret pågår. Vänta tills den är klar.")
        yield


def is_taken() -> bool:
    """Say whether an import is under way now."""
    with _lock_file().open("w") as turn:
        return not _take(turn.fileno(), pause_s=0)


def _take(file: int, *, pause_s: float) -> bool:
    time.sleep(pause_s)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
