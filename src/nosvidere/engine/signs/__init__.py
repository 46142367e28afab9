"""Signs about a place, weighed with reasons; and words that may never be weighed, found and masked."""

from nosvidere.engine.signs.contacts import Contact, contact_spans
from nosvidere.engine.signs.evidence import Contribution, Evidence, Weighing
from nosvidere.engine.signs.scheme import SCHEME, Scheme, Sign, load_scheme
from nosvidere.engine.signs.screening import Excluded, mask, screen
from nosvidere.engine.signs.weighing import weigh

__all__ = [
    "SCHEME",
    "Contact",
    "Contribution",
    "Evidence",
    "Excluded",
    "Scheme",
    "Sign",
    "Weighing",
    "contact_spans",
    "load_scheme",
    "mask",
    "screen",
    "weigh",
]
