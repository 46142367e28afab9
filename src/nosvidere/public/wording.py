"""The signs and answers in a neighbour's words. What each sign weighs is decided elsewhere; its code is the same."""

from django.utils.translation import gettext_lazy as _

# What a neighbour can see from the stairs or the yard: sign, and what it nearly always means instead.
# Left out: what only a landlord, a hotel or the police can know, all about ads (A) and all own observations (V).
SIGNS = {
    "F01": (
        _("Många okända besöker samma lägenhet, flera olika dagar"),
        _("Hemtjänst, ett kollektiv eller någon som lämnar ut paket."),
    ),
    "F02": (
        _("Besökare kommer en i taget och stannar kort"),
        _("En behandling eller mottagning i hemmet."),
    ),
    "F03": (
        _("Besök sent på kvällen eller natten, gång på gång"),
        _("De som bor där jobbar skift."),
    ),
    "F04": (
        _("Besökare väntar ute, ringer och går sedan in"),
        _("De letar efter rätt port."),
    ),
    "F05": (
        _("Besökare ringer på fel dörr eller frågar efter rätt dörr"),
        _("Bud och leveranser."),
    ),
    "F06": (
        _("Många olika använder portkoden eller en nyckelbox"),
        _("Lägenheten hyrs ut till turister."),
    ),
    "F07": (
        _("Någon släpper in besökare eller håller vakt"),
        _("En granne eller värd som hjälper till."),
    ),
    "T01": (
        _("Lägenheten hyrs ut kort tid och de som bor där byts ofta"),
        _("Turister, eller folk som jobbar här ett tag."),
    ),
    "T02": (
        _("Lägenheten verkar vara uthyrd utan lov"),
        _("Det är ont om bostäder."),
    ),
    "P02": (
        _("Fönstren i en lokal är alltid täckta"),
        _("Någon jobbar natt och sover på dagen."),
    ),
    "P03": (
        _("Brevinkastet är igensatt"),
        _("Det drar, eller kommer för mycket reklam."),
    ),
    "P04": (
        _("Det sitter en kamera vid dörren"),
        _("Någon är rädd för inbrott."),
    ),
}
# These never weigh against a place: they are about somebody who may need help now.
DANGER_SIGNS = {
    "C02": _("Någon skriker, är skadad, gråter eller ropar på hjälp"),
    "C01": _("Någon får inte gå ut själv, eller följs alltid av någon annan"),
    "C03": _("Någon annan tar pengar, pass eller telefon från den som bor där"),
    "C04": _("Ett barn verkar vara med, eller någon som är mycket ung"),
    "C05": _("Någon har berättat om hot, skuld eller ett löfte som inte hölls"),
    "C06": _("Någon körs dit och hämtas, gång på gång"),
}
BASES = {
    "FACT": _("Jag såg eller hörde det själv"),
    "HEARSAY": _("Någon annan har berättat det"),
    "ASSESSMENT": _("Det är något jag tror"),
}
DISPUTE = {"no": _("Nej"), "yes": _("Ja")}
MEASURES = {
    "inspection": _("Besiktning"),
    "talk": _("Samtal med hyresgästen"),
    "rectification": _("Uppmaning att rätta sig"),
    "social_board": _("Socialnämnden är underrättad"),
    "termination": _("Uppsägning"),
    "letting_ended": _("Uthyrningen eller bokningen är avslutad"),
    "police_report": _("Polisanmälan"),
    "routines": _("Nya rutiner för uthyrning"),
    "none": _("Ingen åtgärd, och varför"),
}
STATUSES = {
    "received": (_("Mottaget"), _("Det du skrev har kommit fram.")),
    "read": (_("Läst"), _("En människa har läst det du skrev.")),
    "closed": (
        _("Avslutat"),
        _("Vi är klara med det. Du får sällan veta hur det gick. Det skyddar dem det gäller."),
    ),
}
KINDS = {"question": _("Fråga till dig"), "message": _("Meddelande till dig")}
