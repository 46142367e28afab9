"""An operation: its shifts, teams, fronts and the visits of its frozen list."""

from typing import ClassVar

from django.db import models

from nosvidere.accounts.models import OrgUnit
from nosvidere.leads.models import Lead
from nosvidere.register.models import Place
from nosvidere.rules.flows import ASSIGNMENT, OPERATION
from nosvidere.rules.keeping import WITH_OPERATION, Keep
from nosvidere.rules.operation import FRONTS

SHIFT_KINDS = {"EVENING": "kvällspass", "DAY": "dagpass"}
STAFF = Keep("with the operation", personal="staff are assigned; service codes only")


class Operation(models.Model):
    """A decided effort with an aim, a legal basis, a leading unit and an end."""

    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=400)
    legal_basis = models.CharField(max_length=240)
    lead_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="led_operations")
    from_on = models.DateField()
    until_on = models.DateField()
    address_limit = models.PositiveIntegerField()
    exploration_share = models.FloatField(default=0.1)
    seed = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=OPERATION.choices(), default="PROPOSED")
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    legality_note = models.CharField(max_length=400, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    plan = models.JSONField(default=dict)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "name",
            "purpose",
            "legal_basis",
            "lead_unit",
            "from_on",
            "until_on",
            "address_limit",
            "exploration_share",
            "seed",
            "state",
            "proposed_by",
            "proposed_at",
            "approved_by",
            "approved_at",
            "legality_note",
            "frozen_at",
            "closed_at",
            "plan",
        ),
        WITH_OPERATION,
    )

    class Meta:
        ordering = ("-from_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=list(OPERATION.words)),
                name="operation_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="operation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(exploration_share__gte=0, exploration_share__lte=0.5),
                name="exploration_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by="", approved_at__isnull=True)
                | (~models.Q(approved_by="") & models.Q(approved_at__isnull=False)),
                name="operation_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("proposed_by")),
                name="proposer_never_approves",
            ),
        )

    def __str__(self) -> str:
        """Return the operation's name."""
        return self.name


class Shift(models.Model):
    """One shift of an operation, led by one person."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="shifts")
    kind = models.CharField(max_length=8, choices=list(SHIFT_KINDS.items()), default="EVENING")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    muster_point = models.CharField(max_length=120)
    muster_lat = models.FloatField()
    muster_lon = models.FloatField()
    commander = models.CharField(max_length=40)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            (
                "id",
                "operation",
                "kind",
                "starts_at",
                "ends_at",
                "muster_point",
                "muster_lat",
                "muster_lon",
            ),
            WITH_OPERATION,
        ),
        "commander": STAFF,
    }

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="shift_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=list(SHIFT_KINDS)), name="shift_kind_is_known"
            ),
            models.UniqueConstraint(fields=["operation", "starts_at"], name="one_shift_at_a_time"),
        )

    def __str__(self) -> str:
        """Return the kind and the day."""
        return f"{SHIFT_KINDS[self.kind]} {self.starts_at:%Y-%m-%d}"


class Team(models.Model):
    """A team of one shift on one front, lent by a unit."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="teams")
    call_sign = models.CharField(max_length=20)
    front = models.CharField(max_length=8, choices=list(FRONTS.items()))
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="teams")

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "shift", "call_sign", "front", "unit"), WITH_OPERATION
    )

    class Meta:
        ordering = ("shift", "call_sign")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(front__in=list(FRONTS)), name="team_front_is_known"
            ),
            models.UniqueConstraint(fields=["shift", "call_sign"], name="call_sign_once_a_shift"),
        )

    def __str__(self) -> str:
        """Return the call sign."""
        return self.call_sign


class TeamMember(models.Model):
    """Someone of a team, by service code, and the unit that lends them."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    service_code = models.CharField(max_length=40)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("id", "team", "service_code", "unit"), STAFF)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["team", "service_code"], name="member_once_in_a_team"),
        )

    def __str__(self) -> str:
        """Return the service code."""
        return self.service_code


class Assignment(models.Model):
    """A visit of the frozen list: which place, why, and when it is planned by which team."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="assignments")
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="assignments")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="assignments")
    priority = models.FloatField()
    is_exploration = models.BooleanField(default=False)
    origin = models.CharField(max_length=8)
    service_minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=ASSIGNMENT.choices(), default="UNPLANNED")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    order = models.PositiveIntegerField(null=True, blank=True)
    arrive_at = models.DateTimeField(null=True, blank=True)
    leave_at = models.DateTimeField(null=True, blank=True)
    unserved_reason = models.CharField(max_length=240, blank=True)
    cautions = models.CharField(max_length=1000, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "operation",
            "lead",
            "place",
            "priority",
            "is_exploration",
            "origin",
            "service_minutes",
            "state",
            "team",
            "order",
            "arrive_at",
            "leave_at",
            "unserved_reason",
            "cautions",
        ),
        WITH_OPERATION,
    )

    class Meta:
        ordering = ("arrive_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=list(ASSIGNMENT.words)),
                name="assignment_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["operation", "lead"], name="lead_once_in_an_operation"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    team__isnull=True,
                    order__isnull=True,
                    arrive_at__isnull=True,
                    leave_at__isnull=True,
                )
                | models.Q(order__isnull=False, arrive_at__isnull=False, leave_at__isnull=False),
                name="assignment_plan_is_whole",
            ),
        )

    def __str__(self) -> str:
        """Return the address."""
        return str(self.place)
