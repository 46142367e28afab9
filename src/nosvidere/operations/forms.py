"""What a person fills in about an operation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nosvidere.accounts.models import OrgUnit
from nosvidere.rules.operation import FRONTS, LEAST_ADDRESSES
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import RadioChoice


class ProposeForm(PageForm):
    """A proposal: why, on what ground, when, how many addresses."""

    name = forms.CharField(label=_("Insatsens namn"), max_length=120)
    purpose = forms.CharField(
        label=_("Vad är syftet?"),
        help_text=_("Vad som är lyckat: hjälp som erbjudits lika mycket som anmälningar."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    legal_basis = forms.CharField(label=_("Rättslig grund"), max_length=240)
    lead_unit = forms.ModelChoiceField(
        label=_("Leds av"), queryset=OrgUnit.objects.exclude(kind="municipality")
    )
    from_on = forms.DateField(label=_("Första dagen"))
    until_on = forms.DateField(label=_("Sista dagen"))
    address_limit = forms.IntegerField(
        label=_("Högst antal adresser"),
        help_text=_(
            "Var tionde lottas bland de lägre rankade, så att listan inte bara speglar vikten."
        ),
        min_value=LEAST_ADDRESSES,
        max_value=500,
        initial=30,
    )


class DecideForm(PageForm):
    """The decision's ground: no decision without one."""

    legality_note = forms.CharField(
        label=_("Hur har laglighet och proportion prövats?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ShiftForm(PageForm):
    """A shift: when, where the teams meet, who leads."""

    starts_at = forms.DateTimeField(label=_("Börjar"))
    ends_at = forms.DateTimeField(label=_("Slutar"))
    muster_point = forms.CharField(
        label=_("Samlingsplatsens adress"),
        help_text=_("En adress i registret; därifrån räknas resorna."),
        max_length=120,
    )
    commander = forms.SlugField(label=_("Polisinsatschefens tjänstekod"), max_length=40)


class TeamForm(PageForm):
    """A team: its call sign, its front, its members by service code."""

    call_sign = forms.CharField(label=_("Anrop"), max_length=20)
    front = forms.ChoiceField(label=_("Front"), choices=list(FRONTS.items()), widget=RadioChoice)
    members = forms.CharField(
        label=_("Tjänstekoder"),
        help_text=_("Minst två, med mellanslag eller på egna rader."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepForm(PageForm):
    """Which step is taken."""

    to = forms.CharField(max_length=12)


class ActForm(PageForm):
    """An act without anything to fill in."""


class CautionForm(PageForm):
    """Something to mind at a visit."""

    text = forms.CharField(
        label=_("Att tänka på"),
        help_text=_("Om platsen, aldrig om vem någon är. Följer med till senare insatser."),
        max_length=200,
    )
