"""What a team fills in at a visit, and what is decided at the debriefing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nosvidere.engine.signs import SCHEME, contact_spans, screen
from nosvidere.kernel.ids import new_id
from nosvidere.rules.check import (
    COMPLETIONS,
    ENTRY_BASES,
    LONGEST_NOTE,
    LONGEST_NUMBER,
    MODES,
    MOST_PERSONS,
    OFFENCES,
    OLDEST,
    OUTCOMES,
    PLACE_TYPES,
    SEXES,
    YOUNGEST,
    CheckContent,
    ReportContent,
)
from nosvidere.rules.operation import FRONTS
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import CheckboxChoice, RadioChoice

# What a team can see for itself. A child has a question of its own; an ad is never seen at a door.
FAMILIES = {
    "F": _("Besök"),
    "T": _("Uthyrning"),
    "P": _("Platsen"),
    "C": _("Någon kan behöva skydd: ring ledningscentralen"),
}
CHILD = "C04"
CHILD_TEXT = _(
    "Barn eller möjligt barn: avbryt, skydda, ring socialjouren, orosanmälan före passets slut."
)


def observable_signs() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the signs that a team may state, as (family in words, [(code, sign)])."""
    return [
        (
            str(name),
            [
                (sign.code, sign.sv)
                for sign in SCHEME.signs.values()
                if sign.family == family and sign.use != "never" and sign.code != CHILD
            ],
        )
        for family, name in FAMILIES.items()
    ]


class RecordForm(PageForm):
    """A record with an id of its own, so that sending it twice counts once."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give a new form a new id."""
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = new_id


class CheckForm(RecordForm):
    """What a team says of a place that it has seen."""

    corrects = forms.UUIDField(widget=forms.HiddenInput, required=False)
    entry_basis = forms.ChoiceField(
        label=_("På vilken grund gick ni in?"),
        help_text=_("Appen ger ingen rätt att gå in."),
        choices=list(ENTRY_BASES.items()),
        widget=RadioChoice,
    )
    decision_no = forms.CharField(
        label=_("Beslutets nummer, vid husrannsakan"), required=False, max_length=LONGEST_NUMBER
    )
    outcome = forms.ChoiceField(
        label=_("Vad visade kontrollen?"), choices=list(OUTCOMES.items()), widget=RadioChoice
    )
    persons_met = forms.IntegerField(
        label=_("Hur många personer träffade ni?"),
        help_text=_("Bara antalet. Personerna är inte misstänkta."),
        min_value=0,
        max_value=MOST_PERSONS,
        initial=0,
    )
    child_present = forms.BooleanField(
        label=_("Ett barn eller möjligt barn fanns där"), help_text=CHILD_TEXT, required=False
    )
    signs = forms.MultipleChoiceField(
        label=_("Tecken som ni själva såg"),
        help_text=_("Vad som hände, aldrig vem någon är."),
        choices=observable_signs,
        widget=CheckboxChoice,
        required=False,
    )
    note = forms.CharField(
        label=_("Anteckning"),
        help_text=_("Inga namn, nummer eller beskrivningar av personer."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self) -> str:
        """Return the note; refuse what points out a person or says who somebody is."""
        note = str(self.cleaned_data["note"])
        if contact_spans(note):
            raise forms.ValidationError(_("Ta bort numret eller adressen: det pekar ut någon."))
        if screen(note):
            raise forms.ValidationError(
                _("Ta bort orden om ursprung, språk eller utseende. Beskriv vad som hände.")
            )
        return note


class ReportForm(RecordForm):
    """A coded report, without a name."""

    kind = forms.ChoiceField(
        label=_("Vilket brott?"), choices=list(OFFENCES.items()), widget=forms.Select
    )
    completion = forms.ChoiceField(
        label=_("Fullbordat eller försök?"), choices=list(COMPLETIONS.items()), widget=RadioChoice
    )
    happened_at = forms.DateTimeField(label=_("När?"))
    mode = forms.ChoiceField(
        label=_("Hur?"), choices=list(MODES.items()), widget=RadioChoice, initial="IN_PERSON"
    )
    place_type = forms.ChoiceField(
        label=_("Slags plats"), choices=list(PLACE_TYPES.items()), widget=forms.Select
    )
    front = forms.ChoiceField(label=_("Front"), choices=list(FRONTS.items()), widget=RadioChoice)
    case_no = forms.CharField(
        label=_("Ärendets nummer"),
        help_text=_("Namn och personnummer hör hemma i ärendet, inte här."),
        max_length=LONGEST_NUMBER,
    )
    age_years = forms.IntegerField(
        label=_("Ålder i år"), required=False, min_value=YOUNGEST, max_value=OLDEST
    )
    sex = forms.ChoiceField(
        label=_("Kön, för statistiken"),
        choices=list(SEXES.items()),
        widget=RadioChoice,
        required=False,
    )
    buyer_informed = forms.BooleanField(
        label=_("Fick veta var hjälp att sluta finns (kortet)"), required=False
    )
    callback_consent = forms.BooleanField(label=_("Vill bli uppringd av KAST"), required=False)
    self_harm_asked = forms.BooleanField(
        label=_("Frågan om tankar på att skada sig är ställd"),
        help_text=_("Är svaret ja: stanna kvar och ring 112."),
        required=False,
    )


class FindingForm(PageForm):
    """What a check found."""

    finding = forms.CharField(max_length=20)


class WhyForm(PageForm):
    """Why."""

    why = forms.CharField(label=_("Varför?"), max_length=240)


class ReplaceForm(WhyForm):
    """Which record stands instead, and why."""

    later = forms.UUIDField()


def check_content(values: Mapping[str, Any]) -> CheckContent:
    """Return the content of a check that a form holds."""
    facts = {name: values[name] for name in CheckContent.__slots__ if name != "signs"}
    return CheckContent(**facts, signs=tuple(values["signs"]))


def report_content(values: Mapping[str, Any]) -> ReportContent:
    """Return the content of a report that a form holds."""
    return ReportContent(**{name: values[name] for name in ReportContent.__slots__})


def as_initial(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a recorded check's facts as the first values of the form that corrects it."""
    return {name: content[name] for name in CheckContent.__slots__}
