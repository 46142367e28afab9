"""What a person decides about a lead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nosvidere.leads.models import DECISIONS
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import RadioChoice


class AssessForm(PageForm):
    """The assessor's decision on what was worked out."""

    decision = forms.ChoiceField(
        label=_("Hur bedömer du vikten?"),
        choices=list(DECISIONS.items()),
        widget=RadioChoice,
        initial="accept",
    )
    reason = forms.CharField(
        label=_("Varför?"),
        help_text=_("Behövs när du bedömer annorlunda än uträkningen."),
        required=False,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ApproveForm(PageForm):
    """The approver's counter-argument: no approval without one."""

    why_not = forms.CharField(
        label=_("Vad talar emot en kontroll?"),
        help_text=_("Skriv det starkaste skälet att låta bli, och varför du ändå godkänner."),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(PageForm):
    """Why."""

    why = forms.CharField(
        label=_("Varför?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConfirmForm(PageForm):
    """Which registered address an item is about."""

    place = forms.ChoiceField(label=_("Vilken adress gäller det?"), widget=RadioChoice)
    dwelling_no = forms.CharField(
        label=_("Lägenhetsnummer, om det går att utläsa"),
        help_text=_("Fyra siffror, till exempel 1101."),
        required=False,
        max_length=4,
    )

    def __init__(self, *args: Any, candidates: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the candidates, which the page shows in a table; none is chosen in advance."""
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        field.choices = candidates  # type: ignore[attr-defined]  # a ChoiceField
        field.error_messages["required"] = _(
            "Välj en adress, eller gå tillbaka och fråga den som tipsade."
        )
