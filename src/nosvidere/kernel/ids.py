"""Identities: random, sortable by time, telling nothing else."""

import secrets
import uuid

from nosvidere.kernel.time import now

MILLISECOND_BITS = 48
RANDOM_A_BITS = 12
RANDOM_B_BITS = 62


def new_id() -> uuid.UUID:
    """Return a UUID of version 7 (RFC 9562, section 5.7)."""
    milliseconds = int(now().timestamp() * 1000) & ((1 << MILLISECOND_BITS) - 1)
    value = milliseconds << 80
    value |= 0x7 << 76
    value |= secrets.randbits(RANDOM_A_BITS) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(RANDOM_B_BITS)
    return uuid.UUID(int=value)
