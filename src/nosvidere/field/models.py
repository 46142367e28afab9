"""What a team did and saw: append-only events with the sender's own ids."""

from typing import ClassVar

from django.db import models

from nosvidere.kernel.ids import new_id
from nosvidere.operations.models import Assignment, Shift
from nosvidere.register.models import Place
from nosvidere.rules.check import (
    COMPLETIONS,
    ENTRY_BASES,
    MODES,
    OFFENCES,
    OUTCOMES,
    PLACE_TYPES,
    SEXES,
)
from nosvidere.rules.flows import REPORT
from nosvidere.rules.keeping import WITH_OPERATION, Keep, Secrecy
from nosvidere.rules.operation import FRONTS

STAFF = Keep("with the operation", personal="staff are answerable; service codes only")
NOTE = Keep("one year", Secrecy.SEALED, personal="free text may name someone")
BUYER = Keep(
    "until the operation is closed, then only an age band",
    Secrecy.RESTRICTED,
    personal="the published figure needs age, and sex where the report needs it",
)


class Check(models.Model):
    """One check of one place by a team; never changed, but another check may take its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="checks")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="checks")
    recorded_at = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    device = models.CharField(max_length=64, blank=True)
    body_hash = models.CharField(max_length=64)
    entry_basis = models.CharField(max_length=16, choices=list(ENTRY_BASES.items()))
    decision_no = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=16, choices=list(OUTCOMES.items()))
    signs = models.JSONField(default=list)
    persons_met = models.PositiveIntegerField(default=0)
    child_present = models.BooleanField(default=False)
    note = models.TextField(max_length=1000, blank=True)
    corrected_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrects"
    )

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            (
                "id",
                "assignment",
                "place",
                "recorded_at",
                "received_at",
                "device",
                "body_hash",
                "entry_basis",
                "decision_no",
                "outcome",
                "signs",
                "persons_met",
                "child_present",
                "corrected_by",
            ),
            WITH_OPERATION,
        ),
        "recorded_by": STAFF,
        "note": NOTE,
    }

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome__in=list(OUTCOMES)), name="check_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(entry_basis__in=list(ENTRY_BASES)), name="check_entry_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(entry_basis="search_decision") | ~models.Q(decision_no=""),
                name="search_has_a_decision",
            ),
            models.CheckConstraint(
                condition=~models.Q(corrected_by=models.F("id")),
                name="check_is_not_its_own_correction",
            ),
        )

    def __str__(self) -> str:
        """Return the outcome in Swedish."""
        return OUTCOMES[self.outcome]


class OffenceReport(models.Model):
    """A coded report: which offence, completed or attempted, age and sex for statistics, case number; no name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=24, choices=list(OFFENCES.items()))
    completion = models.CharField(max_length=10, choices=list(COMPLETIONS.items()))
    mode = models.CharField(max_length=10, choices=list(MODES.items()), default="IN_PERSON")
    place_type = models.CharField(max_length=16, choices=list(PLACE_TYPES.items()))
    front = models.CharField(max_length=8, choices=list(FRONTS.items()))
    happened_at = models.DateTimeField()
    age_years = models.PositiveIntegerField(null=True, blank=True)
    age_band = models.CharField(max_length=9, blank=True)
    sex = models.CharField(max_length=8, choices=list(SEXES.items()), blank=True)
    case_no = models.CharField(max_length=40, unique=True)
    buyer_informed = models.BooleanField(default=False)
    callback_consent = models.BooleanField(default=False)
    self_harm_asked = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=REPORT.choices(), default="REGISTERED")
    registered_by = models.CharField(max_length=40)
    registered_at = models.DateTimeField()

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            (
                "id",
                "assignment",
                "kind",
                "completion",
                "mode",
                "age_band",
                "place_type",
                "front",
                "happened_at",
                "case_no",
                "buyer_informed",
                "callback_consent",
                "self_harm_asked",
                "state",
                "registered_at",
            ),
            WITH_OPERATION,
        ),
        "age_years": BUYER,
        "sex": BUYER,
        "registered_by": STAFF,
    }

    class Meta:
        ordering = ("happened_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=list(OFFENCES)), name="report_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(completion__in=list(COMPLETIONS)),
                name="report_completion_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(sex__in=list(SEXES)), name="report_sex_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(age_years__isnull=True)
                | models.Q(age_years__gte=15, age_years__lte=110),
                name="report_age_is_possible",
            ),
        )

    def __str__(self) -> str:
        """Return the case number."""
        return self.case_no


class ConcernReport(models.Model):
    """A child may be at risk: due before the shift ends, closed only when sent or by a reason."""

    found_at_check = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="concern")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="concerns")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=40, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(("id", "found_at_check", "shift", "due_at", "sent_at"), WITH_OPERATION),
        "sent_by": STAFF,
    }

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True, sent_by="")
                | (models.Q(sent_at__isnull=False) & ~models.Q(sent_by="")),
                name="concern_sending_is_whole",
            ),
        )

    def __str__(self) -> str:
        """Return when it is due."""
        return f"{self.due_at:%Y-%m-%d %H:%M}"


class Envelope(models.Model):
    """A record as a phone sent it, kept before it is read, so that a fault of ours never loses it."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=20)
    body = models.JSONField()
    body_hash = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    sent_by = models.CharField(max_length=40)
    result = models.CharField(max_length=12, default="held")
    reason = models.CharField(max_length=240, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            ("id", "kind", "body_hash", "received_at", "result", "reason"), WITH_OPERATION
        ),
        "body": NOTE,
        "sent_by": STAFF,
    }

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(result__in=["stored", "duplicate", "held", "rejected"]),
                name="envelope_result_is_known",
            ),
        )

    def __str__(self) -> str:
        """Return the result."""
        return self.result
