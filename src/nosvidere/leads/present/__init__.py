"""What the pages on leads show."""

from nosvidere.leads.present.confirming import (
    ConfirmPage,
    confirm_page,
    country_notice,
    waiting_row,
)
from nosvidere.leads.present.leads import lead_page, lead_row, link_row, state_tabs

__all__ = [
    "ConfirmPage",
    "confirm_page",
    "country_notice",
    "lead_page",
    "lead_row",
    "link_row",
    "state_tabs",
    "waiting_row",
]
