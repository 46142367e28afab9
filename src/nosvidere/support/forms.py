"""What is noted when help is offered: never a name, never a place."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nosvidere.kernel.ids import new_id
from nosvidere.support.models import AUDIENCES, SCOPES
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import RadioChoice


class OfferForm(PageForm):
    """An offer of help."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=_("Vem erbjöds hjälp?"),
        choices=[(code, capfirst(word)) for code, word in AUDIENCES.items()],
        widget=RadioChoice,
    )
    in_private = forms.BooleanField(label=_("Vi talade enskilt"), required=False)
    with_interpreter = forms.BooleanField(label=_("Tolk behövdes"), required=False)
    card_given = forms.BooleanField(label=_("Kortet med hjälp lämnades"), required=False)
    reflection_period_told = forms.BooleanField(
        label=_("Betänketiden berättades om"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give each shown form its own number, so that sending twice counts once."""
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = new_id()


class AnswerForm(PageForm):
    """The answer to an offer."""

    answer = forms.ChoiceField(
        label=_("Vad blev svaret?"),
        choices=[("DECLINED", _("Nej tack")), ("INFO_ONLY", _("Ville bara ha information"))],
        widget=RadioChoice,
    )


class ConsentForm(PageForm):
    """A yes, with what the person wants to say to the services."""

    scope = forms.ChoiceField(
        label=_("Hur vill personen bli kontaktad?"),
        choices=[(code, capfirst(word)) for code, word in SCOPES.items()],
        widget=RadioChoice,
    )
    given_how = forms.ChoiceField(
        label=_("Hur lämnades samtycket?"),
        choices=[("spoken", _("Muntligt")), ("signed", _("Skriftligt"))],
        widget=RadioChoice,
    )
    contact = forms.CharField(
        label=_("Hur och när når socialtjänsten personen säkert?"),
        help_text=_("Skrivs av eller med personen. Förseglas: polisen kan inte läsa det efteråt."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    needs = forms.CharField(
        label=_("Vad vill personen ha hjälp med?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(PageForm):
    """Whose consent is taken back."""

    pseudonym = forms.CharField(
        label=_("Personens beteckning"),
        help_text=_("Står på kortet, till exempel P-7QK4-M2XD."),
        max_length=40,
    )
