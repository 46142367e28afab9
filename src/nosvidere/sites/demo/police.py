"""The demonstration's police: the season's work day by day, through the same actions as real work."""

from nosvidere.sites.demo.police_casework import (
    assess_leads,
    confirm_places,
    import_ads,
    take_call,
    take_in_tips,
)
from nosvidere.sites.demo.police_operation import (
    begin_follow_up,
    conclude,
    plan_operation,
    play_evening,
    propose_operation,
    publish,
    serve_notices,
    take_in_replies,
)
from nosvidere.sites.demo.police_setup import exchange, load_register, prepare, trust

ACTS = {
    "prepare": prepare,
    "trust": trust,
    "load_register": load_register,
    "exchange": exchange,
    "take_call": take_call,
    "take_in_tips": take_in_tips,
    "import_ads": import_ads,
    "confirm_places": confirm_places,
    "assess_leads": assess_leads,
    "propose_operation": propose_operation,
    "plan_operation": plan_operation,
    "play_evening": play_evening,
    "conclude": conclude,
    "serve_notices": serve_notices,
    "take_in_replies": take_in_replies,
    "publish": publish,
    "begin_follow_up": begin_follow_up,
}
