"""Messy Swedish text → registered address, with confidence, alternatives and reasons; writes nothing."""

from nosvidere.engine.places.formats.read import Source, read_register, source_of
from nosvidere.engine.places.index import Index
from nosvidere.engine.places.model import (
    AUTO_THRESHOLD,
    LEVELS,
    REJECTIONS,
    Address,
    Alternative,
    Mention,
    Rejected,
    UnusableFile,
    mention_as_json,
)
from nosvidere.engine.places.plan import Drawing, Part, Plan, Square, has_points
from nosvidere.engine.places.reasons import SENTENCES, parts
from nosvidere.engine.places.resolver import LONGEST_TEXT, Resolver, unread

__all__ = [
    "AUTO_THRESHOLD",
    "LEVELS",
    "LONGEST_TEXT",
    "REJECTIONS",
    "SENTENCES",
    "Address",
    "Alternative",
    "Drawing",
    "Index",
    "Mention",
    "Part",
    "Plan",
    "Rejected",
    "Resolver",
    "Source",
    "Square",
    "UnusableFile",
    "has_points",
    "mention_as_json",
    "parts",
    "read_register",
    "source_of",
    "unread",
]
