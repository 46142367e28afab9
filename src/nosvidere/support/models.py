"""Help offered on a shift. It knows no place, no check and no lead: help is never evidence."""

from typing import ClassVar

from django.db import models

from nosvidere.kernel.ids import new_id
from nosvidere.operations.models import Shift
from nosvidere.rules.flows import HELP
from nosvidere.rules.keeping import WITH_OPERATION, Keep, Secrecy

AUDIENCES = {
    "EXPOSED": "person med erfarenhet av sex mot ersättning",
    "BUYER": "köpare",
    "OTHER": "annan",
}
SCOPES = {"call_me": "ring upp mig", "meet_now": "möte nu", "written": "skriftlig förmedling"}
CONSENT_KEPT = Keep(
    "until the consent ends or is withdrawn",
    Secrecy.SEALED,
    personal="a person asked to be put in touch; a pseudonym",
)


class HelpOffer(models.Model):
    """An offer of help and its answer; a declined one is only a count."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="help_offers")
    audience = models.CharField(max_length=8, choices=list(AUDIENCES.items()))
    state = models.CharField(max_length=24, choices=HELP.choices(), default="OFFERED")
    offered_at = models.DateTimeField()
    with_interpreter = models.BooleanField(default=False)
    in_private = models.BooleanField(default=False)
    card_given = models.BooleanField(default=False)
    reflection_period_told = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "shift",
            "audience",
            "state",
            "offered_at",
            "with_interpreter",
            "in_private",
            "card_given",
            "reflection_period_told",
            "closed_at",
        ),
        WITH_OPERATION,
    )

    class Meta:
        ordering = ("offered_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(audience__in=list(AUDIENCES)), name="offer_audience_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(HELP.words)), name="offer_state_is_known"
            ),
        )

    def __str__(self) -> str:
        """Return whom it was offered to."""
        return AUDIENCES[self.audience]


class Consent(models.Model):
    """What a person agreed to, in which version of the text, until when; withdrawn at any time."""

    offer = models.OneToOneField(HelpOffer, on_delete=models.CASCADE, related_name="consent")
    pseudonym = models.CharField(max_length=40)
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    scope = models.CharField(max_length=12, choices=list(SCOPES.items()))
    given_at = models.DateTimeField()
    given_how = models.CharField(
        max_length=10, choices=[("spoken", "muntligt"), ("signed", "skriftligt")]
    )
    recorded_by = models.CharField(max_length=40)
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "offer",
            "pseudonym",
            "text_version",
            "text_hash",
            "scope",
            "given_at",
            "given_how",
            "recorded_by",
            "expires_on",
            "withdrawn_at",
        ),
        CONSENT_KEPT,
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(scope__in=list(SCOPES)), name="consent_scope_is_known"
            ),
        )

    def __str__(self) -> str:
        """Return the scope in Swedish."""
        return SCOPES[self.scope]


class Referral(models.Model):
    """That a sealed letter went to the services, and whether they took it; its content is theirs alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="referral")
    reference = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "consent", "reference", "sent_at", "due_at", "received_at"), CONSENT_KEPT
    )

    def __str__(self) -> str:
        """Return the reference."""
        return self.reference
