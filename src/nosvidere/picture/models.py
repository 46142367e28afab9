"""What the picture keeps of its own: published summaries and saved estimates. It writes nothing else."""

from typing import ClassVar

from django.db import models

from nosvidere.operations.models import Operation
from nosvidere.rules.keeping import AGGREGATE, Keep

SOURCES = {"upload": "uppladdad tabell", "own": "regionens egna platser"}
SCREENED = Keep("for good: figures that passed disclosure control")


class PublicSummary(models.Model):
    """One published version of an operation's figures, each with its definition; a new version replaces, never edits."""

    operation = models.ForeignKey(
        Operation, null=True, on_delete=models.SET_NULL, related_name="summaries"
    )
    title = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    figures = models.JSONField()
    small_number_reason = models.CharField(max_length=400, blank=True)
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "operation",
            "title",
            "version",
            "figures",
            "small_number_reason",
            "published_by",
            "published_at",
        ),
        SCREENED,
    )

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["operation", "version"], name="summary_version_once"),
        )

    def __str__(self) -> str:
        """Return title and version."""
        return f"{self.title} ({self.version})"


class SavedEstimate(models.Model):
    """One run of the dark figure with all that is needed to run it again."""

    name = models.CharField(max_length=120)
    counted_until_on = models.DateField()
    seed = models.PositiveBigIntegerField()
    version = models.CharField(max_length=20)
    input_sha256 = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10)
    table = models.JSONField()
    source = models.CharField(max_length=8, choices=list(SOURCES.items()))
    assumptions = models.JSONField()
    replicates = models.PositiveIntegerField()
    result = models.JSONField()
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "name",
            "counted_until_on",
            "seed",
            "version",
            "input_sha256",
            "verdict",
            "table",
            "source",
            "assumptions",
            "replicates",
            "result",
            "made_by",
            "made_at",
        ),
        AGGREGATE,
    )

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(source__in=list(SOURCES)), name="estimate_source_is_known"
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def band(self) -> tuple[float, ...]:
        """Return the union of the methods' intervals as (low, high); empty where there is none."""
        return tuple(self.result["band"] or ())


class PublicEstimate(models.Model):
    """One published interval of the dark figure: rounded, with its caveat; a new version replaces, never edits."""

    estimate = models.ForeignKey(
        SavedEstimate, null=True, on_delete=models.SET_NULL, related_name="published"
    )
    title = models.CharField(max_length=120)
    version = models.PositiveIntegerField(unique=True)
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    caveat = models.CharField(max_length=400)
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "estimate",
            "title",
            "version",
            "low",
            "high",
            "caveat",
            "published_by",
            "published_at",
        ),
        SCREENED,
    )

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(low__lt=models.F("high")), name="public_estimate_is_a_band"
            ),
        )

    def __str__(self) -> str:
        """Return title and version."""
        return f"{self.title} ({self.version})"
