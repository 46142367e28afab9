"""What a person decides about figures: to publish, or to estimate what nobody saw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nosvidere.engine.darkfigure import (
    FIRST_SEED,
    LARGEST_SEED,
    CaptureTable,
    UnusableTable,
    parse_table,
)
from nosvidere.kernel.refused import Refused
from nosvidere.picture.capture import OwnTable
from nosvidere.picture.estimating import Run
from nosvidere.rules.estimate import ANSWERS, ASSUMPTIONS
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import RadioChoice

MOST_BYTES = 100_000
MOST_COMPARED = 2
ANSWER_CHOICES = [(code, _(word)) for code, word in ANSWERS.items()]


class PublishForm(PageForm):
    """The decision to publish, with the reason why small numbers may be told."""

    small_number_reason = forms.CharField(
        label=_("Varför får de antal som kan peka ut någon visas?"),
        help_text=_("Utan skäl döljs de. Att alla siffror är riktiga är inget skäl."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PublishEstimateForm(PageForm):
    """The decision to publish an interval, and what it is called."""

    title = forms.CharField(
        label=_("Vad gäller talet?"),
        help_text=_("Inget om kön, ålder, ursprung eller ett litet område."),
        max_length=120,
    )


def _answer(key: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_(ASSUMPTIONS[key]), choices=ANSWER_CHOICES, widget=RadioChoice()
    )


def _note() -> forms.CharField:
    return forms.CharField(label=_("Varför svarar du så?"), required=False, max_length=400)


class AssumptionsForm(PageForm):
    """What a run is about, and what the analyst answers on what every estimate assumes."""

    name = forms.CharField(label=_("Vad gäller tabellen?"), max_length=120)
    counted_until_on = forms.DateField(label=_("Räknat till och med"))
    seed = forms.IntegerField(
        label=_("Frö"),
        initial=FIRST_SEED,
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_("Samma frö ger samma svar igen."),
    )
    closed = _answer("closed")
    closed_note = _note()
    matched = _answer("matched")
    matched_note = _note()
    reachable = _answer("reachable")
    reachable_note = _note()

    def assumptions(self) -> dict[str, dict[str, str]]:
        """Return {assumption: answer and note} of a valid form."""
        told = self.cleaned_data
        return {key: {"answer": told[key], "note": told[f"{key}_note"]} for key in ASSUMPTIONS}

    def questions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each assumption's answer with its note."""
        return [(self[key], self[f"{key}_note"]) for key in ASSUMPTIONS]

    def own_run(self, own: OwnTable) -> Run:
        """Return the region's own table with the answers, of a valid form; raises Refused when there is no table."""
        if own.table is None:
            raise Refused("Det finns ingen tabell att räkna på. {why}", why=own.unusable)
        return Run(own.table, own.table.as_csv(), "own", self.assumptions())

    def subject(self) -> dict[str, Any]:
        """Return what a valid form says the run is about."""
        return {key: self.cleaned_data[key] for key in ("name", "counted_until_on", "seed")}


class EstimateForm(AssumptionsForm):
    """A table of counts and what the analyst knows of it."""

    table = forms.FileField(
        label=_("Tabell med antal (CSV)"),
        help_text=_(
            "En kolumn med 0 eller 1 för varje lista och en kolumn count. Bara antal, aldrig personer."
        ),
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

    def run(self) -> Run:
        """Return the uploaded table with the answers, of a valid form."""
        table, raw = self.cleaned_data["table"]
        return Run(table, raw, "upload", self.assumptions())


class CompareForm(forms.Form):
    """Which two saved runs are laid side by side."""

    val = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, pks: list[int], **kwargs: Any) -> None:
        """Take the runs that can be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["val"].choices = [(pk, pk) for pk in pks]  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> list[int]:
        """Return the two runs, or nothing unless exactly two are chosen."""
        found: list[int] = self.cleaned_data["val"] if self.is_valid() else []
        return found if len(found) == MOST_COMPARED else []
