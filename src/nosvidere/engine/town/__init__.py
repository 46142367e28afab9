"""The fictitious town and its season, with the truth: nothing here is a real place or a real person."""

from .addresses import TownAddress, dwellings_of
from .files import write_town
from .operation import play_operation, press_figures
from .police import Unit
from .score import Score, rank_by_chance, rank_by_tips, rank_newest, score_ranking
from .season import Season, make_season
from .streets import Road, Street
from .tiles import cells_layer, make_archive
from .town import Town, make_town

__all__ = [
    "Road",
    "Score",
    "Season",
    "Street",
    "Town",
    "TownAddress",
    "Unit",
    "cells_layer",
    "dwellings_of",
    "make_archive",
    "make_season",
    "make_town",
    "play_operation",
    "press_figures",
    "rank_by_chance",
    "rank_by_tips",
    "rank_newest",
    "score_ranking",
    "write_town",
]
