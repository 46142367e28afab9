"""Evidence on places: links with their judgement, statements, leads and assessments."""

from typing import ClassVar

from django.db import models

from nosvidere.intake.models import BASES, INFO_GRADES, SOURCE_GRADES, SourceItem
from nosvidere.register.models import Place
from nosvidere.rules.flows import LEAD
from nosvidere.rules.keeping import WITH_LEAD, Keep, Secrecy

JUDGEMENTS = {
    "suggested": "föreslagen",
    "positive": "samma",
    "negative": "inte samma",
    "unsure": "osäkert",
}
DECISIONS = {"accept": "som uträknat", "raise": "högre", "lower": "lägre"}


class Link(models.Model):
    """An edge from a source item to a place or to another item, with who judged it; undone by an end date."""

    item = models.ForeignKey(SourceItem, on_delete=models.CASCADE, related_name="links")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )
    other = models.ForeignKey(
        SourceItem, null=True, blank=True, on_delete=models.CASCADE, related_name="linked_from"
    )
    judgement = models.CharField(max_length=12, choices=list(JUDGEMENTS.items()))
    score = models.FloatField(default=0)
    explanation = models.JSONField(default=dict)
    method = models.CharField(max_length=40)
    created_by = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    deleted_by = models.CharField(max_length=40, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "item",
            "place",
            "other",
            "judgement",
            "score",
            "explanation",
            "method",
            "created_by",
            "created_at",
            "deleted_by",
            "deleted_at",
        ),
        WITH_LEAD,
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(place__isnull=False, other__isnull=True)
                | models.Q(place__isnull=True, other__isnull=False),
                name="link_has_one_other_end",
            ),
            models.CheckConstraint(
                condition=models.Q(judgement__in=list(JUDGEMENTS)), name="link_judgement_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_by="", deleted_at__isnull=True)
                | (~models.Q(deleted_by="") & models.Q(deleted_at__isnull=False)),
                name="link_end_is_whole",
            ),
            models.UniqueConstraint(
                fields=["item", "place"],
                condition=models.Q(deleted_at__isnull=True),
                name="one_live_link_to_a_place",
            ),
        )

    def __str__(self) -> str:
        """Return the judgement in Swedish."""
        return JUDGEMENTS[self.judgement]


class Statement(models.Model):
    """A fact on a place: which sign, seen when, from which item, how graded; withdrawn, never changed."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="statements")
    sign = models.CharField(max_length=4)
    observed_from_on = models.DateField()
    observed_until_on = models.DateField()
    item = models.ForeignKey(
        SourceItem, null=True, blank=True, on_delete=models.CASCADE, related_name="statements"
    )
    check_id = models.UUIDField(null=True, blank=True)
    informant = models.CharField(max_length=64, blank=True)
    same_text = models.CharField(max_length=64, blank=True)
    days = models.PositiveSmallIntegerField(default=1)
    source_grade = models.CharField(max_length=1, choices=list(SOURCE_GRADES.items()))
    info_grade = models.CharField(max_length=1, choices=list(INFO_GRADES.items()))
    basis = models.CharField(max_length=12, choices=list(BASES.items()))
    is_suspect = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=240, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            (
                "id",
                "place",
                "sign",
                "observed_from_on",
                "observed_until_on",
                "item",
                "check_id",
                "same_text",
                "days",
                "source_grade",
                "info_grade",
                "basis",
                "is_suspect",
                "entered_by",
                "entered_at",
                "withdrawn_at",
                "withdrawn_reason",
            ),
            WITH_LEAD,
        ),
        "informant": Keep(
            "with the lead",
            Secrecy.SEALED,
            personal="one sender must count once; an opaque number",
        ),
    }

    class Meta:
        ordering = ("observed_from_on", "id")
        indexes = (models.Index(fields=["place", "withdrawn_at"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(item__isnull=False) | models.Q(check_id__isnull=False),
                name="statement_has_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(observed_until_on__gte=models.F("observed_from_on")),
                name="statement_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(is_suspect=False), name="nobody_in_a_statement_is_a_suspect"
            ),
            models.CheckConstraint(
                condition=~models.Q(sign__startswith="X")
                & ~models.Q(sign__startswith="C")
                & ~models.Q(sign__in=["A03", "P08"]),
                name="statement_sign_may_weigh",
            ),
        )

    def __str__(self) -> str:
        """Return the sign's code."""
        return self.sign


class Lead(models.Model):
    """A place that somebody decided to look at: from opened to closed, with why."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="leads")
    state = models.CharField(max_length=20, choices=LEAD.choices(), default="OPEN")
    opened_because = models.CharField(max_length=240)
    opened_by = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    state_at = models.DateTimeField()
    next_review_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "place",
            "state",
            "opened_because",
            "opened_by",
            "opened_at",
            "state_at",
            "next_review_on",
            "closed_at",
        ),
        WITH_LEAD,
    )

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=list(LEAD.words)), name="lead_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(LEAD.ends()), closed_at__isnull=False)
                | (~models.Q(state__in=sorted(LEAD.ends())) & models.Q(closed_at__isnull=True)),
                name="lead_closed_when_ended",
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_lead_for_a_place",
            ),
        )

    def __str__(self) -> str:
        """Return the number that staff use for the lead."""
        return f"U-{self.pk}"


class LeadStep(models.Model):
    """One change of a lead's state: from what, to what, by whom, why."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    why = models.CharField(max_length=400, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "lead", "before", "after", "by", "at", "why"), WITH_LEAD
    )

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        """Return the state that was reached."""
        return self.after


class Assessment(models.Model):
    """A weighing of a place at one moment with a person's decision; approved by another person, never changed."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="assessments")
    scheme = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    weight = models.FloatField()
    families = models.JSONField(default=list)
    sources = models.PositiveIntegerField()
    contributions = models.JSONField(default=list)
    counter = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    is_eligible = models.BooleanField()
    decision = models.CharField(max_length=8, choices=list(DECISIONS.items()))
    reason = models.CharField(max_length=800, blank=True)
    origin = models.CharField(max_length=8)
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=800, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "lead",
            "scheme",
            "made_at",
            "made_by",
            "weight",
            "families",
            "sources",
            "contributions",
            "counter",
            "missing",
            "flags",
            "is_eligible",
            "decision",
            "reason",
            "origin",
            "approved_by",
            "approved_at",
            "why_not",
        ),
        WITH_LEAD,
    )

    class Meta:
        ordering = ("made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decision__in=list(DECISIONS)),
                name="assessment_decision_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(origin__in=["TIP", "AD", "BOTH", "OWN_OBS"]),
                name="assessment_origin_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="accept") | ~models.Q(reason=""),
                name="assessment_change_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by="", approved_at__isnull=True, why_not="")
                | (
                    ~models.Q(approved_by="")
                    & models.Q(approved_at__isnull=False)
                    & ~models.Q(why_not="")
                ),
                name="assessment_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("made_by")),
                name="assessor_never_approves",
            ),
        )

    def __str__(self) -> str:
        """Return the lead's number and the day."""
        return f"{self.lead} {self.made_at:%Y-%m-%d}"
