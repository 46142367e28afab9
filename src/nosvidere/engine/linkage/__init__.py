"""Ads and tips → groups from the same hand, with the reasons; places and patterns, never persons."""

from nosvidere.engine.linkage.evidence import Edge
from nosvidere.engine.linkage.explaining import Explanation, explain
from nosvidere.engine.linkage.files import LinkReport, link_file
from nosvidere.engine.linkage.hashing import AdRecord, Hasher, contact_hash, minimise
from nosvidere.engine.linkage.linking import Grouping, link
from nosvidere.engine.linkage.reading import AdRow, Rejected, UnusableFile, read_ads
from nosvidere.engine.linkage.settings import DEFAULT, LinkSettings
from nosvidere.engine.linkage.tips import near_identical

__all__ = [
    "DEFAULT",
    "AdRecord",
    "AdRow",
    "Edge",
    "Explanation",
    "Grouping",
    "Hasher",
    "LinkReport",
    "LinkSettings",
    "Rejected",
    "UnusableFile",
    "contact_hash",
    "explain",
    "link",
    "link_file",
    "minimise",
    "near_identical",
    "read_ads",
]
