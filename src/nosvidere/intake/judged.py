"""What people judge about groups of ads, and what merged or was split."""

from typing import ClassVar

from django.db import models

from nosvidere.rules.keeping import Keep, Secrecy

CHANGE_KINDS = {"merged": "slogs ihop", "split": "delades"}
JUDGED = Keep("with the sooner purged of the two ads", Secrecy.RESTRICTED)
CHANGED = Keep("180 days", Secrecy.RESTRICTED)


class Apart(models.Model):
    """A judgement that two ads are not from the same hand; it holds in every grouping until it is undone, and goes with either ad."""

    left = models.ForeignKey("intake.Ad", on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey("intake.Ad", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=240)
    said_by = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    undone_by = models.CharField(max_length=40, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "left", "right", "reason", "said_by", "said_at", "undone_by", "undone_at"), JUDGED
    )

    class Meta:
        ordering = ("-said_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["left", "right"],
                condition=models.Q(undone_at__isnull=True),
                name="two_ads_held_apart_once",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_by="", undone_at__isnull=True)
                | (~models.Q(undone_by="") & models.Q(undone_at__isnull=False)),
                name="undoing_is_whole",
            ),
        )

    def __str__(self) -> str:
        """Return why the two are held apart."""
        return self.reason


class GroupChange(models.Model):
    """Groups of ads that became one, or one that became several: the log of merges and splits."""

    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=list(CHANGE_KINDS.items()))
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    ads = models.PositiveIntegerField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "at", "by", "kind", "before", "after", "ads"), CHANGED
    )

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        """Return what happened."""
        return CHANGE_KINDS[self.kind]
