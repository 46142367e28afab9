"""How long a datum is kept and how secret it is: each field of each model says so with one of these."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Secrecy(StrEnum):
    """How far a datum may travel."""

    OPEN = "open"
    INTERNAL = "internal"
    RESTRICTED = "restricted"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Keep:
    """When a datum goes away, how secret it is, and for a personal datum why it is there at all."""

    until: str
    secrecy: Secrecy = Secrecy.INTERNAL
    personal: str = ""


# Days after the trigger that a rule names. Source: workflows and lag (2018:1693) chapter 4 where the name is
# R-…; the others are the product's own, shorter, defaults. Lawyers of the deployer confirm them.
DISCARDED_TIP_DAYS = 90
UNSEEN_AD_DAYS = 180
FREE_TEXT_DAYS = 365
CLOSED_CASE_DAYS = 365
OPEN_NOTICE_DAYS = 730
AUDIT_DAYS = 3650
REPLY_BOX_DAYS = 30
IMPORT_REPORT_DAYS = 730

WITH_PLACE = Keep("with the place in the register; a vanished address stays as history")
IMPORT_REPORT = Keep(
    "two years after the import; the latest stays",
    personal="who changed the register must be answerable; service codes only",
)
WITH_LEAD = Keep(
    "with the lead: one year after it is closed, or after the last news of one that was left open",
    Secrecy.RESTRICTED,
)
WITH_OPERATION = Keep(
    "with the operation: one year after it is closed, or after the last day of one that was left open"
)
WITH_ITEM = Keep("with the source item", Secrecy.RESTRICTED)
WITH_ACCOUNT = Keep("with the account", personal="staff sign in, are assigned and are answerable")
AGGREGATE = Keep("for good: a count without persons", Secrecy.OPEN)
LOGGED = Keep(
    "ten years, as the log", personal="who did what must be answerable; service codes only"
)


def ends_on(start: date, *, days: int) -> date:
    """Return the first day on which something started on `start` is no longer kept."""
    return start + timedelta(days=days)
