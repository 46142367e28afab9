"""Ads and tips → groups from the same hand, with the reasons; places and patterns, never persons."""

from nosvidere.engine.linkage.aligning import MOST_ALIGNED, Piece, aligned
from nosvidere.engine.linkage.apart import Cut
from nosvidere.engine.linkage.background import Background
from nosvidere.engine.linkage.candidates import SetWork, on_duckdb
from nosvidere.engine.linkage.components import Moved
from nosvidere.engine.linkage.control import singles_grouped
from nosvidere.engine.linkage.evidence import Edge
from nosvidere.engine.linkage.explaining import Explanation, explain
from nosvidere.engine.linkage.files import LinkReport, link_file
from nosvidere.engine.linkage.hashing import AdRecord, Hasher, contact_hash, minimise
from nosvidere.engine.linkage.index import LinkIndex, Parting
from nosvidere.engine.linkage.linking import Grouping, link
from nosvidere.engine.linkage.naming import Change, named_as_before
from nosvidere.engine.linkage.reading import AdRow, Rejected, UnusableFile, read_ads
from nosvidere.engine.linkage.settings import DEFAULT, LinkSettings
from nosvidere.engine.linkage.spark import SparkCluster, SparkMissing, spark
from nosvidere.engine.linkage.tips import near_identical

__all__ = [
    "DEFAULT",
    "MOST_ALIGNED",
    "AdRecord",
    "AdRow",
    "Background",
    "Change",
    "Cut",
    "Edge",
    "Explanation",
    "Grouping",
    "Hasher",
    "LinkIndex",
    "LinkReport",
    "LinkSettings",
    "Moved",
    "Parting",
    "Piece",
    "Rejected",
    "SetWork",
    "SparkCluster",
    "SparkMissing",
    "UnusableFile",
    "aligned",
    "contact_hash",
    "explain",
    "link",
    "link_file",
    "minimise",
    "named_as_before",
    "near_identical",
    "on_duckdb",
    "read_ads",
    "singles_grouped",
    "spark",
]
