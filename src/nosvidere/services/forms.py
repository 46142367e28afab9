"""What a services worker notes about a referral; it stays here, sealed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nosvidere.rules.flows import REFERRAL
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import RadioChoice


class NoteForm(PageForm):
    """A note on a try to reach someone."""

    note = forms.CharField(
        label=_("Anteckning"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StepForm(NoteForm):
    """Where a referral goes next."""

    field_order = ("to", "note")
    to = forms.ChoiceField(label=_("Vad hände?"), widget=RadioChoice)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        """Offer the steps that may follow, a withdrawal that the person has told here among them."""
        super().__init__(*args, auto_id="step_%s", **kwargs)
        following = REFERRAL.following[state]
        steps = [(s, word.capitalize()) for s, word in REFERRAL.words.items() if s in following]
        self.fields["to"].choices = steps  # type: ignore[attr-defined]  # a ChoiceField
