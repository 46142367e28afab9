"""Who works here, where and as what."""

from datetime import date

from django.db.models import Q, QuerySet

from nosvidere.accounts.models import Account, OrgUnit, Post
from nosvidere.rules.access import Actor, check_may


def posts_on(account: Account, day: date) -> QuerySet[Post]:
    """Return the posts that an account holds on a day."""
    return account.posts.select_related("unit").filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day
    )


def actor_for(account: Account, *, on: date) -> Actor:
    """Return who the account is on a day: its code, the roles of its posts and its first unit."""
    posts = list(posts_on(account, on).order_by("id"))
    return Actor(
        account.service_code, frozenset(p.role for p in posts), posts[0].unit.code if posts else ""
    )


def accounts_for(*, reader: Actor) -> QuerySet[Account]:
    """Return all accounts for the technical administrator."""
    check_may(reader, "account.manage")
    return Account.objects.prefetch_related("posts__unit").order_by("service_code")


def staff_with_role(role: str, *, on: date) -> list[tuple[str, OrgUnit]]:
    """Return (service code, unit) of the active accounts that hold a role on a day, by code."""
    posts = (
        Post.objects.select_related("account", "unit__parent")
        .filter(
            Q(until_on__isnull=True) | Q(until_on__gte=on),
            role=role,
            from_on__lte=on,
            account__is_active=True,
        )
        .order_by("account__service_code")
    )
    return [(post.account.service_code, post.unit) for post in posts]


def units() -> QuerySet[OrgUnit]:
    """Return the organisation, parents with them."""
    return OrgUnit.objects.select_related("parent")
