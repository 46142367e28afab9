"""What visitors write: a tip in three small screens, a code, an answer, a landlord's answer."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nosvidere.engine.sealing import PUBLIC_FIELDS, Code, CodeError, parse_code
from nosvidere.public.actions import SHORTCOMING_HEAD
from nosvidere.public.wording import BASES, DANGER_SIGNS, DISPUTE, MEASURES, SIGNS
from nosvidere.ui.forms import ERRORS, PageForm
from nosvidere.ui.widgets import CheckboxChoice, RadioChoice

TIP = PUBLIC_FIELDS["tip"]
MOST_DAYS = 31
CODE_INPUT = {
    "autocomplete": "off",
    "dir": "ltr",
    "autocapitalize": "characters",
    "spellcheck": "false",
}
PRIVATE = {"autocomplete": "off", "dir": "auto"}


class LimitedText(forms.CharField):
    """A text whose limit is told in words when it is passed."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the longest length; the browser is not told to cut, so that nothing typed is lost."""
        self.longest = kwargs.pop("longest")
        super().__init__(**kwargs)

    def validate(self, value: str) -> None:
        """Raise ValidationError when the text is too long, saying by how much."""
        super().validate(value)
        over = len(value) - self.longest
        if over > 0:
            text = ngettext(
                "Texten är %(n)s tecken för lång.", "Texten är %(n)s tecken för lång.", over
            )
            raise ValidationError(text % {"n": over})


class WhereForm(PageForm):
    """First screen: the place, or that it is not known exactly."""

    place = LimitedText(
        label=_("Skriv adressen, så gott du kan"),
        help_text=_("Till exempel gata, nummer och våning. Skriv inga namn på människor."),
        longest=TIP["place"] - 20,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "input place-input", **PRIVATE}),
    )
    place_unknown = forms.BooleanField(
        label=_("Jag vet inte exakt"),
        help_text=_("Skriv gärna ungefär var. Det går bra ändå."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        values = super().clean() or {}
        if not (values.get("place") or values.get("place_unknown") or self.errors):
            self.add_error("place", _("Skriv var det är, eller kryssa i ”Jag vet inte exakt”."))
        return values


class WhatForm(PageForm):
    """Second screen: what was seen, by choice or in own words."""

    signs = forms.MultipleChoiceField(
        label=_("Kryssa i det du har sett"),
        choices=[(code, label) for code, (label, _why) in SIGNS.items()],
        required=False,
        widget=CheckboxChoice,
    )
    danger_signs = forms.MultipleChoiceField(
        label=_("Verkar någon fara illa?"),
        help_text=_("Är det bråttom? Ring först."),
        choices=list(DANGER_SIGNS.items()),
        required=False,
        widget=CheckboxChoice,
    )
    saw = LimitedText(
        label=_("Berätta med egna ord"),
        help_text=_("Vad hände? Hur ofta? Skriv om det som hände, inte om hur någon ser ut."),
        longest=TIP["saw"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, **PRIVATE}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a choice or a text."""
        values = super().clean() or {}
        told = values.get("signs") or values.get("danger_signs") or values.get("saw")
        if not (told or self.errors):
            self.add_error("saw", _("Kryssa i något eller berätta vad du såg."))
        return values


class WhenForm(PageForm):
    """Third screen: when, and how the sender knows; nothing here has to be answered."""

    basis = forms.ChoiceField(
        label=_("Hur vet du det?"),
        choices=list(BASES.items()),
        required=False,
        widget=RadioChoice,
    )
    days = forms.IntegerField(
        label=_("Hur många olika dagar?"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input short-input"}),
    )
    from_on = forms.DateField(label=_("Första dagen"), required=False)
    until_on = forms.DateField(label=_("Senaste dagen"), required=False)
    when = LimitedText(
        label=_("Vilken tid på dygnet?"),
        help_text=_("Till exempel: mest efter klockan 22."),
        longest=TIP["when"],
        required=False,
        widget=forms.TextInput(attrs=PRIVATE),
    )
    dispute = forms.ChoiceField(
        label=_("Är du osams med någon som bor där?"),
        help_text=_("Det händer de flesta. Tipset räknas ändå. Då vet vi att vi ska kolla extra."),
        choices=list(DISPUTE.items()),
        required=False,
        widget=RadioChoice,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the day, after which nothing can have been seen."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["days"].error_messages |= {
            "min_value": _("Skriv ett tal från 1 till 31."),
            "max_value": _("Skriv ett tal från 1 till 31."),
        }

    def clean(self) -> dict[str, Any]:
        """Ask about days that cannot be."""
        values = super().clean() or {}
        first, last = values.get("from_on"), values.get("until_on")
        for name, day in (("from_on", first), ("until_on", last)):
            if day and day > self.today:
                self.add_error(name, _("Den dagen har inte varit än."))
        if first and last and last < first:
            self.add_error("until_on", _("Den senaste dagen är före den första."))
        return values


class CodeForm(PageForm):
    """The code that opens a mailbox."""

    code = forms.CharField(
        label=_("Din kod"),
        help_text=_("17 tecken eller åtta ord. Stora och små bokstäver går lika bra."),
        max_length=400,
        error_messages={"max_length": ERRORS["invalid"]},
        widget=forms.TextInput(attrs={**CODE_INPUT, "class": "input code-input"}),
    )

    def clean_code(self) -> Code:
        """Return the code; what was typed wrong is told without repeating it."""
        try:
            return parse_code(self.cleaned_data["code"])
        except CodeError as error:
            raise ValidationError(gettext(error.reason).format(**error.values)) from error


class LastFourForm(PageForm):
    """The end of the code, typed back by somebody who has just written it down."""

    last_four = forms.CharField(
        label=_("Skriv de fyra sista tecknen i koden"),
        max_length=20,
        error_messages={"max_length": ERRORS["invalid"]},
        widget=forms.TextInput(attrs={**CODE_INPUT, "class": "input short-input"}),
    )


class MessageForm(PageForm):
    """An answer to a question, or something more to tell."""

    text = LimitedText(
        label=_("Svara eller berätta mer"),
        help_text=_("Skriv inte koden här, och inget som visar vem du är."),
        longest=PUBLIC_FIELDS["followup"]["text"],
        widget=forms.Textarea(attrs={"rows": 6, **PRIVATE}),
    )


class WithdrawForm(PageForm):
    """Taking a tip back; the reason is nobody's business but may help."""

    text = LimitedText(
        label=_("Vill du säga varför?"),
        longest=PUBLIC_FIELDS["withdraw"]["text"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **PRIVATE}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the field an id of its own: it stands on the same page as another text."""
        super().__init__(*args, auto_id="withdraw_%s", **kwargs)


class AcknowledgeForm(PageForm):
    """A landlord says that the notice is read."""

    text = LimitedText(
        label=_("Vill du säga något mer?"),
        help_text=_("Till exempel vem vi kan tala med, och vad du tänker göra."),
        longest=PUBLIC_FIELDS["landlord"]["text"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **PRIVATE}),
    )


class MeasureForm(PageForm):
    """A landlord says what is done."""

    measure = forms.ChoiceField(
        label=_("Vad har du gjort?"), choices=list(MEASURES.items()), widget=RadioChoice
    )
    taken_on = forms.DateField(label=_("Vilken dag?"))
    text = LimitedText(
        label=_("Berätta kort"),
        help_text=_("Skriv inte mer om den som bor där än vad som behövs."),
        longest=PUBLIC_FIELDS["landlord"]["text"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **PRIVATE}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the day, after which nothing can have been done."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Ask for a day that has been, and for a reason where nothing is done."""
        values = super().clean() or {}
        if (day := values.get("taken_on")) and day > self.today:
            self.add_error("taken_on", _("Den dagen har inte varit än."))
        if values.get("measure") == "none" and not values.get("text"):
            self.add_error("text", _("Skriv varför du inte gör något."))
        return values


class ContestForm(PageForm):
    """A landlord says that the notice is wrong."""

    text = LimitedText(
        label=_("Vad är fel?"),
        help_text=_("Till exempel fel adress, eller att hyresgästen själv är utsatt för brott."),
        longest=PUBLIC_FIELDS["landlord"]["text"],
        widget=forms.Textarea(attrs={"rows": 6, **PRIVATE}),
    )


class ShortcomingForm(PageForm):
    """What on the pages does not work for somebody."""

    text = LimitedText(
        label=_("Vad fungerar inte?"),
        help_text=_("Skriv vilken sida det var och vad som hände."),
        longest=PUBLIC_FIELDS["followup"]["text"] - len(SHORTCOMING_HEAD),
        widget=forms.Textarea(attrs={"rows": 5, **PRIVATE}),
    )
