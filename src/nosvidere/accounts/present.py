"""What the pages on accounts and the log show."""

from dataclasses import dataclass
from datetime import datetime

from nosvidere.accounts.models import Account
from nosvidere.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list."""

    code: str
    name: str
    posts: tuple[str, ...]
    is_active: bool


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event in the log."""

    seq: int
    at: datetime
    actor: str
    act: str
    on: str
    why: str


def account_row(account: Account) -> AccountRow:
    """Return an account as its list shows it."""
    return AccountRow(
        account.service_code,
        account.name,
        tuple(str(p) for p in account.posts.all()),
        account.is_active,
    )


def log_row(event: AuditEvent) -> LogRow:
    """Return an event as the log shows it."""
    on = f"{event.object_kind} {event.object_id}".strip()
    return LogRow(event.seq, event.at, event.actor, event.act, on, event.why)
