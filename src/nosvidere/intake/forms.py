"""What a source handler decides about a tip, and what is told of ads."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nosvidere.engine.signs import SCHEME, Sign
from nosvidere.intake.models import BASES, CHANNELS, INFO_GRADES, SOURCE_GRADES
from nosvidere.register.uploads import LARGEST_BYTES
from nosvidere.rules.triage import DISCARD_REASONS, LONGEST_QUESTION, LONGEST_TEXT
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import CheckboxChoice, RadioChoice

# What a neighbour or a landlord can tell of; signs from ads and from our own checks are set elsewhere.
TOLD_FAMILIES = ("F", "T", "P", "C")
LONGEST_SEARCH = 100
TOLD_DIRECTLY = ("phone", "landlord", "patrol")
BASIS_HINTS = {
    "FACT": _("Den som tipsade såg eller hörde det."),
    "HEARSAY": _("Någon annan berättade det."),
    "ASSESSMENT": _("En slutsats, inte något som hänt."),
}


def sign_choices(also: Iterable[str] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (family, [(code, sign)]) of what can be told of, with those that a tip already has."""
    codes = [
        code
        for code, sign in SCHEME.signs.items()
        if sign.use != "never" and (sign.family in TOLD_FAMILIES or code in set(also))
    ]
    families = dict.fromkeys(SCHEME.signs[code].family for code in codes)
    return [
        (
            SCHEME.families[family].capitalize(),
            [(c, f"{c} {SCHEME.signs[c].sv}") for c in codes if SCHEME.signs[c].family == family],
        )
        for family in families
    ]


def innocent_hints() -> dict[str, Any]:
    """Return {code: its ordinary innocent explanation, or that it calls for protection}."""
    return {code: _hint(sign) for code, sign in SCHEME.signs.items()}


def _hint(sign: Sign) -> object:
    if sign.family == "C":
        return _("Skydd går före: höjer aldrig en plats vikt.")
    text = sign.innocent_sv
    return format_lazy(_("Vanlig förklaring: {text}."), text=_(text)) if text else ""


class SignsField(forms.MultipleChoiceField):
    """Signs to tick, in families, each with its innocent explanation beside."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer what can be told of."""
        widget = CheckboxChoice(hints=innocent_hints())
        super().__init__(choices=sign_choices(), widget=widget, required=False, **kwargs)


class OpenForm(PageForm):
    """Why a tip is read as it was written."""

    why = forms.CharField(
        label=_("Varför öppnar du tipset?"),
        help_text=_("Skälet sparas i loggen tillsammans med din tjänstekod."),
        max_length=200,
    )


class GradeForm(PageForm):
    """Source and content judged apart."""

    source_grade = forms.ChoiceField(
        label=_("Hur tillförlitlig är källan?"),
        choices=[(code, f"{code}: {text}") for code, text in SOURCE_GRADES.items()],
        widget=RadioChoice,
    )
    info_grade = forms.ChoiceField(
        label=_("Hur säker är uppgiften?"),
        help_text=_("Bedöm uppgiften för sig, oberoende av källan."),
        choices=[(code, f"{code}: {text}") for code, text in INFO_GRADES.items()],
        widget=RadioChoice,
    )
    basis = forms.ChoiceField(
        label=_("Vad bygger den på?"),
        choices=[(code, text.capitalize()) for code, text in BASES.items()],
        widget=RadioChoice(hints=BASIS_HINTS),
    )
    signs = SignsField(
        label=_("Vad har den som tipsade sett?"),
        help_text=_("Kryssa bara för det som står i tipset."),
    )
    sanitised_text = forms.CharField(
        label=_("Det andra får läsa"),
        help_text=_(
            "Ta bort allt som kan visa vem som tipsade. Ord om vem någon är och kontaktuppgifter tas bort av sig själva."
        ),
        required=False,
        max_length=LONGEST_TEXT + 1000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    is_dispute = forms.BooleanField(
        label=_("Den som tipsade berättar om en konflikt mellan grannar"),
        help_text=_("Sänker vikten: risken för ett illvilligt tips är större."),
        required=False,
    )

    def __init__(self, *args: Any, also: Iterable[str] = (), **kwargs: Any) -> None:
        """Offer the signs that the tip already has too."""
        super().__init__(*args, **kwargs)
        self.fields["signs"].choices = sign_choices(also)  # type: ignore[attr-defined]  # a choice field


class DiscardForm(PageForm):
    """Why a tip is set aside."""

    reason = forms.ChoiceField(
        label=_("Varför skrivs tipset av?"),
        help_text=_("Det gallras efter nittio dagar."),
        choices=[(code, text.capitalize()) for code, text in DISCARD_REASONS.items()],
        widget=RadioChoice,
    )


class AskForm(PageForm):
    """A question to the sender."""

    question = forms.CharField(
        label=_("Fråga till den som tipsade"),
        help_text=_("Fråga om det som hänt. Fråga aldrig vem den som tipsar är."),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SenderForm(PageForm):
    """Which tips have the same sender."""

    numbers = forms.CharField(
        label=_("Samma avsändare som tips"),
        help_text=_(
            "Diarienummer, med mellanrum mellan flera. Lämna tomt om du vet att avsändaren är en annan än i alla "
            "andra tips. Vem avsändaren är skrivs aldrig ned."
        ),
        required=False,
        max_length=400,
    )


class CallForm(PageForm):
    """What somebody tells by phone, or a landlord or a patrol tells directly."""

    channel = forms.ChoiceField(
        label=_("Hur kom tipset?"),
        choices=[(code, CHANNELS[code].capitalize()) for code in TOLD_DIRECTLY],
        widget=RadioChoice,
        initial="phone",
    )
    is_in_danger = forms.BooleanField(
        label=_("Någon kan vara i fara nu"),
        help_text=_("Ring ledningscentralen först, skriv sedan."),
        required=False,
    )
    place_text = forms.CharField(
        label=_("Var?"),
        help_text=_("Gata, nummer, port, våning: så som det sägs."),
        required=False,
        max_length=400,
    )
    text = forms.CharField(
        label=_("Vad har hänt?"),
        help_text=_("Skriv vad som hänt, inte hur någon ser ut eller varifrån någon kommer."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    signs = SignsField(label=_("Vad har den som tipsar sett?"))
    days = forms.IntegerField(
        label=_("På hur många olika dagar?"), min_value=1, max_value=31, initial=1
    )
    is_dispute = forms.BooleanField(
        label=_("Den som tipsar berättar om en konflikt mellan grannar"), required=False
    )
    wants_code = forms.BooleanField(
        label=_("Den som tipsar vill ha en kod"),
        help_text=_(
            "Med den går det att läsa våra frågor och svara, utan namn. Du läser upp den på nästa sida."
        ),
        required=False,
    )


class AdsForm(PageForm):
    """A lawful file of ads, with from where and on what ground."""

    file = forms.FileField(
        label=_("Fil med annonser"),
        help_text=_(
            "CSV eller Parquet med ad_id, seen_at, source, phone, place_text, text; högst 64 MB. Större filer läses in "
            "från kommandoraden: ./nosvidere ads import FIL"
        ),
    )
    lawful_source = forms.CharField(
        label=_("Varifrån kommer annonserna?"),
        help_text=_("Till exempel: registrerade för hand vid spaning, beslut nr …"),
        max_length=120,
    )
    legal_ground = forms.CharField(label=_("På vilken rättslig grund?"), max_length=120)

    def clean_file(self) -> "UploadedFile[bytes]":
        """Return the file, unless it is too large to be read while someone waits."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError(
                _("Filen är större än 64 MB. Läs in den från kommandoraden.")
            )
        return file


class ApartForm(PageForm):
    """Why two ads of a group are not from the same hand."""

    reason = forms.CharField(
        label=_("Varför hör de inte ihop?"),
        help_text=_("Vad i annonserna talar för det. Skriv inget om någon person."),
        max_length=240,
    )


class TextsForm(PageForm):
    """Why the sealed texts of a group are to be read."""

    why = forms.CharField(
        label=_("Varför behöver du läsa texterna?"),
        help_text=_("Skälet sparas i loggen tillsammans med din tjänstekod."),
        max_length=240,
    )
