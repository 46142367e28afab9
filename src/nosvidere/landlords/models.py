"""A landlord's notice, what was answered, what was done, and whether it held."""

from typing import ClassVar

from django.db import models

from nosvidere.leads.models import Lead
from nosvidere.register.models import TENURES, Party, Place
from nosvidere.rules.flows import NOTICE
from nosvidere.rules.keeping import Keep, Secrecy

MEASURES = {
    "inspection": "besiktning",
    "talk": "samtal med hyresgästen",
    "rectification": "rättelseanmaning",
    "social_board": "underrättelse till socialnämnden",
    "termination": "uppsägning",
    "letting_ended": "uthyrning eller bokning avslutad",
    "police_report": "polisanmälan",
    "routines": "ändrade rutiner för uthyrning",
    "none": "ingen åtgärd, med motivering",
}
REPLIES = {
    "acknowledged": "bekräftade",
    "measure": "berättade vad som gjorts",
    "contested": "ifrågasatte",
    "message": "skrev",
}
NOTICE_KEPT = Keep("one year after the notice is closed", Secrecy.RESTRICTED)
NOTICE_TEXT = Keep(
    "one year after the notice is closed",
    Secrecy.SEALED,
    personal="a landlord's answer may name someone",
)
STAFF = Keep("with the notice", personal="staff are answerable; service codes only")


class Notice(models.Model):
    """A notice to one landlord about one place: drafted, reviewed by law, served through a letter code, followed up."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="notices")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="notices")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="notices")
    tenure = models.CharField(max_length=12, choices=list(TENURES.items()))
    diary_no = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=16, choices=NOTICE.choices(), default="DRAFT")
    extent_basis = models.CharField(max_length=800)
    observed_on = models.JSONField(default=list)
    drafted_by = models.CharField(max_length=40)
    drafted_at = models.DateTimeField()
    proportionality = models.CharField(max_length=800, blank=True)
    disclosure_ground = models.CharField(max_length=120, blank=True)
    harm_check = models.JSONField(default=dict)
    reservation = models.CharField(max_length=400, blank=True)
    hold_until_on = models.DateField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=40, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    mailbox_tag = models.CharField(max_length=64, blank=True)
    mailbox_public = models.BinaryField(default=bytes)
    knows_since_at = models.DateTimeField(null=True, blank=True)
    acknowledge_by_on = models.DateField(null=True, blank=True)
    measure_by_on = models.DateField(null=True, blank=True)
    legal_deadline_on = models.DateField(null=True, blank=True)
    letting_ended_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            (
                "id",
                "lead",
                "place",
                "party",
                "tenure",
                "diary_no",
                "state",
                "extent_basis",
                "observed_on",
                "drafted_at",
                "proportionality",
                "disclosure_ground",
                "harm_check",
                "reservation",
                "hold_until_on",
                "reviewed_at",
                "sent_at",
                "mailbox_tag",
                "mailbox_public",
                "knows_since_at",
                "acknowledge_by_on",
                "measure_by_on",
                "legal_deadline_on",
                "letting_ended_on",
                "closed_at",
            ),
            NOTICE_KEPT,
        ),
        "drafted_by": STAFF,
        "reviewed_by": STAFF,
    }

    class Meta:
        ordering = ("-drafted_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=list(NOTICE.words)), name="notice_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by="", reviewed_at__isnull=True)
                | (~models.Q(reviewed_by="") & models.Q(reviewed_at__isnull=False)),
                name="notice_review_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(reviewed_by=models.F("drafted_by")),
                name="drafter_never_reviews",
            ),
            models.UniqueConstraint(
                fields=["lead"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_notice_for_a_lead",
            ),
        )

    def __str__(self) -> str:
        """Return the diary number."""
        return self.diary_no


class NoticeStep(models.Model):
    """One change of a notice's state: from what, to what, by whom, why."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    why = models.CharField(max_length=400, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(("id", "notice", "before", "after", "at", "why"), NOTICE_KEPT),
        "by": STAFF,
    }

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        """Return the state that was reached."""
        return self.after


class NoticeReply(models.Model):
    """What the landlord wrote through the letter code, sealed in the police store."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=12, choices=list(REPLIES.items()))
    at = models.DateTimeField()
    sealed_text = models.BinaryField()

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(("id", "notice", "kind", "at"), NOTICE_KEPT),
        "sealed_text": NOTICE_TEXT,
    }

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class Measure(models.Model):
    """What was done, on which day, and what a re-check found."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=16, choices=list(MEASURES.items()))
    taken_on = models.DateField()
    reported_at = models.DateTimeField()
    rechecked_on = models.DateField(null=True, blank=True)
    has_held = models.BooleanField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "notice", "kind", "taken_on", "reported_at", "rechecked_on", "has_held"),
        NOTICE_KEPT,
    )

    class Meta:
        ordering = ("taken_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=list(MEASURES)), name="measure_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rechecked_on__isnull=True, has_held__isnull=True)
                | models.Q(rechecked_on__isnull=False, has_held__isnull=False),
                name="recheck_is_whole",
            ),
        )

    def __str__(self) -> str:
        """Return the kind in Swedish."""
        return MEASURES[self.kind]
