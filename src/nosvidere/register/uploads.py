"""A file that someone sends through a form, as a file on disk for as long as it is read."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from django.core.files.uploadedfile import UploadedFile

LARGEST_BYTES = 64_000_000


@contextmanager
def on_disk(upload: "UploadedFile[bytes]") -> Iterator[Path]:
    """Give the uploaded file under its own name in a folder of its own, which is gone afterwards."""
    name = PurePath(str(upload.name)).name or "fil"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        with file.open("wb") as stream:
            stream.writelines(upload.chunks())
        yield file
