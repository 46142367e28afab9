"""Changes to units, accounts and posts."""

from collections.abc import Iterable
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from nosvidere.accounts.models import Account, OrgUnit, Post
from nosvidere.audit.actions import record
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date
from nosvidere.rules.access import ROLES, Actor, check_may


@transaction.atomic
def add_unit(
    *, code: str, name: str, kind: str, parent: OrgUnit | None, by: Actor, at: datetime
) -> OrgUnit:
    """Add a unit, or bring the name, kind and parent of the one with this code up to date, and return it."""
    check_may(by, "account.manage")
    unit, _ = OrgUnit.objects.update_or_create(
        code=code, defaults={"name": name, "kind": kind, "parent": parent}
    )
    record(by=by, act="unit.set", on=unit, at=at)
    return unit


@transaction.atomic
def add_account(*, code: str, name: str, password: str | None, by: Actor, at: datetime) -> Account:
    """Add an account without a post; raises Refused when the service code is taken."""
    check_may(by, "account.manage")
    if Account.objects.filter(service_code=code).exists():
        raise Refused("Tjänstekoden {code} finns redan.", code=code)
    _check_password(password)
    account = Account.objects.create_user(code, password, name=name, created_at=at)
    record(by=by, act="account.add", on=account, at=at)
    return account


def _check_password(password: str | None) -> None:
    """Raise Refused for a password that the site's validators turn down; None means that no password opens it."""
    if password is None:
        return
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused("{reasons}", reasons=" ".join(error.messages)) from error


@transaction.atomic
def give_post(
    *,
    account: Account,
    role: str,
    unit: OrgUnit,
    from_on: date,
    until_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    """Give an account a role in a unit; raises Refused for an unknown role or an end before the start."""
    check_may(by, "account.manage")
    if role not in ROLES:
        raise Refused(
            "Rollen {role} finns inte. Välj en av: {roles}.", role=role, roles=", ".join(ROLES)
        )
    if until_on is not None and until_on < from_on:
        raise Refused("Befattningen kan inte sluta före den börjar.")
    post, _ = Post.objects.get_or_create(
        account=account, role=role, unit=unit, from_on=from_on, defaults={"until_on": until_on}
    )
    record(by=by, act="post.give", on=post, at=at, fields={"role": role, "unit": unit.code})
    return post


@transaction.atomic
def end_posts(*, posts: Iterable[Post], by: Actor, at: datetime) -> None:
    """End posts today; each end is logged."""
    check_may(by, "account.manage")
    for post in posts:
        Post.objects.filter(pk=post.pk).update(until_on=max(local_date(at), post.from_on))
        record(by=by, act="post.end", on=post, at=at)


@transaction.atomic
def close_account(*, account: Account, by: Actor, at: datetime) -> None:
    """Let an account open nothing more: its posts end today, and where it is signed in it is signed out at once."""
    check_may(by, "account.manage")
    if not account.is_active:
        raise Refused("Kontot {code} är redan stängt.", code=account.service_code)
    end_posts(posts=account.posts.exclude(until_on__lte=local_date(at)), by=by, at=at)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    record(by=by, act="account.close", on=account, at=at)


@transaction.atomic
def reset_account(*, account: Account, password: str, by: Actor, at: datetime) -> None:
    """Give an account a new password and let it set up its second factor anew; where it is signed in it is signed out."""
    check_may(by, "account.manage")
    _check_password(password)
    account.set_password(password)
    account.save(update_fields=["password"])
    Authenticator.objects.filter(user=account).delete()
    record(by=by, act="account.reset", on=account, at=at)
