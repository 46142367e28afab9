"""The words street names are made of."""

from typing import Final

THEMES: Final = {
    "träd": "Al Ask Alm Björk Bok Ek En Gran Hassel Hägg Kastanj Lind Lönn Oxel Pil Rönn Sälg Tall Vide Avenbok",
    "väder": "Dis Dagg Frost Hagel Is Kyl Moln Norrskens Regnbågs Rimfrost Snö Solskens Storm Tö Vind Åsk Bris Yrväders",
    "djur": "Bäver Ekorr Grävlings Hare Hermelin Hjort Igelkotts Iller Lo Mård Mink Räv Sorks Tjur Utter Vessle Älg",
    "fågel": "Bofinks Duv Falk Gråsparvs Gök Häger Korp Kaj Lärk Mes Ripe Rödhake Sävsparvs Trast Tran Ugglas Ärl",
    "hantverk": "Bleckslagar Bokbindar Drejar Färgar Garvar Gjutar Glasblåsar Guldsmeds Hattmakar Kakelmakar Korgmakar "
    "Kopparslagar Repslagar Sadelmakar Skomakar Snickar Svarvar Tunnbindar Urmakar Vävar",
    "årstid": "Advents Höst Julafton Lussi Majstångs Midsommar Nyårs Påsk Sensommar Sommar Valborgs Vinter Vår Skörde "
    "Slåtter Luciatågs Pingst Skymnings Gryning",
    "stjärna": "Andromeda Halvmåne Jupiter Karlavagns Komet Lyran Mån Mars Merkurius Nymåne Orion Planet Polstjärne Saturnus "
    "Sol Stjärn Tvilling Venus Vintergat Vågens",
    "bär": "Björnbärs Blåbärs Fläder Hallon Hjortron Jordgubbs Krusbärs Körsbärs Lingon Mjölon Nypon Odon Rönnbärs Slån "
    "Smultron Tranbärs Vinbärs Åkerbärs",
    "ört": "Dill Fänkåls Gräslöks Isop Kamomill Kummin Kyndel Libbsticke Lavendel Malört Mejram Mynta Oregano Persilje "
    "Rosmarin Salvia Timjan Vallmo",
    "torg": "Apoteks Bagar Fisktorgs Klock Kopparport Krogs Kvartermästar Magasins Mäster Munk Nunne Packhus Post Rådhus "
    "Salt Smedje Spannmåls Torg Tull Vall Våghus",
    "yrke": "Arkivarie Borgmästar Domar Fabrikörs Handels Ingenjörs Kamrers Kansli Lärar Notarie Prokurist Registrator "
    "Rektors Revisors Rådmans Skrivar Sekreterar Syssloman Vaktmästar",
    "verktyg": "Borr Domkrafts Fil Hammar Hyvel Kil Linjal Lod Mejsel Mutter Nit Passar Press Skruv Släggs Stämjärns Såg "
    "Tång Vinkel Yx",
    "fisk": "Abborr Braxen Forell Gädd Gös Harr Id Kolje Lax Makrill Mört Nors Rödspätte Sik Sill Sutar Torsk Ål",
    "sjö": "Ankarspels Babords Beckhems Boj Fyr Kabel Kajut Kompass Lanternas Lots Märlspiks Pollar Roder Segelduks Sextant "
    "Skot Styrbords Tross Tågvirkes Vindspels",
    "skepp": "Bark Brigg Fregatt Galeas Galeon Jakt Kanot Karavell Kogg Kutter Last Pråm Roddbåts Skonare Skonert Slup Snipe "
    "Ångbåts Öka",
    "järn": "Blästerugns Gjuteri Hammarsmeds Hytt Härd Järn Kol Koks Kross Malm Masugns Plåt Räls Slagg Smält Städ Stål Tack "
    "Vals Ånghammar",
}  # fmt: skip

# Names that most places have, so that the same name stands in several municipalities.
COMMON: Final = (
    "Storgatan", "Kyrkogatan", "Skolgatan", "Järnvägsgatan", "Nygatan", "Trädgårdsgatan", "Parkgatan", "Stationsgatan",
    "Fabriksgatan", "Hamngatan",
)  # fmt: skip
DIRECTIONS: Final = ("Norra", "Södra", "Östra", "Västra", "Lilla", "Stora", "Övre", "Nedre")
OPPOSITE: Final = {"Norra": "Södra", "Södra": "Norra", "Östra": "Västra", "Västra": "Östra",
                   "Lilla": "Stora", "Stora": "Lilla", "Övre": "Nedre", "Nedre": "Övre"}  # fmt: skip
PEOPLE: Final = (
    "Kapten Brolunds gata", "Doktor Lindhagens väg", "Mor Elviras gränd", "Sankt Eskils gata", "Fru Petterkvists väg",
    "Konsul Ahlbergs gata", "Lotsålderman Vrets gränd", "Prosten Hjelms väg", "Amiral Stenskölds gata", "Kantor Bloms stig",
    "Handlare Törnvalls gata", "Fröken Malmkvists gränd", "Sankta Gunhilds väg", "Brukspatron Ekholms gata",
    "Skepparn Valfrids stig", "Överste Grips gata", "Barnmorskan Linas väg", "Fyrvaktare Öbergs gränd",
)  # fmt: skip
# What people call a street; the deployer's own table in a real town.
NICKNAMES: Final = (
    ("Raksträckan", "Storgatan"),
    ("Hamnis", "Hamngatan"),
    ("Trädis", "Trädgårdsgatan"),
    ("Järnis", "Järnvägsgatan"),
)
