"""Files that are made once."""

import os
import secrets
from pathlib import Path

OWNER_ALONE = 0o400


def write_once(file: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, whole and on the disk before it has its name.

    A file that is there already is left as it is: of two processes that start at once, one wins and both read the same.
    """
    own = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(own, file)
    except FileExistsError:
        return
    finally:
        own.unlink()
