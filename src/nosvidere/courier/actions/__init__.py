"""What the courier does: keys, letters in, answers and letters out."""

from nosvidere.courier.actions.exchanging import Exchanged, exchange, mark_taken, purge, take_each
from nosvidere.courier.actions.keeping_keys import (
    make_keys,
    publish_keys,
    rotate_keys,
    trust_parties,
)
from nosvidere.courier.actions.pulling import Pulled, pull
from nosvidere.courier.actions.pushing import push
from nosvidere.courier.actions.writing import (
    open_mailbox,
    publish_bulletin,
    push_letter,
    send_answer,
    tell_received,
)

__all__ = [
    "Exchanged",
    "Pulled",
    "exchange",
    "make_keys",
    "mark_taken",
    "open_mailbox",
    "publish_bulletin",
    "publish_keys",
    "pull",
    "purge",
    "push",
    "push_letter",
    "rotate_keys",
    "send_answer",
    "take_each",
    "tell_received",
    "trust_parties",
]
