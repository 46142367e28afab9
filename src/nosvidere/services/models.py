"""Referrals as the social services hold them, under their own key."""

from typing import ClassVar

from django.db import models

from nosvidere.kernel.ids import new_id
from nosvidere.rules.flows import REFERRAL
from nosvidere.rules.keeping import Keep, Secrecy

CASE = Keep(
    "with the case: one year after it is closed, or two after it came",
    Secrecy.SEALED,
    personal="a person asked to be contacted",
)


class ReceivedReferral(models.Model):
    """A referral opened with the services' key; its text stays sealed in the services' own store."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=REFERRAL.choices(), default="RECEIVED")
    is_urgent = models.BooleanField(default=False)
    sealed_text = models.BinaryField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    status_sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "reference",
            "state",
            "is_urgent",
            "sealed_text",
            "received_at",
            "due_at",
            "status_sent_at",
            "closed_at",
        ),
        CASE,
    )

    class Meta:
        ordering = ("due_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=list(REFERRAL.words)), name="referral_state_is_known"
            ),
        )

    def __str__(self) -> str:
        """Return the reference."""
        return self.reference


class ReferralStep(models.Model):
    """One attempt or change: from what, to what, by whom; a note stays sealed."""

    referral = models.ForeignKey(ReceivedReferral, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    sealed_note = models.BinaryField(default=bytes)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "referral", "before", "after", "by", "at", "sealed_note"), CASE
    )

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        """Return the state that was reached."""
        return self.after
