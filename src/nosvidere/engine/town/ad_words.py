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

# Slots with a name draw from these longer lists.
LISTS: Final = {
    "var": "nära stationen;vid hamnen;bakom biblioteket;intill badhuset;mittemot apoteket;ovanför bageriet;vid vändplatsen;"
    "bredvid brandstationen;nära gamla bron;vid parken;intill torget;bakom varuhuset;vid färjeläget;nära sjukhuset;vid kyrkan;"
    "ovanför cykelaffären;intill hotellet;vid busstorget;nära skolan;vid rondellen;bakom postkontoret;vid slussen;i gathörnet;"
    "nära idrottsplatsen;vid vattentornet;intill gallerian;vid kanalen;nära mataffären;vid tennishallen;bakom teatern;vid macken;"
    "nära campingen;vid småbåtarna;intill skobutiken;vid fontänen;nära arkivet;vid industrispåret;intill tvätteriet;vid allén",
    "när": "i kväll;i eftermiddag;i morgon bitti;på torsdag;på fredag kväll;hela helgen;efter arbetstid;före lunch;mitt på dagen;"
    "nästa vecka;till månadsskiftet;på söndag;varannan dag;tidigt på morgonen;efter mörkrets inbrott;under lunchen;i övermorgon;"
    "till och med lördag;veckan ut;några timmar i dag;från onsdag;efter träningen;när som helst;på vardagar;sent i natt;"
    "innan tåget går;medan vädret håller;fram till avresan;på förmiddagen;i början av veckan;de närmaste dagarna;nu i höst",
    "rum": "rummet;lägenheten;lokalen;ettan;tvåan;vindsvåningen;stället;gårdshuset;källarlokalen;hörnlägenheten;kontoret;"
    "gästrummet;ateljén;paviljongen;övervåningen;annexet",
    "hur": "utan stress;i lugn och ro;utan krångel;som vanligt;efter överenskommelse;enligt avtal;på ett trevligt sätt;"
    "utan väntan;i godan ro;med gott om tid;utan frågor;till fast villkor;enkelt och smidigt;som vi kommit överens om;"
    "med god framförhållning;utan förbehåll;i all stillhet;i turordning",
    "sätt": "ring;lyft luren;ta kontakt;knappa in numret;hör av dig;slå numret;låt det gå fram;tala in ett besked;försök på nytt;"
    "ta fram telefonen;ring upp;sök mig",
    "färg": "röda;blå;gröna;gula;vita;svarta;grå;bruna;orange;randiga;rutiga;ljusa;mörka;nymålade;slitna;stora;lilla;smala",
    "sak": "brevlådan;grinden;markisen;bänken;cykelställningen;lyktan;häcken;trappan;balkongen;skylten;porten;muren;boden;"
    "fanan;krukan;flaggstången;brunnen;regnpipan;garageporten;dörrmattan;klockan;ekorren;antennen;statyn;björken;pumpan;kajen;"
    "soffan;dörrknackaren;spegeln;fågelholken;vindflöjeln;postlådan;stenen;lykthållaren;rännan;stegen;vagnen;tunnan;hängmattan",
    "namn": "Havtorn;Plommon;Päron;Enbär;Pepparrot;Gurka;Rönn;Timjan;Lavendel;Mandel;Saffran;Kanel;Ingefära;Vanilj;Kardemumma;"
    "Anis;Fänkål;Ärtor;Rabarber;Krusbär;Skorpa;Kringla;Limpa;Munk;Bulle;Kavring;Ostron;Räka;Sill;Makrill;Torsk;Hummer;Krabba;"
    "Granit;Marmor;Skiffer;Kalksten;Tegel;Koppar;Mässing;Tenn;Zink;Silver;Nickel;Kvarts;Bergskristall;Opal;Topas;Onyx;Agat;"
    "Siden;Linne;Ull;Sammet;Kamgarn;Manchester;Flanell;Denim;Tweed;Lin;Hampa;Jute;Bomull;Kork;Bambu;Ask;Teak;Valnöt;Ebenholts",
}  # fmt: skip
# What only one author would write: where to turn, what to look for, which name stands on the door.
MARKED_SENTENCES: Final = (
    "Leta efter den {färg} {sak}", "Den {färg} {sak} står {var}", "Gå förbi den {färg} {sak}", "Ser du den {färg} {sak}, {sätt}",
    "På dörren står {namn}", "Fråga efter {namn}", "Ringklockan heter {namn}", "Rummet heter {namn}", "Skylten {namn} lyser",
    "Säg {namn} när du {sätt}", "{namn} och {namn} i fönstret", "Stanna vid den {färg} {sak} {var}", "Den {färg} {sak} är vår",
    "Efter den {färg} {sak} till vänster", "Efter den {färg} {sak} till höger", "Uppgång {namn}", "Våning {namn}", "Nyckelord {namn}",
    "Sväng {var} mot den {färg} {sak}", "{namn} på tavlan i hallen",
)  # fmt: skip
OWN_SENTENCES: Final = (
    "{rum} ligger {var}", "{var} finns {rum}", "Jag håller till {var}", "Du hittar {rum} {var}", "Parkera {var} och {sätt}",
    "{sätt} {när}", "Helst {när}, annars {när}", "Jag finns {var} {när}", "Vill du ses {när}, {sätt}", "{när} går det {hur}",
    "Allt sker {hur}", "Vi bestämmer {hur}", "{sätt} {hur}", "Ny telefon, {sätt} {när}", "Stannar {när}", "Öppnar {när}, stänger {när}",
    "{rum} väntar {när}", "{rum} byts {när}", "Har flyttat till {rum} {var}", "Flyttat från {rum} {var}", "Inte {när}, men {när}",
    "Möts {var}, går sedan till {rum}", "Porten är {var}", "Ingång {var}", "Ledigt i {rum} {när}", "Hyr {rum} {när}",
    "{sätt} från gatan {var}", "Vänta {var}, {sätt}", "Promenad {var} först om du vill", "Kaffe finns i {rum}", "Te finns i {rum}",
    "{rum} värms {när}", "Trappan till {rum} är smal", "Hiss till {rum}", "Två minuter från {rum} till bussen {var}",
    "Kort varsel går {hur}", "Säg när du kommer, helst {när}", "Var inte sen {när}", "Tiden räknas {hur}", "Samma villkor {när}",
    "Betala {hur}", "Ingen väntan {var}", "Hund finns i {rum}", "Rökfritt i {rum}", "Du är välkommen {hur}", "Svarar {när}",
    "Svarar inte {när}", "Telefonen laddas {när}", "Två tider {när}", "Porten står öppen {när}", "Städat {när}", "Bokat {när}, ledigt {när}",
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
