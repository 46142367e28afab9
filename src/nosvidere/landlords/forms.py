"""What a person decides about a notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nosvidere.engine.sealing import Code, CodeError, parse_code
from nosvidere.rules.notice import DISCLOSURE_GROUNDS, HARM_QUESTIONS
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import RadioChoice

ROWS = {"rows": 3}


class DraftForm(PageForm):
    """Why the use is the whole or a substantial part of the flat."""

    extent_basis = forms.CharField(
        label=_("Varför är användningen hela eller en väsentlig del av lägenheten?"),
        help_text=_("Skriv vad iakttagelserna visar. Inga namn och ingen källa."),
        max_length=800,
        widget=forms.Textarea(attrs=ROWS),
    )


class ReviewForm(PageForm):
    """The lawyer's weighing, the ground to disclose, and the questions of harm."""

    proportionality = forms.CharField(
        label=_("Hur har proportionen prövats?"), max_length=800, widget=forms.Textarea(attrs=ROWS)
    )
    ground = forms.ChoiceField(
        label=_("På vilken grund lämnas uppgiften ut?"),
        choices=list(DISCLOSURE_GROUNDS.items()),
        widget=RadioChoice,
    )

    who_lives_there = forms.CharField(label=HARM_QUESTIONS["who_lives_there"], max_length=300)
    child = forms.CharField(label=HARM_QUESTIONS["child"], max_length=300)
    help_first = forms.CharField(label=HARM_QUESTIONS["help_first"], max_length=300)

    def decided(self) -> dict[str, Any]:
        """Return the values as the act takes them."""
        values = dict(self.cleaned_data)
        return {"harm": {key: values.pop(key) for key in HARM_QUESTIONS}, **values}


class WhyForm(PageForm):
    """Why."""

    why = forms.CharField(
        label=_("Varför?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class StepForm(WhyForm):
    """Where a notice goes by hand, and why."""

    to = forms.ChoiceField(label=_("Vad händer nu?"), widget=RadioChoice)

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the steps that are open."""
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = steps  # type: ignore[attr-defined]  # a ChoiceField


class LetterForm(PageForm):
    """The letter code, posted back once to be set on paper; it is kept nowhere."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_code(self) -> Code:
        """Return the code; raises ValidationError for one that is not whole."""
        try:
            return parse_code(self.cleaned_data["code"])
        except CodeError as error:
            raise forms.ValidationError(str(error)) from error
