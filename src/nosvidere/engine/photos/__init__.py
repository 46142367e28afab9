"""A stranger's photo: opened in a process apart, written anew, and read back with care."""

from pathlib import Path

from nosvidere.engine.photos.reading import GAVE_UP, PROBLEMS, BarePhoto, NotOpened, read_answer

# Run by its path, so that the process which opens photos imports nothing of ours.
PROCESS = Path(__file__).with_name("process.py")

__all__ = ["GAVE_UP", "PROBLEMS", "PROCESS", "BarePhoto", "NotOpened", "read_answer"]
