"""Made-up contents for the page that shows every component: a fictitious town, no real place, no person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nosvidere.ui import drawing
from nosvidere.ui.components import (
    Crumb,
    Event,
    Figure,
    Key,
    Language,
    Ledger,
    LedgerEntry,
    MapRow,
    MapTable,
    NavItem,
    Notice,
    Option,
    Pager,
    PlaceCard,
    Shell,
    Status,
    Step,
    Tab,
    Toast,
)
from nosvidere.ui.forms import PageForm
from nosvidere.ui.widgets import RadioChoice

WEEKS = (
    ("v. 38", 4, 1, 9, 12),
    ("v. 39", 6, 2, 11, 14),
    ("v. 40", 5, 2, 10, 11),
    ("v. 41", 9, 4, 15, 16),
    ("v. 42", 12, 6, 18, 24),
    ("v. 43", 11, 6, 17, 22),
    ("v. 44", 8, 4, 13, 12),
)


class SampleForm(PageForm):
    """A form with one field of each kind."""

    place = forms.CharField(
        label=gettext_lazy("Var är det?"),
        help_text=gettext_lazy("Gata, nummer, trappuppgång, våning. Skriv det du vet."),
    )
    seen = forms.CharField(label=gettext_lazy("Vad har du sett?"), widget=forms.Textarea)
    on = forms.DateField(label=gettext_lazy("Vilken dag?"), required=False)
    often = forms.ChoiceField(
        label=gettext_lazy("Hur ofta?"),
        widget=RadioChoice(hints={"days": gettext_lazy("samma sak flera dagar i rad")}),
        choices=(
            ("once", gettext_lazy("En gång")),
            ("days", gettext_lazy("Flera dagar")),
            ("unsure", gettext_lazy("Jag vet inte")),
        ),
    )
    keeps_place = forms.BooleanField(
        label=gettext_lazy("Behåll bildens plats och tid, det kan hjälpa"), required=False
    )


def sample(mood: str, *, tiles_href: str = "") -> dict[str, Any]:
    """Return what the page for one mood shows, the map over the tiles at `tiles_href`."""
    shared = {
        "form": SampleForm(),
        "wrong_form": SampleForm({"wrong-on": "i tisdags", "wrong-often": "days"}, prefix="wrong"),
        "notices": _notices(),
        "statuses": _statuses(),
        "bars": _bars(),
        "series": _series(),
    }
    return {**shared, **(_inside(tiles_href) if mood == "inside" else _outside())}


def _inside(tiles_href: str) -> dict[str, Any]:
    return {
        "shell": _shell(),
        "crumbs": (Crumb(_("Uppslag"), "#"), Crumb("Fyrgränd 7")),
        "ledger": _ledger(),
        "bare_ledger": Ledger((), ()),
        "weight": _weight(),
        "light": _scaled(0.3),
        "heavy": _scaled(5.2),
        "card_rows": _card_rows(),
        "events": _events(),
        "places": _places(),
        "map": _map(tiles_href),
        "tabs": (
            Tab(_("Underlag"), "#", is_current=True, count=4),
            Tab(_("Besök"), "#", count=1),
            Tab(_("Beslut"), "#"),
        ),
        "pager": Pager(_("Sida 2 av 9, 214 rader"), "?page=1", "?page=3"),
        "steps": _steps(),
        "figures": _figures(),
        "options": _options(),
        "toast": Toast(_("Tipset är lagt åt sidan."), "#"),
        "page_keys": (Key(("b",), _("bekräfta adressen")),),
    }


def _outside() -> dict[str, Any]:
    return {
        "languages": (
            Language("sv", "svenska", "?mood=outside&lang=sv", is_current=True),
            Language("en", "English", "?mood=outside&lang=en"),
            Language("ar", "العربية", "?mood=outside&dir=rtl"),
        ),
        "steps": (
            Step(_("Var"), "done"),
            Step(_("Vad du har sett"), "current", _("skriv bara det du själv sett eller hört")),
            Step(_("Din kod"), "coming"),
        ),
    }


def _shell() -> Shell:
    return Shell(
        site=_("Komponenter"),
        account="K-4711",
        role=_("analytiker"),
        sections=(
            NavItem(_("Tips"), "#", count=12),
            NavItem(_("Uppslag"), "#", is_current=True),
            NavItem(_("Insatser"), "#"),
            NavItem(_("Hyresvärdar"), "#", count=2),
            NavItem(_("Lägesbild"), "#"),
        ),
        clock_note="2020-10-20 18:00",
    )


def _notices() -> tuple[Notice, ...]:
    return (
        Notice(_("Vikten gäller platsen. Den är inte bevis. Du avgör.")),
        Notice(
            _("Föreningen ska bekräfta underrättelsen senast 2020-10-27."),
            kind="time",
            href="#",
            link=_("Se underrättelsen"),
        ),
        Notice(
            _("Någon kan vara i fara. Ring 112 nu; skriv sedan."),
            kind="danger",
        ),
    )


def _statuses() -> tuple[Status, ...]:
    return (
        Status(
            "empty",
            _("Inga tips väntar"),
            _("Alla är lästa. Nya hämtas var femte minut."),
            "#",
            _("Se lästa tips"),
        ),
        Status(
            "loading",
            _("Adresserna läses in"),
            _("Det tar omkring två minuter. Du kan gå vidare."),
        ),
        Status(
            "failed",
            _("Brevlådan svarar inte"),
            _("Senaste hämtningen var 18:05. Inget tips har gått förlorat."),
            "#",
            _("Försök igen"),
        ),
        Status(
            "not_allowed",
            _("Du får se att tipset finns, inte vad som står i det"),
            _("Källhandläggare läser tips i original. Du kan be om en rensad version."),
            "#",
            _("Be om en rensad version"),
        ),
    )


def _ledger() -> Ledger:
    missing = (_("vem som hyr"), _("om besöken fortsätter"), _("vilken dörr"))
    return Ledger(_supporting(), _opposing(), missing)


def _supporting() -> tuple[LedgerEntry, ...]:
    return (
        LedgerEntry(
            _("Många okända besökare, en i taget, korta besök"),
            _("två grannar, oberoende"),
            _("sett själva"),
            "2020-10-12",
            "2020-12-11",
            "+4",
            "#",
        ),
        LedgerEntry(
            _("Två annonser med samma kontakt"),
            _("annonser, källa B"),
            _("troligt"),
            "2020-10-09",
            "2020-11-08",
            "+2,5",
            "#",
        ),
        LedgerEntry(
            _("Lägenheten hyrs ut per dygn"),
            _("hyresvärden"),
            _("bekräftat"),
            "2020-07-01",
            "2020-09-29",
            "0",
            has_passed=True,
        ),
    )


def _opposing() -> tuple[LedgerEntry, ...]:
    return (
        LedgerEntry(
            _("Frisör tar emot kunder hemma"),
            _("grannförening"),
            _("uppgift från annan"),
            "2020-10-14",
            "2020-12-13",
            "−2",
            "#",
        ),
        LedgerEntry(
            _("Inget ovanligt vid besök på kvällen"),
            _("egen kontroll"),
            _("iakttaget"),
            "2020-10-16",
            "2020-11-15",
            "−1",
            "#",
        ),
    )


def _weight() -> drawing.Weight:
    return drawing.weight(
        (
            drawing.WeightPart(_("Besökare, två håll"), 4),
            drawing.WeightPart(_("Annonser"), 2.5, _("halverad, 30 dagar gammal")),
            drawing.WeightPart(_("Byter boende"), 1.5),
            drawing.WeightPart(_("Frisör i lägenheten"), -2),
            drawing.WeightPart(_("Kontroll utan iakttagelse"), -1),
        ),
        says=_("Fyra uppgifter från två oberoende håll, ingen egen iakttagelse."),
        marks=(drawing.WeightMark(_("kan bli uppslag"), 4),),
    )


def _scaled(points: float) -> drawing.Weight:
    return drawing.weight(
        (drawing.WeightPart(_("Besökare, två håll"), points),),
        says=_("En uppgift."),
        marks=(drawing.WeightMark(_("kan godkännas"), 3),),
        scale=8.0,
    )


def _card_rows() -> tuple[dict[str, str], ...]:
    rows = (
        ("NV-2020-000012", _("bedömt"), "working", "Fyrgränd 7 B, Hamnviken", "1,6", "2020-10-12"),
        ("NV-2020-000013", _("mottaget"), "", "Masugnsvägen 12, Bruket", "", "2020-10-13"),
    )
    names = ("number", "state", "shape", "place", "points", "at")
    return tuple(dict(zip(names, row, strict=True)) for row in rows)


def _events() -> tuple[Event, ...]:
    return (
        Event(
            "2020-10-12 21:40", _("Tips kom in"), _("Genom formuläret."), moment="2020-10-12T21:40"
        ),
        Event("2020-10-14 09:15", _("Adressen bekräftad"), by="K-4711", moment="2020-10-14T09:15"),
        Event(
            "2020-10-16 19:30",
            _("Kontroll"),
            _("Ingen öppnade. Inget ovanligt."),
            by=_("lag 2"),
            href="#",
            moment="2020-10-16T19:30",
        ),
        Event("2020-12-13", _("Uppgifterna gallras"), is_coming=True, moment="2020-12-13"),
    )


def _places() -> tuple[PlaceCard, ...]:
    return (
        PlaceCard(
            "Fyrgränd 7 B, 2 tr",
            "Hamnviken",
            "#",
            _("bedöms"),
            "working",
            _("Fyra uppgifter från två oberoende håll, ingen egen iakttagelse."),
            (Figure(_("För"), "3"), Figure(_("Emot"), "2"), Figure(_("Gallras"), "2020-12-13")),
            _("Bedöm uppslaget"),
            "#",
        ),
        PlaceCard(
            "Masugnsvägen 12",
            "Bruket",
            "#",
            _("svar senast 2020-10-27"),
            "time",
            _("Föreningen har underrättats."),
            (Figure(_("För"), "6"), Figure(_("Emot"), "1")),
            _("Se underrättelsen"),
            "#",
        ),
    )


def _map(tiles_href: str) -> MapTable:
    rows = (
        ("Fyrgränd 7 B", "Hamnviken", _("bedöms"), 57.0390, 11.4714),
        ("Masugnsvägen 12", "Bruket", _("underrättad"), 57.0280, 11.4324),
        ("Repslagaregatan 3", "Hamnviken", _("bedöms"), 57.0398, 11.4740),
        ("Kvarnbacken 21", "Norrtull", _("väntar på kontroll"), 56.9990, 11.4125),
        ("Tallstigen 4", "Skogsbo", _("avslutad"), None, None),
    )
    return MapTable(
        "places",
        _("Platser att bevaka, viktigast först"),
        (_("Plats"), _("Stadsdel"), _("Läge")),
        tuple(MapRow(name, (part, state), "#", lat, lon) for name, part, state, lat, lon in rows),
        tiles_href,
    )


def _steps() -> tuple[Step, ...]:
    return (
        Step(_("Läst"), "done", "2020-10-12"),
        Step(_("Adress"), "done", "2020-10-14"),
        Step(_("Vägt"), "current", _("pågår")),
        Step(_("Beslut"), "coming"),
    )


def _figures() -> tuple[Figure, ...]:
    return (
        Figure(_("personer erbjudna hjälp"), "14", _("9 tackade ja")),
        Figure(_("platser kontrollerade"), "31"),
        Figure(_("underrättade hyresvärdar"), "6", _("4 har svarat")),
        Figure(_("fel adress"), "1"),
    )


def _options() -> tuple[Option, ...]:
    return (
        Option("track", _("Följ platsen"), _("nya uppgifter läggs till i 60 dagar")),
        Option("check", _("Föreslå kontroll"), _("kräver två oberoende håll")),
        Option("dismiss", _("Lägg åt sidan"), _("gallras 90 dagar senare")),
    )


def _bars() -> drawing.BarChart:
    return drawing.bar_chart(
        (
            drawing.Bar("Hamnviken", 42, "42 (31–55)", 31, 55),
            drawing.Bar("Bruket", 27, "27 (18–39)", 18, 39),
            drawing.Bar("Norrtull", 12, "12 (6–22)", 6, 22),
            drawing.Bar("Skogsbo", 9, "9 (4–18)", 4, 18),
        ),
        says=_(
            "Flest uppgifter per 1 000 kontroller i Hamnviken, men skillnaden mot Bruket är osäker."
        ),
        headings=(_("Stadsdel"), _("Uppgifter per 1 000 kontroller (95 %)")),
        note=_("Strecket är ett 95-procentigt intervall."),
    )


def _series() -> drawing.SeriesChart:
    return drawing.series_chart(
        [drawing.Point(*week) for week in WEEKS],
        says=_(
            "Tipsen blev fler under insatsen, och kontrollerna likaså: ökningen kan vara vår egen."
        ),
        name=_("tips i veckan"),
        period=_("Vecka"),
        effort_name=_("kontroller i veckan"),
        note=_("De lodräta strecken är 95-procentiga intervall."),
    )
