"""The main job on files: texts to places, ads to groups, evidence to a ranking, a ranking to a plan. No database."""

from nosvidere.sites.chain.gather import Files, Gathered, gather
from nosvidere.sites.chain.lay import lay_plan, not_mappable
from nosvidere.sites.chain.rank import RankedPlace, rank_places
from nosvidere.sites.chain.refusals import Refusals, refusals_in
from nosvidere.sites.chain.remarks import remarks
from nosvidere.sites.chain.results import Results
from nosvidere.sites.chain.write import write_results

__all__ = [
    "Files",
    "Gathered",
    "RankedPlace",
    "Refusals",
    "Results",
    "gather",
    "lay_plan",
    "not_mappable",
    "rank_places",
    "refusals_in",
    "remarks",
    "write_results",
]
