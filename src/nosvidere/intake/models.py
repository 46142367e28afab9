"""What comes in: source items with their grades, as tips with a mailbox or as minimised ads."""

from typing import ClassVar

from django.db import models

from nosvidere.intake.judged import CHANGE_KINDS, Apart, GroupChange
from nosvidere.kernel.ids import new_id
from nosvidere.register.models import Place
from nosvidere.rules.flows import AD, TIP
from nosvidere.rules.keeping import WITH_ITEM, Keep, Secrecy

__all__ = ["CHANGE_KINDS", "Apart", "GroupChange"]

KINDS = {
    "tip": "tips",
    "ad": "annons",
    "observation": "egen iakttagelse",
    "landlord": "uppgift från hyresvärd",
}
CHANNELS = {
    "web": "webbformulär",
    "phone": "telefon 114 14",
    "landlord": "hyresvärd",
    "import": "laglig import",
    "patrol": "patrull",
}
# Europol's 4x4 (Regulation (EU) 2016/794, article 29): source A-C and X, information 1-4.
SOURCE_GRADES = {
    "A": "ingen tvekan om källan",
    "B": "källan är oftast tillförlitlig",
    "C": "källan är oftast inte tillförlitlig",
    "X": "källan kan inte bedömas",
}
INFO_GRADES = {
    "1": "riktigheten är säker",
    "2": "källan vet själv, inte den som för vidare",
    "3": "andrahandsuppgift som stöds av annat",
    "4": "andrahandsuppgift som inte kan stödjas",
}
BASES = {"FACT": "iakttagelse", "HEARSAY": "hörsägen", "ASSESSMENT": "bedömning"}
EDGE_KINDS = {"text": "text", "contact": "kontakt", "place": "plats"}
TEXT = Keep(
    "one year, or with the item if that is sooner",
    Secrecy.SEALED,
    personal="free text may name someone",
)
HASHED = Keep(
    "180 days after the ad was last seen",
    Secrecy.SEALED,
    personal="a keyed hash links ads; never the number",
)
AD_TEXT = Keep(
    "180 days after the ad was last seen; empty unless the site has been told to keep it",
    Secrecy.SEALED,
    personal="an ad's own words; opened only with a reason that is logged",
)
PHOTO = Keep(
    "as the tip's text: one year, or with the item if that is sooner",
    Secrecy.SEALED,
    personal="a photo may show someone; it is never searched or analysed",
)
PHOTO_STATES = {
    "WAITING": "inte öppnad än",
    "DEVELOPED": "öppnad",
    "REFUSED": "går inte att öppna",
}
SLOW = "slow"
LANES = {"": "vanlig", SLOW: "långsam"}
ITEM_STATES = {**TIP.words, **AD.words}


class Diary(models.Model):
    """The last number given in a year's diary; a number is never given twice, also after purging."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("year", "last"), Keep("for good: a counter"))

    def __str__(self) -> str:
        """Return year and number."""
        return f"{self.year}-{self.last}"


class SourceItem(models.Model):
    """One thing that reached the police, with how it came, how it is graded and when it goes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    channel = models.CharField(max_length=12, choices=list(CHANNELS.items()))
    state = models.CharField(max_length=24, choices=list(ITEM_STATES.items()))
    diary_no = models.CharField(max_length=24, unique=True)
    received_at = models.DateTimeField()
    occurred_from_on = models.DateField(null=True, blank=True)
    occurred_until_on = models.DateField(null=True, blank=True)
    lawful_ground = models.CharField(max_length=120)
    source_grade = models.CharField(max_length=1, choices=list(SOURCE_GRADES.items()), default="X")
    info_grade = models.CharField(max_length=1, choices=list(INFO_GRADES.items()), default="4")
    basis = models.CharField(max_length=12, choices=list(BASES.items()), default="HEARSAY")
    is_suspect = models.BooleanField(default=False)
    graded_by = models.CharField(max_length=40, blank=True)
    graded_at = models.DateTimeField(null=True, blank=True)
    mentions = models.JSONField(default=list)
    needs_address = models.BooleanField(default=False)
    set_aside_reason = models.CharField(max_length=240, blank=True)
    expires_on = models.DateField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "kind",
            "channel",
            "state",
            "diary_no",
            "received_at",
            "occurred_from_on",
            "occurred_until_on",
            "lawful_ground",
            "source_grade",
            "info_grade",
            "basis",
            "is_suspect",
            "graded_by",
            "graded_at",
            "mentions",
            "needs_address",
            "set_aside_reason",
            "expires_on",
        ),
        WITH_ITEM,
    )

    class Meta:
        ordering = ("-received_at", "id")
        indexes = (models.Index(fields=["kind", "state"]), models.Index(fields=["expires_on"]))
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=list(KINDS)), name="item_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(ITEM_STATES)), name="item_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(is_suspect=False), name="nobody_in_an_item_is_a_suspect"
            ),
            models.CheckConstraint(
                condition=models.Q(graded_by="", graded_at__isnull=True)
                | (~models.Q(graded_by="") & models.Q(graded_at__isnull=False)),
                name="item_grading_is_whole",
            ),
        )

    def __str__(self) -> str:
        """Return the diary number."""
        return self.diary_no


class Tip(models.Model):
    """What someone told, sealed as it was written and masked for those who assess."""

    item = models.OneToOneField(
        SourceItem, primary_key=True, on_delete=models.CASCADE, related_name="tip"
    )
    reference = models.CharField(max_length=64, blank=True)
    tag = models.CharField(max_length=64, blank=True, db_index=True)
    mailbox = models.BinaryField(default=bytes)
    sealed_text = models.BinaryField()
    sanitised_text = models.TextField(max_length=6000, blank=True)
    sanitised_place = models.CharField(max_length=1000, blank=True)
    signs = models.JSONField(default=list)
    informant = models.CharField(max_length=64, blank=True)
    lane = models.CharField(max_length=4, blank=True, choices=list(LANES.items()))
    days = models.PositiveSmallIntegerField(default=1)
    is_emergency = models.BooleanField(default=False)
    is_dispute = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            ["item", "reference", "tag", "signs", "lane", "days", "opened_at"], WITH_ITEM
        ),
        **dict.fromkeys(("is_emergency", "is_dispute"), WITH_ITEM),
        **dict.fromkeys(("sealed_text", "sanitised_text", "sanitised_place"), TEXT),
        "mailbox": Keep(
            "with the item", Secrecy.SEALED, personal="a question needs a way back to the sender"
        ),
        "informant": Keep(
            "with the item",
            Secrecy.SEALED,
            personal="one sender must count once; an opaque number",
        ),
    }

    class Meta:
        indexes = (models.Index(fields=["informant"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["reference"],
                condition=~models.Q(reference=""),
                name="tip_from_a_file_once",
            ),
        )

    def __str__(self) -> str:
        """Return the item's diary number."""
        return self.item.diary_no

    @property
    def has_mailbox(self) -> bool:
        """Say whether an answer can reach the sender."""
        return bool(self.tag)


class Message(models.Model):
    """A question to a sender, or an answer or addition from one; the text is sealed in the police store."""

    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="messages")
    is_from_sender = models.BooleanField()
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)
    sealed_text = models.BinaryField()
    hash = models.CharField(max_length=64, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(("id", "tip", "is_from_sender", "seq", "at", "by", "hash"), WITH_ITEM),
        "sealed_text": TEXT,
    }

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=["tip", "is_from_sender", "seq"], name="message_once"),
        )

    def __str__(self) -> str:
        """Return the number in the thread."""
        return str(self.seq)


class Photo(models.Model):
    """A photo that came with a tip: sealed as it came until it has been opened apart, then sealed as the bare picture."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=list(PHOTO_STATES.items()), default="WAITING")
    received_at = models.DateTimeField()
    sealed = models.BinaryField()
    may_tell = models.BooleanField(default=False)
    sealed_told = models.BinaryField(default=bytes)
    problem = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(["id", "tip", "position", "state", "received_at"], WITH_ITEM),
        **dict.fromkeys(["may_tell", "problem", "width", "height"], WITH_ITEM),
        **dict.fromkeys(("sealed", "sealed_told"), PHOTO),
    }

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["tip", "position"], name="photo_has_its_place"),
        )

    def __str__(self) -> str:
        """Return the place among the tip's photos."""
        return str(self.position)


class AdBatch(models.Model):
    """One lawful import of ads: from whom, on what ground, by whom."""

    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    lawful_source = models.CharField(max_length=120)
    legal_ground = models.CharField(max_length=120)
    imported_by = models.CharField(max_length=40)
    imported_at = models.DateTimeField()
    taken = models.PositiveIntegerField(default=0)
    seen_again = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    rejections = models.JSONField(default=list)
    key_mark = models.CharField(max_length=16, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "file_name",
            "sha256",
            "lawful_source",
            "legal_ground",
            "imported_by",
            "imported_at",
            "taken",
            "seen_again",
            "rejected",
            "rejections",
            "key_mark",
        ),
        WITH_ITEM,
    )

    def __str__(self) -> str:
        """Return the file's name."""
        return self.file_name


class Ad(models.Model):
    """What is kept of an ad: keyed hashes of contact, words and shingles, where and when; its text sealed or not at all."""

    item = models.OneToOneField(
        SourceItem, primary_key=True, on_delete=models.CASCADE, related_name="ad"
    )
    batch = models.ForeignKey(AdBatch, on_delete=models.PROTECT, related_name="ads")
    reference = models.CharField(max_length=64, unique=True)
    site = models.CharField(max_length=60, blank=True)
    contacts = models.JSONField(default=list)
    words = models.JSONField(default=list)
    shingles = models.JSONField(default=list)
    sealed_text = models.BinaryField(default=bytes)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="ads"
    )
    first_seen_on = models.DateField()
    last_seen_on = models.DateField()
    text_group = models.CharField(max_length=64, blank=True)
    organiser_group = models.CharField(max_length=64, blank=True, db_index=True)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            (
                "item",
                "batch",
                "reference",
                "site",
                "place",
                "first_seen_on",
                "last_seen_on",
                "text_group",
                "organiser_group",
            ),
            WITH_ITEM,
        ),
        **dict.fromkeys(("contacts", "words", "shingles"), HASHED),
        "sealed_text": AD_TEXT,
    }

    def __str__(self) -> str:
        """Return the item's diary number."""
        return self.item.diary_no


class AdLinking(models.Model):
    """One grouping of all live ads: when, by whom, and which contacts were too common to tie anything."""

    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    ads = models.PositiveIntegerField()
    groups = models.PositiveIntegerField()
    quarantined = models.JSONField(default=list)
    singles_grouped = models.FloatField(null=True, blank=True)
    background_at = models.DateTimeField(null=True, blank=True)
    background_ads = models.PositiveIntegerField(default=0)

    KEPT: ClassVar[dict[str, Keep]] = {
        **dict.fromkeys(
            (
                "id",
                "at",
                "by",
                "ads",
                "groups",
                "singles_grouped",
                "background_at",
                "background_ads",
            ),
            WITH_ITEM,
        ),
        "quarantined": HASHED,
    }

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        """Return how many ads were grouped."""
        return str(self.ads)
