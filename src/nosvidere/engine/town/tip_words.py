"""What neighbours write: sentences per sign, openings, endings; dry words, and nothing about who anybody is."""

from typing import Final

SEEN: Final = {
    "F01": (
        "det kommer olika okända personer till samma lägenhet nästan varje dag",
        "mycket spring i trappan, nya ansikten hela tiden och alltid till samma dörr",
        "främmande människor ringer på i porten flera kvällar i veckan, alla ska till samma lägenhet",
        "har räknat till sju olika besökare på tre dagar, ingen av dem bor här",
        "folk kommer och går hela dagarna till en och samma dörr",
        "ständigt spring av okända, minst fyra fem stycken per dag",
    ),
    "F02": (
        "de stannar en halvtimme ungefär och går sedan en i taget",
        "besöken är korta, 20-40 min, sen kommer nästa",
        "varje besök varar högst en timme och det är alltid en person åt gången",
        "in och ut på en kvart till en timme, aldrig två samtidigt",
        "korta besök, jag hör dörren ungefär var 45:e minut",
    ),
    "F03": (
        "det pågår till sent på natten, ofta efter kl 23",
        "mest kvällar och nätter, senast i natt vid ett",
        "värst är det mellan 21 och 02",
        "sena kvällar flera dagar i rad",
        "även mitt i natten på vardagar",
    ),
    "F04": (
        "flera sitter i bilen utanför, pratar i telefon och går sedan in",
        "de väntar vid porten med telefonen i handen tills någon svarar",
        "bilar stannar på gatan, föraren ringer ett samtal och går in direkt efter",
        "står och väntar vid cykelstället tills de får klartecken på telefon",
    ),
    "F05": (
        "de ringer på fel dörr och frågar efter rätt våning",
        "två gånger har någon ringt på hos mig och sagt att de kommit fel",
        "besökare har frågat mig i trappan vilken dörr det är",
        "ringer på hos oss av misstag gång på gång",
    ),
    "F06": (
        "portkoden verkar ha spridits till en massa folk",
        "det sitter en nyckelbox vid cykelrummet som många använder",
        "alla tycks ha koden trots att den byttes i augusti",
    ),
    "F07": (
        "någon står i trappan och släpper in folk",
        "en person sitter i trapphuset och håller uppsikt när det kommer besök",
        "samma person möter alla i porten och följer dem upp",
    ),
    "T01": (
        "hyresgästerna byts ut hela tiden, ny var och varannan vecka",
        "lägenheten hyrs ut korta perioder, tredje gången sen sommaren",
        "nya människor med resväskor ungefär varje vecka",
        "verkar hyras ut per vecka, nytt namn på dörren igen",
    ),
    "T02": (
        "den är uthyrd i andra hand och föreningen har inte godkänt det",
        "den som står på kontraktet bor inte här, jag tror inte värden vet om det",
        "andrahandsuthyrning utan lov enligt vicevärden",
    ),
    "T03": (
        "den som hyrde ville betala kontant i förskott och flytta in samma dag",
        "de betalade allt kontant och hade väldigt bråttom",
    ),
    "T04": (
        "bokad via en sajt utan att någon träffat hyresgästen, nyckeln låg i en box",
        "incheckningen sköttes helt utan att ses",
    ),
    "T05": (
        "personen som bokade har aldrig varit där, det är andra som vistas i lägenheten",
        "den som hyr bor aldrig själv i lägenheten",
    ),
    "T06": (
        "bokningen förlängs en dag i taget",
        "de förlänger bara dag för dag säger värden",
    ),
    "P02": (
        "gardinerna är alltid fördragna, dygnet runt",
        "fönstren mot gården är täckta sedan veckor",
    ),
    "P03": ("brevinkastet är igentejpat", "brevinkastet är igensatt inifrån"),
    "P04": ("det sitter en kamera vid dörren", "de har satt upp en liten kamera ovanför dörren"),
    "P06": (
        "skylten stör ej sitter uppe jämt och det bärs ut kassar med handdukar",
        "ovanligt många handdukar i tvättstugan från just den lägenheten",
    ),
    "P07": ("hallen ser ut som ett väntrum med stolar längs väggen",),
}  # fmt: skip

URGENT: Final = {
    "C01": (
        "den som bor där går aldrig ut ensam, det är alltid någon med",
        "jag tror inte att personen i lägenheten får gå ut",
    ),
    "C02": ("i går hörde jag gråt och någon som ropade på hjälp", "personen såg mycket rädd ut"),
    "C03": ("någon annan verkar ha hand om hennes telefon och pass",),
    "C05": ("personen berättade i tvättstugan att hon har en skuld att betala av",),
    "C06": ("samma bil kör dit och hämtar personer flera gånger i veckan",),
}

# Looks, origin and language, which tips do contain and which nothing may use: to be masked.
PREJUDICE: Final = (
    "Det bor utlänningar där nu och de pratar inte svenska",
    "Hon som flyttat in är mycket sminkad och går i kort kjol. Kan ni kolla upp",
    "De ser ut att komma från Östeuropa",
    "Mörkhyade män i trappan, mer vet jag inte",
    "Grannen har tatueringar och udda kläder och är uppe sent",
    "De bryter på ryska tror jag och hälsar aldrig",
    "Högklackat mitt på dagen, jag tyckte ni borde veta det",
    "Det är en thailändsk kvinna som bor där",
    "Han har skägg och utländskt namn på dörren",
)
LOOKS: Final = (
    "De ser utländska ut",
    "hon är alltid mycket sminkad",
    "flera av dem bryter på något östspråk",
    "mannen har mörkt skägg och tatueringar",
    "tror de är rumäner",
    "kvinnan har kort kjol",
)

INNOCENT: Final = {
    "HEMTJANST": ("F01", "F05", "F06"),
    "MOTTAGNING": ("F01", "F02", "F05"),
    "STUDENTKOLLEKTIV": ("F01", "F03", "F06"),
    "PAKETOMBUD": ("F01", "F02", "F05"),
    "KORTTIDSBOENDE": ("T01", "T04", "F06"),
    "LAXHJALP": ("F01", "F02"),
}
DISPUTE: Final = (
    "Vi har haft problem med grannen länge, de klagade på vår hund",
    "Har sagt till dem om tvättstugan tusen gånger",
    "De spelar musik också och nu får det vara nog",
    "Styrelsen gör inget åt dem trots alla mina klagomål",
    "Det är samma granne som parkerar på min plats",
)
MALICE: Final = (
    "Jag VET vad som pågår där, åk dit nu",
    "Alla vet vad de håller på med, bryt er in om det behövs",
    "De tjänar massor med pengar, sätt dit dem",
    "Ni måste gripa dem, jag har sagt det förut",
    "Varför gör ni ingenting? Alla i huset säger samma sak, punkt",
)

OPENINGS: Final = (
    "", "", "", "", "Hej,", "Hej!", "Hejsan.", "God kväll.", "Vill lämna ett tips.", "Jag bor i huset.",
    "Skriver igen.", "Vet inte om det här är rätt ställe men", "Såg er efterlysning om tips.", "Tips:", "Till polisen.",
    "Jag är granne.", "Detta har pågått ett tag.", "Ville bara säga att", "Anonymt tack.", "Mamma bor i huset och säger att",
)  # fmt: skip
ENDINGS: Final = (
    "", "", "", "", "Mvh en granne", "Hoppas ni kan kolla.", "Vill vara anonym.", "Hör av er om ni behöver veta mer.",
    "Tack på förhand", "Det känns otryggt.", "Har barn i huset så det känns inte bra.", "Kan ta fel förstås.",
    "Det har hållit på sen {since}.", "Började runt {since}.", "Senast {weekday}.", "/orolig granne", "Mer vet jag inte.",
    "Kan visa anteckningar med tider.", "Har pratat med vicevärden men inget händer.",
)  # fmt: skip
SINCES: Final = (
    "augusti",
    "midsommar",
    "mitten av september",
    "början av månaden",
    "förra helgen",
    "skolstarten",
    "sommaren",
)
WEEKDAYS: Final = (
    "i måndags",
    "i tisdags",
    "i onsdags",
    "i torsdags",
    "i fredags",
    "i lördags",
    "i söndags",
    "igår",
    "ikväll",
)

PHONE_NOTES: Final = (
    "På en lapp i porten stod numret {phone}",
    "De frågade efter {phone}",
    "Numret som stod på bokningen var {phone}",
)

PLACED: Final = (
    "{place}: {seen}", "På {place} {seen}", "Det gäller {place}, {seen}", "{seen} ({place})", "{seen}. Adressen är {place}",
    "Uppgången {place}. {seen}", "I huset på {place} {seen}", "Angående {place}. {seen}", "{seen}, det är på {place}",
    "Bor granne med {place} och {seen}", "Har märkt att {seen} på {place}", "{place}. {seen}",
)  # fmt: skip
UNPLACED: Final = (
    "{seen}",
    "Det är så att {seen}",
    "Jag har märkt att {seen}",
    "Under flera veckor har det varit så att {seen}",
    "Skumt: {seen}",
)

VAGUE: Final = (
    "någonstans i {district}", "i ett av de höga husen i {district}", "nära torget i {municipality}", "i kvarteret bakom {street}",
    "på en tvärgata till {street}", "{street} ungefär i mitten, minns inte numret", "vid pizzerian på {street}",
    "ovanför frisören på {street}", "i {district}, tredje porten från hållplatsen", "ett gult hus i {district}",
)  # fmt: skip

# The same things in other languages: (language, text, signs).
ELSEWHERE: Final = (
    ("en", "Many different people visit the same flat at {place} every evening, they stay about half an hour.", ("F01", "F02")),
    ("en", "Hi, I live at {place}. Strangers wait outside in cars, make a call and then go up. It goes on late.", ("F04", "F03")),
    ("en", "There is a key box at {place} and new tenants every week. Visitors ring the wrong bell.", ("F06", "T01", "F05")),
    ("en", "I think something is not right at {place}. Short visits all day, one at a time.", ("F02",)),
    ("de", "In der Wohnung {place} kommen jeden Abend viele unbekannte Besucher, immer nur kurz.", ("F01", "F02")),
    ("fi", "Osoitteessa {place} käy joka ilta paljon vieraita ihmisiä, viipyvät noin puoli tuntia.", ("F01", "F02")),
    ("pl", "Pod adresem {place} codziennie przychodzi wielu obcych ludzi, zostają około pół godziny.", ("F01", "F02")),
    ("es", "En {place} vienen muchas personas desconocidas al mismo piso, hasta muy tarde por la noche.", ("F01", "F03")),
    ("no", "Det kommer mange ukjente personer til samme leilighet i {place}, de blir bare en halvtime.", ("F01", "F02")),
    ("da", "Der kommer mange fremmede til den samme lejlighed på {place}, og lejerne skifter hver uge.", ("F01", "T01")),
    ("bs", "Na adresi {place} svako veče dolaze nepoznati ljudi, uvijek u isti stan.", ("F01", "F03")),
    ("so", "Guriga {place} waxaa habeen kasta yimaada dad badan oo aan la aqoon.", ("F01", "F03")),
)  # fmt: skip
