"""The slow step from a code to its mailbox, bounded: never more than two at a time, and never an endless queue."""

import threading

from nosvidere.engine.sealing import Code, Mailbox, derive
from nosvidere.kernel.refused import Refused

AT_A_TIME = 2
QUEUE_LIMIT = 64


class Busy(Refused):
    """Too many people wait already; nothing was lost, and trying again helps."""


class DerivationPool:
    """Two places for the memory-hard step and a queue before them."""

    def __init__(self, *, at_a_time: int = AT_A_TIME, queue_limit: int = QUEUE_LIMIT) -> None:
        """Make the places."""
        self._places = threading.BoundedSemaphore(at_a_time)
        self._queue = threading.BoundedSemaphore(at_a_time + queue_limit)

    def mailbox(self, code: Code, *, tenant: str) -> Mailbox:
        """Return the code's mailbox when a place is free; raise Busy when the queue is full."""
        if not self._queue.acquire(blocking=False):
            raise Busy("Många skriver just nu. Vänta en halv minut och försök igen.")
        try:
            with self._places:
                return derive(code, tenant)
        finally:
            self._queue.release()


POOL = DerivationPool()
