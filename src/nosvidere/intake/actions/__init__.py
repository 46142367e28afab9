"""Tips and ads taken in, opened, graded, set aside; each act by one person and in the log."""

from nosvidere.intake.actions.ads import import_ads, import_and_link
from nosvidere.intake.actions.arriving import (
    TipsTaken,
    Told,
    add_tips,
    import_tips,
    take_call,
    take_in_tips,
)
from nosvidere.intake.actions.items import flag_address, next_diary_no, set_item_state
from nosvidere.intake.actions.linking import (
    forget_gone_ads,
    hold_apart,
    link_ads,
    link_new_ads,
    release,
)
from nosvidere.intake.actions.photos import develop_photos, keep_photos, open_photo
from nosvidere.intake.actions.texts import open_texts
from nosvidere.intake.actions.tips import (
    ask_sender,
    ask_where,
    discard_tip,
    forward_emergency,
    give_code,
    grade_tip,
    mark_same_informant,
    open_tip,
    same_sender_as,
)

__all__ = [
    "TipsTaken",
    "Told",
    "add_tips",
    "ask_sender",
    "ask_where",
    "develop_photos",
    "discard_tip",
    "flag_address",
    "forget_gone_ads",
    "forward_emergency",
    "give_code",
    "grade_tip",
    "hold_apart",
    "import_ads",
    "import_and_link",
    "import_tips",
    "keep_photos",
    "link_ads",
    "link_new_ads",
    "mark_same_informant",
    "next_diary_no",
    "open_photo",
    "open_texts",
    "open_tip",
    "release",
    "same_sender_as",
    "set_item_state",
    "take_call",
    "take_in_tips",
]
