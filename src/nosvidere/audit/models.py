"""One row for each act, chained to the row before."""

from typing import ClassVar

from django.db import models

from nosvidere.audit.chain import instant_text
from nosvidere.rules.keeping import LOGGED, Keep


class AuditEvent(models.Model):
    """Who did or read what, when and why; each row's hash holds the hash before it."""

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    roles = models.CharField(max_length=200, blank=True)
    act = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=400, blank=True)
    fields = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "seq",
            "at",
            "actor",
            "roles",
            "act",
            "object_kind",
            "object_id",
            "why",
            "fields",
            "previous_hash",
            "hash",
        ),
        LOGGED,
    )

    class Meta:
        ordering = ("seq",)
        indexes = (
            models.Index(fields=["object_kind", "object_id"]),
            models.Index(fields=["actor"]),
        )

    def __str__(self) -> str:
        """Return the number and the act."""
        return f"{self.seq} {self.act}"

    def content(self) -> dict[str, object]:
        """Return all that the hash covers."""
        return {
            "seq": self.seq,
            "at": instant_text(self.at),
            "actor": self.actor,
            "roles": self.roles,
            "act": self.act,
            "object_kind": self.object_kind,
            "object_id": self.object_id,
            "why": self.why,
            "fields": self.fields,
        }


class AuditHead(models.Model):
    """The end of the chain: one row, locked by whoever writes next."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("id", "seq", "hash"), LOGGED)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head"),)

    def __str__(self) -> str:
        """Return the last number."""
        return str(self.seq)
