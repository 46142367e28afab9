"""The organisation and those who work in it, as data."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from nosvidere.rules.access import ROLES
from nosvidere.rules.keeping import WITH_ACCOUNT, Keep

UNIT_KINDS = {
    "authority": "myndighet",
    "region": "polisregion",
    "area": "polisområde",
    "local_area": "lokalpolisområde",
    "group": "grupp",
    "municipality": "kommun",
}
OUTLIVES_STAFF = Keep("as long as the organisation has the unit")


class OrgUnit(models.Model):
    """A unit of the organisation: region, police area, local police area, group, or a municipality's office."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=list(UNIT_KINDS.items()))
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "code", "name", "kind", "parent"), OUTLIVES_STAFF
    )

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=list(UNIT_KINDS)), name="unit_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="unit_is_not_its_own_parent"
            ),
        )

    def __str__(self) -> str:
        """Return the unit's name."""
        return self.name

    def ancestor(self, kind: str) -> "OrgUnit | None":
        """Return the unit itself or the nearest unit above it of a kind."""
        unit: OrgUnit | None = self
        while unit is not None and unit.kind != kind:
            unit = unit.parent
        return unit


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by service code."""

    def create_user(
        self, service_code: str, password: str | None = None, **fields: Any
    ) -> "Account":
        """Return a saved account with a hashed password; None means that no password opens it."""
        account = self.model(service_code=service_code, **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """Someone of the staff who can sign in; known to the rest of the system by service code alone."""

    service_code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "service_code"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "service_code", "name", "is_active", "created_at", "password", "last_login"),
        WITH_ACCOUNT,
    )

    def __str__(self) -> str:
        """Return the service code."""
        return self.service_code


class Post(models.Model):
    """A role held by an account in a unit, from one day until another."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40, choices=list(ROLES.items()))
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "account", "unit", "role", "from_on", "until_on"), WITH_ACCOUNT
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=list(ROLES)), name="post_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True)
                | models.Q(until_on__gte=models.F("from_on")),
                name="post_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["account", "unit", "role", "from_on"], name="post_once"
            ),
        )

    def __str__(self) -> str:
        """Return role and unit in Swedish."""
        return f"{ROLES[self.role]}, {self.unit}"

    def is_held_on(self, day: date) -> bool:
        """Say whether the post is held on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
