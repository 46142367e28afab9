"""What a person decides about figures: to publish, or to estimate what nobody saw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nosvidere.engine.darkfigure import CaptureTable, UnusableTable, parse_table
from nosvidere.ui.forms import PageForm

MOST_BYTES = 100_000


class PublishForm(PageForm):
    """The decision to publish, with the reason why small numbers may be told."""

    small_number_reason = forms.CharField(
        label=_("Varför får antal under fem visas?"),
        help_text=_("Utan skäl döljs de. Att alla siffror är riktiga är inget skäl."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EstimateForm(PageForm):
    """A table of counts and what the analyst knows of it."""

    name = forms.CharField(label=_("Vad gäller tabellen?"), max_length=120)
    counted_until_on = forms.DateField(label=_("Räknat till och med"))
    table = forms.FileField(
        label=_("Tabell med antal (CSV)"),
        help_text=_(
            "En kolumn med 0 eller 1 för varje lista och en kolumn count. Bara antal, aldrig personer."
        ),
    )
    seed = forms.IntegerField(
        label=_("Frö"),
        initial=1,
        min_value=0,
        max_value=2**31,
        help_text=_("Samma frö ger samma svar igen."),
    )

    def clean_table(self) -> tuple[CaptureTable, str]:
        """Return the table and its text; an unusable one says what to do."""
        upload: Any = self.cleaned_data["table"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("Filen är för stor för en tabell med antal."))
        raw = upload.read()
        try:
            return parse_table(raw), raw.decode("utf-8-sig")
        except UnusableTable as unusable:
            raise forms.ValidationError(str(unusable)) from unusable
