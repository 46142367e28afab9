"""Sign-ins and sign-outs go in the log."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from nosvidere.accounts.models import Account
from nosvidere.accounts.queries import actor_for
from nosvidere.audit.actions import record
from nosvidere.kernel.time import now, today
from nosvidere.rules.access import SYSTEM

ACTS = {
    user_logged_in: "account.sign_in",
    user_logged_out: "account.sign_out",
    password_changed: "account.password",
    authenticator_added: "account.factor_add",
    authenticator_removed: "account.factor_remove",
}


def connect() -> None:
    """Connect each signal with its entry in the log."""
    for signal, act in ACTS.items():
        signal.connect(_recorder(act), weak=False, dispatch_uid=f"log {act}")
    user_login_failed.connect(_record_failure, dispatch_uid="log account.sign_in_failed")


def _recorder(act: str) -> Any:
    def write(sender: object, *, user: Account | None = None, **_: object) -> None:
        if user is not None:
            record(by=actor_for(user, on=today()), act=act, on=user, at=now())

    return write


def _record_failure(sender: object, **_: object) -> None:
    """Log that someone failed to sign in; which name was typed is not kept, since it may be a password."""
    record(by=SYSTEM, act="account.sign_in_failed", at=now())
