"""Where photos are opened: one at a time, in a process of their own that can reach nothing and is killed when it tarries."""

import subprocess
import sys

from nosvidere.engine.photos import GAVE_UP, PROCESS, BarePhoto, NotOpened, read_answer

WAIT_SECONDS = 60  # by the clock; the process itself has fewer by its own time


def develop(content: bytes, *, keep: bool) -> BarePhoto:
    """Return a photo bare and upright; raise NotOpened. `keep` also reads out when and where it was taken."""
    command = [sys.executable, "-I", str(PROCESS), *(["keep"] if keep else [])]
    try:
        done = subprocess.run(  # noqa: S603 - our own fixed command
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=WAIT_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise NotOpened(GAVE_UP) from error
    return read_answer(done.stdout)
