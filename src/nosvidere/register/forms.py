"""What a person tells the register."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nosvidere.register.models import PARTY_KINDS, TENURES
from nosvidere.register.uploads import LARGEST_BYTES
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import DateInput, RadioChoice


class UploadForm(PageForm):
    """A file with addresses."""

    file = forms.FileField(
        label=_("Fil med adresser"),
        help_text=_(
            "CSV, GeoPackage, GeoJSON, Parquet eller OpenStreetMap (.osm.pbf), högst 64 MB."
        ),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Return the file, unless it is too large to be read while someone waits."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError(
                _("Filen är större än 64 MB. Läs in den från kommandoraden.")
            )
        return file


class SearchForm(PageForm):
    """Words of an address."""

    text = forms.CharField(
        label=_("Adress, eller text som nämner en"), max_length=400, required=False
    )


class NicknameForm(PageForm):
    """What people call a street."""

    nickname = forms.CharField(label=_("Gatan kallas"), max_length=120)
    street = forms.CharField(label=_("Gatans namn i registret"), max_length=120)


class LandlordForm(PageForm):
    """Who lets a place."""

    name = forms.CharField(label=_("Vem hyr ut?"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Vad för slags ägare?"), choices=list(PARTY_KINDS.items()), widget=RadioChoice
    )
    form = forms.ChoiceField(
        label=_("Hur upplåts lägenheten?"),
        help_text=_("Hyresvärdens tid att agera enligt lag följer av upplåtelseformen."),
        choices=list(TENURES.items()),
        widget=RadioChoice,
    )
    org_no = forms.CharField(label=_("Organisationsnummer"), max_length=20, required=False)
    service_address = forms.CharField(label=_("Delgivningsadress"), max_length=240, required=False)
    from_on = forms.DateField(
        label=_("Sedan när?"),
        help_text=_("Lämna tomt om det gäller från i dag."),
        required=False,
        widget=DateInput,
    )
    is_verified = forms.BooleanField(
        label=_("Jag har kontrollerat mottagaren hos Lantmäteriet eller Bolagsverket"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the fields' ids under a prefix of their own, so that they stand beside other forms."""
        super().__init__(*args, auto_id="landlord_%s", **kwargs)
