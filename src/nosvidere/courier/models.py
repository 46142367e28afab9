"""What has come from the drop and what is on its way to it, sealed with the site's own store key."""

from typing import ClassVar

from django.db import models

from nosvidere.kernel.ids import new_id
from nosvidere.rules.keeping import Keep, Secrecy

UNREADABLE = "unreadable"
KINDS = {
    "tip": "tips",
    "followup": "svar eller tillägg till ett tips",
    "withdraw": "återtaget tips",
    "landlord": "svar från hyresvärd",
    "referral": "förmedling",
    "referral_withdraw": "återtagen förmedling",
    "referral_status": "besked om en förmedling",
    "referral_counts": "antal förmedlingar",
    "concern": "orosanmälan",
    UNREADABLE: "brev som inte går att öppna",
}
WORK = {"answer": "svar", "letter": "brev", "bulletin": "det som publiceras"}
ARRIVED = Keep(
    "sixty days after it was taken, so that no letter is taken twice", Secrecy.RESTRICTED
)
CONTENT = Keep(
    "until it is taken into casework",
    Secrecy.SEALED,
    personal="free text may name someone",
)
WAY_BACK = Keep("until it is taken", Secrecy.SEALED, personal="answers need a way back")
PICTURE = Keep(
    "until the letter is taken into casework",
    Secrecy.SEALED,
    personal="a photo may show someone",
)
SENT = Keep("sixty days after it was sent", Secrecy.RESTRICTED)
CHAIN = Keep("thirty days after the newest answer", Secrecy.RESTRICTED)
STATE = Keep("for good: one row", Secrecy.INTERNAL)


class Delivery(models.Model):
    """A letter that has been pulled: opened with the week's key and locked again with the site's own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    letter_id = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    sender = models.CharField(max_length=8, blank=True)
    tag = models.CharField(max_length=64, blank=True)
    mailbox = models.BinaryField(default=bytes)
    lang = models.CharField(max_length=8, blank=True)
    sent_on = models.DateField()
    received_at = models.DateTimeField()
    sealed_fields = models.BinaryField()
    taken_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            (
                "id",
                "letter_id",
                "kind",
                "sender",
                "tag",
                "lang",
                "sent_on",
                "received_at",
                "taken_at",
            ),
            ARRIVED,
        ),
        "sealed_fields": CONTENT,
        "mailbox": WAY_BACK,
    }

    class Meta:
        ordering = ("received_at", "id")
        indexes = (models.Index(fields=["kind", "taken_at"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=list(KINDS)), name="delivery_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        """Return the kind in Swedish."""
        return KINDS[self.kind]


class Enclosure(models.Model):
    """A file that came with a letter, locked with the site's store key and not yet looked at."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="enclosures")
    position = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "delivery", "position", "sealed"), PICTURE
    )

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["delivery", "position"], name="enclosure_once"),
        )

    def __str__(self) -> str:
        """Return the place among the letter's files."""
        return str(self.position)


class Thread(models.Model):
    """The end of the chain of answers to one mailbox."""

    tag = models.CharField(primary_key=True, max_length=64)
    seq = models.PositiveIntegerField(default=0)
    last_hash = models.BinaryField(default=bytes)
    last_on = models.DateField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("tag", "seq", "last_hash", "last_on"), CHAIN)

    def __str__(self) -> str:
        """Return how many answers there are."""
        return str(self.seq)


class Outgoing(models.Model):
    """Something on its way to the drop: kept until the drop has it, then only the fact that it was sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    work = models.CharField(max_length=8, choices=list(WORK.items()))
    to = models.CharField(max_length=64)
    kind = models.CharField(max_length=40, blank=True)
    seq = models.PositiveIntegerField(default=0)
    content = models.BinaryField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            ("id", "work", "to", "kind", "seq", "created_at", "sent_at", "attempts"), SENT
        ),
        "content": Keep("until it is sent", Secrecy.SEALED, personal="a letter may name someone"),
    }

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=["sent_at", "created_at"]),)

    def __str__(self) -> str:
        """Return what it is."""
        return WORK[self.work]


class Contact(models.Model):
    """When the site last had contact with the drop, and what went wrong since."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    pulled_at = models.DateTimeField(null=True, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "pulled_at", "pushed_at", "published_on", "failed_at", "failure"), STATE
    )

    def __str__(self) -> str:
        """Return the last failure."""
        return self.failure
