"""Floods: nobody is turned away; a letter that looks made by a machine goes into the slower lane, with the same thanks.

Counting needs to know that many letters come from one net. That is held in memory alone, as a hash by a key that is
drawn anew each day and at each start, and it is never written anywhere.
"""

import secrets
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from nosvidere.drop.actions import SLOW
from nosvidere.public.tokens import LEAST_SECONDS

AN_HOUR = 20
NET_BITS = {4: 24, 6: 56}
TRAP = "website"  # a field that no person sees; only a machine fills it in
KEY_BYTES = 32


@dataclass
class Counts:
    """How many letters each net has sent this hour; forgotten when the hour or the day is over."""

    hour: datetime | None = None
    key: bytes = b""
    seen: Counter[bytes] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_many(self, address: str, at: datetime) -> bool:
        """Count a letter and say whether its net has sent too many; an address that names no net is never counted."""
        net = _net_of(address)
        if not net:
            return False
        with self.lock:
            self._turn(at.replace(minute=0, second=0, microsecond=0))
            mark = blake2b(net.encode(), key=self.key, digest_size=16).digest()
            self.seen[mark] += 1
            return self.seen[mark] > AN_HOUR

    def _turn(self, hour: datetime) -> None:
        if self.hour is None or hour.date() != self.hour.date():
            self.key = secrets.token_bytes(KEY_BYTES)
        if hour != self.hour:
            self.seen.clear()
        self.hour = hour


COUNTS = Counts()


def lane_of(request: HttpRequest, *, age: int, at: datetime) -> dict[str, str]:
    """Return the field that puts a letter into the slower lane, or nothing."""
    is_machine = bool(request.POST.get(TRAP)) or age < LEAST_SECONDS
    is_many = COUNTS.is_many(address_of(request), at)
    return {"lane": SLOW} if is_machine or is_many else {}


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address: the line's own, or what the first of our own proxies saw; empty when unknown.

    Each proxy adds the address that it saw to the right of X-Forwarded-For, so with two of them (settings.PROXIES) the
    second from the right is the visitor's. What stands further left anybody can have written.
    """
    if not settings.PROXIES:
        return str(request.META.get("REMOTE_ADDR", ""))
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    return passed[-settings.PROXIES].strip() if len(passed) >= settings.PROXIES else ""


def _net_of(address: str) -> str:
    """Return the net of a public address; nothing for a proxy, an onion service or this machine."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if not found.is_global:
        return ""
    return str(ip_network((found, NET_BITS[found.version]), strict=False))
