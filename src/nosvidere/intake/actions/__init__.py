"""Tips and ads taken in, opened, graded, set aside; each act by one person and in the log."""

from nosvidere.intake.actions.ads import import_ads, link_ads
from nosvidere.intake.actions.items import next_diary_no, set_item_state
from nosvidere.intake.actions.tips import (
    ask_sender,
    discard_tip,
    forward_emergency,
    grade_tip,
    mark_same_informant,
    open_tip,
    take_in_tips,
)

__all__ = [
    "ask_sender",
    "discard_tip",
    "forward_emergency",
    "grade_tip",
    "import_ads",
    "link_ads",
    "mark_same_informant",
    "next_diary_no",
    "open_tip",
    "set_item_state",
    "take_in_tips",
]
