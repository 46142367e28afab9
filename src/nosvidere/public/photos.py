"""Photos that a visitor sends: held in memory until they are sealed, known by their first bytes alone, never opened here.

A photo is opened inside, in a process of its own. What a broken-off sending left is not a tip: the form's last field
says that the whole form has come.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nosvidere.engine.sealing import LARGEST_ATTACHMENT, MOST_ATTACHMENTS
from nosvidere.ui.forms import PageForm

FIELD = "photos"
TAKEN_ON = ("public:tip", "public:follow")
WHOLE = "whole"  # the form's last field
KEEP = "keep"
HEAD_BYTES = 16
JPEG, PNG, RIFF, WEBP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"WEBP"
# ISO/IEC 23008-12, the brands of still images that phones write.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic"


def is_photo(content: bytes) -> bool:
    """Say whether the first bytes are those of a JPEG, PNG, WebP or HEIC file; nothing is decoded."""
    head = content[:HEAD_BYTES]
    is_webp = head.startswith(RIFF) and head[8:12] == WEBP
    is_heic = head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS
    return head.startswith((JPEG, PNG)) or is_webp or is_heic


class PhotoHandler(FileUploadHandler):
    """Takes photos into memory where a page asks for them, each no further than it may be large; lets go of all else."""

    def handle_raw_input(self, *values: Any, **options: Any) -> None:
        """Begin a request."""
        match = self.request.resolver_match if self.request else None
        self.takes = match is not None and match.view_name in TAKEN_ON
        self.taken = 0

    def new_file(self, field_name: str, *values: Any, **options: Any) -> None:
        """Begin a file; raises SkipFile for one that nobody asked for."""
        super().new_file(field_name, *values, **options)
        if not self.takes or field_name != FIELD or self.taken > MOST_ATTACHMENTS:
            raise SkipFile
        self.taken += 1
        self.held, self.size = bytearray(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add to the file; what is too large is counted and let go."""
        self.size += len(raw_data)
        if self.size <= LARGEST_ATTACHMENT:
            self.held += raw_data
        else:
            self.held.clear()

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """Return the file without its name: a phone writes the day into it."""
        content = BytesIO(bytes(self.held))
        self.held = bytearray()
        return InMemoryUploadedFile(content, FIELD, FIELD, "", self.size, None)


class PhotosInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        """Ask the phone for pictures alone."""
        super().__init__({"class": "input", "multiple": True, "accept": ACCEPT})


class PhotosField(forms.Field):
    """Up to five photos, as bytes."""

    widget = PhotosInput

    def clean(self, value: "Sequence[UploadedFile[bytes]] | None") -> list[bytes]:
        """Return the photos; raise ValidationError that says which rule one breaks."""
        files = value or []
        if len(files) > MOST_ATTACHMENTS:
            raise forms.ValidationError(_("Välj högst fem bilder."))
        if any((file.size or 0) > LARGEST_ATTACHMENT for file in files):
            raise forms.ValidationError(_("En bild är större än 10 MB. Välj en mindre."))
        photos = [file.read() for file in files]
        if not all(map(is_photo, photos)):
            text = _(
                "En av filerna är inte en bild som vi kan ta emot. Välj JPEG, PNG eller HEIC."
            )
            raise forms.ValidationError(text)
        return photos


class PhotosForm(PageForm):
    """Photos, and whether what the camera noted about place and time may come along."""

    photos = PhotosField(
        label=_("Vill du skicka bilder?"),
        help_text=_("Högst fem, högst 10 MB var. Gå inte dit för att ta en bild."),
        required=False,
    )
    photo_place = forms.BooleanField(
        label=_("Behåll plats och tid i bilden. Det kan hjälpa."),
        help_text=_("Annars tar vi bort det."),
        required=False,
    )

    @classmethod
    def of(cls, request: HttpRequest) -> "PhotosForm":
        """Return the form as it was sent."""
        return cls(request.POST, request.FILES)

    @property
    def sent(self) -> list[bytes]:
        """Return the photos of a valid form."""
        photos: list[bytes] = self.cleaned_data[FIELD]
        return photos

    @property
    def letter(self) -> dict[str, str]:
        """Return what the letter says of the photos, nothing where there are none."""
        is_kept = self.sent and self.cleaned_data["photo_place"]
        return {"photo_place": KEEP} if is_kept else {}


def is_broken_off(request: HttpRequest) -> bool:
    """Say whether a sending with photos ended before its last field."""
    return request.content_type == "multipart/form-data" and WHOLE not in request.POST


def has_chosen(request: HttpRequest) -> bool:
    """Say whether photos were chosen: as files, or as their names where the press did not send files."""
    return bool(request.FILES.getlist(FIELD)) or any(request.POST.getlist(FIELD))
