"""What a person decides about a notice."""

from typing import Any

from django import forms
from django.utils.text import capfirst
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
    """The lawyer's weighing, the ground to disclose, the questions of harm, and whether the letter waits."""

    proportionality = forms.CharField(
        label=_("Hur har proportionen prövats?"), max_length=800, widget=forms.Textarea(attrs=ROWS)
    )
    ground = forms.ChoiceField(
        label=_("På vilken grund lämnas uppgiften ut?"),
        choices=[(code, capfirst(word)) for code, word in DISCLOSURE_GROUNDS.items()],
        widget=RadioChoice,
    )

    who_lives_there = forms.CharField(label=_(HARM_QUESTIONS["who_lives_there"]), max_length=300)
    child = forms.CharField(label=_(HARM_QUESTIONS["child"]), max_length=300)
    help_first = forms.CharField(label=_(HARM_QUESTIONS["help_first"]), max_length=300)
    reservation = forms.CharField(
        label=_("Förbehåll för hyresvärden"),
        help_text=_("Vad hyresvärden inte får föra vidare (OSL 10 kap. 14 §). Står i brevet."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hold_until_on = forms.DateField(
        label=_("Brevet väntar till"),
        help_text=_("Högst fjorton dagar, så att hjälp hinner erbjudas först."),
        required=False,
    )

    def decided(self) -> dict[str, Any]:
        """Return the values as the act takes them."""
        values = dict(self.cleaned_data)
        return {"harm": {key: values.pop(key) for key in HARM_QUESTIONS}, **values}


class WhyForm(PageForm):
    """Why a notice is stopped."""

    why = forms.CharField(
        label=_("Varför?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the ids apart from those of the other forms on the page."""
        kwargs.setdefault("auto_id", "stop_%s")
        super().__init__(*args, **kwargs)


class ToldForm(PageForm):
    """When and how a landlord who has not answered was served in another way."""

    told_on = forms.DateField(label=_("Vilken dag fick hyresvärden veta?"))
    how = forms.CharField(
        label=_("Hur styrks det?"),
        help_text=_(
            "Till exempel delgivningskvittots nummer. Den lagliga fristen räknas härifrån."
        ),
        max_length=200,
    )


class WriteForm(PageForm):
    """A reminder, or an answer, in the mailbox that the landlord's code opens."""

    text = forms.CharField(
        label=_("Skriv till hyresvärden"),
        help_text=_("Inga namn, ingen källa och inget om vad som iakttagits."),
        max_length=2000,
        widget=forms.Textarea(attrs=ROWS),
    )


class StepForm(WhyForm):
    """Where a notice goes by hand, and why."""

    field_order = ("to", "why")
    to = forms.ChoiceField(label=_("Vad händer nu?"), widget=RadioChoice)

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the steps that are open."""
        super().__init__(*args, auto_id="step_%s", **kwargs)
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
