"""What a deployer may set, read from the environment once and loudly."""

import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from nosvidere.kernel.files import write_once

ONION = re.compile(r"http://[a-z2-7]{56}\.onion/?")
T = TypeVar("T")
TRUE = frozenset({"1", "true", "yes", "ja"})
FALSE = frozenset({"0", "false", "no", "nej", ""})
DEFAULT_PORTS = {"public": 8000, "police": 8001, "services": 8002, "relay": 8003}


class BadSetting(ValueError):
    """A setting that cannot be used: says which, what it holds and what it should hold."""


def read(name: str, parse: Callable[[str], T], default: T) -> T:
    """Return the value of NOSVIDERE_`name`, or the default; raises BadSetting with what was expected."""
    text = os.environ.get(f"NOSVIDERE_{name}")
    if text is None:
        return default
    try:
        return parse(text.strip())
    except ValueError as error:
        message = f"NOSVIDERE_{name}={text!r}: {error}"
        raise BadSetting(message) from error


def as_bool(text: str) -> bool:
    """Return yes or no; raises ValueError for anything else."""
    if text.lower() in TRUE:
        return True
    if text.lower() in FALSE:
        return False
    message = "expected yes or no"
    raise ValueError(message)


def as_list(text: str) -> list[str]:
    """Return comma-separated words."""
    return [word.strip() for word in text.split(",") if word.strip()]


def as_count(text: str) -> int:
    """Return a whole number from 0 up; raises ValueError for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    message = "expected a whole number from 0 up"
    raise ValueError(message)


def as_onion(text: str) -> str:
    """Return the address of an onion service (version 3, rend-spec-v3 section 6) without anything after its name."""
    if ONION.fullmatch(text):
        return text.rstrip("/")
    message = "expected http:// and 56 signs before .onion"
    raise ValueError(message)


def home() -> Path:
    """Return the folder that holds all sites' databases and keys."""
    root = Path(os.environ.get("NOSVIDERE_ROOT", "."))
    return read("HOME", Path, root / "var").resolve()


@dataclass(frozen=True, slots=True)
class SiteHome:
    """One site's own folder; nobody but the site's user may read it."""

    path: Path

    @classmethod
    def of(cls, site: str) -> "SiteHome":
        """Return the folder of a site, made if it is missing; a restore that broke off at its last step is finished."""
        path = home() / site
        if not path.exists() and restored(path).exists():
            restored(path).rename(path)
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(path)

    @property
    def keys(self) -> Path:
        """Return the folder for keys, made if it is missing."""
        folder = self.path / "keys"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def secret(self, name: str) -> bytes:
        """Return 32 random bytes kept in a file that only the site's user may read, made at first use."""
        file = self.keys / name
        if not file.exists():
            write_once(file, secrets.token_bytes(32))
        return file.read_bytes()


def restored(path: Path) -> Path:
    """Return where a site's restored folder waits, whole and checked, until it takes its place."""
    return path.with_name(f".{path.name}.restored")


def database(site: str, where: SiteHome, *, synchronous: str) -> dict[str, object]:
    """Return Django's settings for the site's database: SQLite in its folder, or PostgreSQL by one variable."""
    url = read(f"{site.upper()}_DATABASE_URL", str, "")
    return _postgres(url) if url else _sqlite(where.path / "db.sqlite3", synchronous=synchronous)


def _postgres(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        message = f"{url!r}: expected postgresql://user:password@host:port/name"
        raise BadSetting(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def _sqlite(file: Path, *, synchronous: str) -> dict[str, object]:
    pragmas = (
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "secure_delete=ON",
        "busy_timeout=10000",
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }
