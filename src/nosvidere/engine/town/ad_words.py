"""What ads are made of: dry sentences about time, place and telephone, with slots written {one|another}."""

from typing import Final

SENTENCES: Final = (
    "{Ring|Slå en signal|Ring gärna} för {tid|en tid|bokning}",
    "{Ny|Åter} i {stan|staden|er stad} {några dagar|en kort tid|till och med söndag|hela veckan|i tio dagar}",
    "{Lediga tider|Några tider kvar|Tider finns} {i kväll|i dag|i morgon|hela helgen|mellan 12 och 22|efter kl 17}",
    "{Diskret|Lugn|Ostörd} {adress|plats|miljö} {nära centrum|vid hamnen|med parkering|nära stationen|i stilla kvarter}",
    "{Adressen|Exakt adress|Portnumret} {ges|lämnas|fås} {per telefon|när du ringer|vid bokning|strax före}",
    "{Inga|Svarar inte på} {dolda nummer|sms|skyltade samtal|meddelanden via sidan}",
    "{Boka|Beställ} {minst en timme|i god tid|samma dag|dagen} {före|i förväg}",
    "{Kontant|Endast kontant|Swish går bra|Kontant eller swish} {betalning|vid ankomst|på plats}",
    "{Öppet|Tillgänglig|Anträffbar} {alla dagar|vardagar|dygnet runt|kvällar och helger|måndag till lördag} {från tio|från lunch|till sent}",
    "{Endast|Bara} {bokade besök|besök efter samtal|tidsbokning}, {inga spontana besök|ingen drop-in|kom inte oanmäld}",
    "{Ring|Hör av dig} {igen|på nytt} om {det är upptaget|jag inte svarar|linjen är upptagen}",
    "{Fräscht|Nystädat|Trivsamt|Ljust} {rum|ställe|boende} {på markplan|en trappa upp|i nybyggt hus|med hiss}",
    "{Fri parkering|Gott om parkering|Parkeringshus} {utanför|på gatan|intill|runt hörnet}",
    "{Välkommen|Varmt välkommen} {att ringa|med ditt samtal|till mig|till oss}",
    "{Kom|Var} {i tid|punktlig}, {ring när du är framme|vänta i bilen tills jag ringer|meddela om du blir sen}",
    "{Seriösa|Artiga|Vänliga} {samtal|förfrågningar|personer} {undanbedes inte|har företräde|uppskattas}",
    "{Reser|Flyttar} {vidare|härifrån} {på måndag|den 15:e|efter helgen|snart}",
    "{Nästa|Därefter} {stopp|ort|vecka}: {meddelas här|se annonsen|ny annons kommer}",
    "{Talar|Pratar} {lugnt|gärna} i telefon, {kort|rakt} svar på frågor",
    "{Uppdaterad|Ny annons|Annonsen förnyad} {i dag|i morse|nyss|varje dag}",
    "{Telefon|Telefonen|Numret} {öppen|på} {från 11|från 10 till 23|hela dagen|kvällstid}",
    "{Gäller|Bokningar tas emot} {denna vecka|till och med fredag|i september|tills annonsen tas bort}",
    "{Går inte att boka|Ej bokningsbar} {via mejl|via sidan|nattetid}, {bara samtal|ring i stället}",
    "{Två|Tre|Flera} {tider|luckor} {kvar|lediga} {i dag|på lördag|före helgen}",
    "{Avbokning|Återbud} {senast en timme före|i god tid}, {tack|annars ingen ny tid}",
    "{Lätt att hitta|Enkelt att ta sig hit}, {fem minuter från tåget|buss stannar utanför|strax intill torget|avfart från leden}",
    "{Stilla|Tyst|Trevlig} {uppgång|trappa|gård} {utan insyn|med kod|med egen ingång}",
    "{Koden|Portkoden} {får du|skickas} {vid porten|när du står utanför|i samtalet}",
    "{Möte|Träff} {hos mig|på min plats|hos oss}, {kommer inte ut|ej hembesök|inga utkörningar}",
    "{Återkommer|Tillbaka} {i stan|här} {efter semestern|efter sommaren|igen|som utlovat}",
)  # fmt: skip

# A word or two that an author puts in all texts: names of things, never of persons.
MARKS: Final = (
    "Linden", "Kompassen", "Blå dörren", "Norrsken", "Fyren", "Hamnens pärla", "Trappan", "Silvergården", "Rosa lyktan",
    "Kvarteret", "Stjärnan", "Oasen", "Ateljén", "Salongen Vit", "Vinden", "Ängen", "Fönstret", "Klockan tio", "Trädgården",
    "Bryggan", "Segelduken", "Måsen", "Korallen", "Bärnsten", "Safiren", "Valvet", "Takterrassen", "Tidlöst", "Paus", "Lugna stunden",
)  # fmt: skip
SITES: Final = ("sida-a.example", "sida-b.example", "sida-c.example", "sida-d.example")
# Towns of the circuits outside the region; as invented as the rest.
ELSEWHERE: Final = ("Näckebro", "Sundmåla", "Övre Lyngvik", "Karpeboda", "Brännstad", "Fallmora")
