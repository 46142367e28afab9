"""The site's own keys: files that only its user may read, made at first use, destroyed when their time is over."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from nosvidere.engine import sealing
from nosvidere.kernel.files import write_once
from nosvidere.kernel.refused import Refused

STORE = "store-key"
REPLY = "reply-signing"
ORGANISATION = "organisation-signing"
PARTY = "party-signing"
INTAKE = "intake-"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """Which intake keys the site holds, by epoch."""

    folder: Path

    @classmethod
    def of_site(cls) -> "OwnKeys":
        """Return the keys of the site that is running."""
        return cls(Path(settings.KEYS))

    def store(self) -> bytes:
        """Return the key of the site's own store."""
        return self._key(STORE, lambda: secrets.token_bytes(KEY_BYTES))

    def signing(self, name: str) -> bytes:
        """Return one of the signing keys: REPLY, ORGANISATION or PARTY."""
        return self._key(name, lambda: sealing.new_signing_key()[0])

    def intake(self, epoch: int) -> bytes | None:
        """Return the private intake key of an epoch, or nothing when it is destroyed or was never made."""
        file = self.folder / f"{INTAKE}{epoch}"
        return file.read_bytes() if file.exists() else None

    def make_intake(self, epoch: int) -> bytes:
        """Return the private intake key of an epoch, made if it is missing."""
        return self._key(f"{INTAKE}{epoch}", lambda: sealing.new_intake_key()[0])

    def epochs(self) -> list[int]:
        """Return the epochs whose private key is held."""
        return sorted(
            int(file.name.removeprefix(INTAKE)) for file in self.folder.glob(f"{INTAKE}*")
        )

    def destroy_intake(self, epoch: int) -> None:
        """Overwrite and remove the private key of an epoch: its letters can never be opened again.

        Limit: a copy-on-write file system, a snapshot or a backup may still hold the old bytes.
        """
        file = self.folder / f"{INTAKE}{epoch}"
        file.chmod(0o600)
        with file.open("r+b") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        file.unlink()

    def _key(self, name: str, make: Callable[[], bytes]) -> bytes:
        file = self.folder / name
        if not file.exists():
            write_once(file, make())
        key = file.read_bytes()
        if len(key) != KEY_BYTES:
            raise Refused(
                "Nyckelfilen {name} är skadad. Återställ den från säkerhetskopian.", name=name
            )
        return key
