"""The hash of a row over all that it says and the hash before it."""

import hashlib
import json
from datetime import UTC, datetime


def link_hash(previous_hash: str, content: dict[str, object]) -> str:
    """Return the SHA-256 hex digest of the previous hash and the row's content as canonical JSON."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


def instant_text(at: datetime) -> str:
    """Return an instant in UTC to the microsecond, the same whatever zone the database gave it back in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
