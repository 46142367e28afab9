"""What the public host holds: sealed letters, sealed answers, public keys and signed bulletins; nothing it can open.

No row tells who sent it, from where, with what, or at what time of day.
"""

import secrets
from typing import ClassVar

from django.db import models

from nosvidere.rules.keeping import Keep, Secrecy

LETTER = Keep("until its receiver has acknowledged it, minutes as a rule", Secrecy.SEALED)
ANSWER = Keep("thirty days after the newest answer in its mailbox", Secrecy.SEALED)
PUBLIC = Keep("until the party publishes the next one", Secrecy.OPEN)
USED = Keep("five minutes")
SENT_FORM = Keep("two days, in which the form that it was could be sent again")
PARTIES = [("police", "polisen"), ("services", "socialtjänsten")]


def random_id() -> str:
    """Return 128 random bits in hexadecimal: the order of ids says nothing of the order of arrival."""
    return secrets.token_hex(16)


class Letter(models.Model):
    """A letter that only its receiver can open, until the receiver has taken it."""

    id = models.CharField(primary_key=True, max_length=32, default=random_id, editable=False)
    to = models.CharField(max_length=8, choices=PARTIES)
    epoch = models.PositiveIntegerField()
    day = models.DateField()
    tag = models.CharField(max_length=64, blank=True)
    blob = models.BinaryField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "to", "epoch", "day", "tag", "blob"), LETTER
    )

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["to", "id"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to__in=[party for party, _ in PARTIES]),
                name="letter_has_a_receiver",
            ),
        )

    def __str__(self) -> str:
        """Return the random id."""
        return self.id


class Attachment(models.Model):
    """A sealed file that belongs to a letter; its key lies inside the letter."""

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments")
    blob = models.BinaryField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("id", "letter", "blob"), LETTER)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Return the random id."""
        return self.id


class Answer(models.Model):
    """An answer sealed to a mailbox, of one size whatever it says."""

    tag = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    day = models.DateField()
    blob = models.BinaryField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("id", "tag", "seq", "day", "blob"), ANSWER)

    class Meta:
        ordering = ("tag", "seq")
        constraints = (models.UniqueConstraint(fields=["tag", "seq"], name="answer_once"),)

    def __str__(self) -> str:
        """Return the place in the chain."""
        return str(self.seq)


class KeyList(models.Model):
    """A party's signed list of public keys, checked anew each time that it is used."""

    party = models.CharField(primary_key=True, max_length=8, choices=PARTIES)
    issued_on = models.DateField()
    signed = models.BinaryField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("party", "issued_on", "signed"), PUBLIC)

    def __str__(self) -> str:
        """Return the party's code."""
        return self.party


class Bulletin(models.Model):
    """Something that the police publish for everybody, under their signature."""

    name = models.CharField(primary_key=True, max_length=40)
    issued_at = models.DateTimeField()
    signed = models.BinaryField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("name", "issued_at", "signed"), PUBLIC)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class UsedNonce(models.Model):
    """A request of an inside party that has been served and will not be served again."""

    nonce = models.CharField(primary_key=True, max_length=32)
    at = models.BigIntegerField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("nonce", "at"), USED)

    class Meta:
        indexes = (models.Index(fields=["at"]),)

    def __str__(self) -> str:
        """Return the nonce."""
        return self.nonce


class UsedForm(models.Model):
    """A form that has been sent and is not taken again: a hash of chance, and a day; nothing says by whom or what."""

    mark = models.CharField(primary_key=True, max_length=32)
    day = models.DateField()

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("mark", "day"), SENT_FORM)

    def __str__(self) -> str:
        """Return the mark."""
        return self.mark
