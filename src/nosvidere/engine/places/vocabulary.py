"""The words that the resolver knows, folded."""


def listed(words: str) -> frozenset[str]:
    """Return the words of a text, separated by spaces."""
    return frozenset(words.split())


MARKERS = listed(
    "nr nummer no num numer numro nmr nbr num huse uppg entre entren ingang ingangen ing port porten portnr portnummer husnummer uppgang uppgangen numero hus huset adress gatunummer n husnr gatunr bade"
)
"""Words that may stand between a street and its number."""

PLACE_PREPOSITIONS = listed(
    "pa vid i a hos till fran langs nara utanfor mot ner upp bakom hornet korsningen av forbi bredvid intill invid galler mittemot gentemot kring runt adressen adress"
)
"""Words after which a place is named."""

STOPWORDS = listed(
    "och pa i vid fran till av for med om en ett den det de som har ar var vi jag du han hon man nu sa nar dar har att "
    "eller men inte hos utanfor mot mellan under over efter innan bor hyr tar adress adressen gata gatan plats ligger "
    "nagon nagra mycket alla hela varje ocksa bara sen igen hej forst sist darefter dels lagenhet lagenheten huset hus porten port tr lgh"
)
"""Small words that begin no street name."""

ORDINARY = listed(
    "grannen granna grannens gatan gata vagen vag torget platsen plats parken planen plan backen garden gangen gang ringen ring stranden stigen "
    "arbetsplatsen arbetsplats lekplatsen motesplats motesplatsen parkeringsplats parkeringsplatsen innergard innergarden "
    "bakgard bakgarden tradgarden tradgard kyrkogarden skolgarden motorvagen motorvag gagata gagatan tvargatan tvargata "
    "bakgatan sidogatan huvudgatan genomfartsleden ingang ingangen uppgang uppgangen utgang utgangen overgang tillgang "
    "omgang avgang framgang manga gangen fotbollsplanen vaningsplan bottenplan entreplan markplan gatuplan bostad "
    "uppfart infart allen alle led leden trappa trappan trappor trapporna trappuppgang trappuppgangen trapphus trapphuset "
    "vandplan parkeringen parkering lekpark lekparken berg berget dal dalen hav havet strand holme slatten bro bron hall "
    "omvag omvagen ivag tillvaga natplats badplats badplatsen boplats hemvag cykelvag cykelvagen "
    "grusvagen grusvag stad staden dag idag mandag tisdag onsdag torsdag fredag lordag sondag helg kvall "
    "telefon lagenhet vaning nummer klockan personer kvinnor minuter timmar grannar manniskor kanske massage"
)
"""Words that are no misspelled street names; a street that bears one as its name is found when written so."""

FIRST_NAMES = listed(
    "sofia sofie anna maria eva karin sara emma lena kristina christina elin johanna linnea amanda ida julia elsa alice maja "
    "ella olivia wilma vilma nora astrid alva saga freja lisa linda jenny nina jessica sandra camilla monica mia bella lily "
    "diana natalia natasha victoria vanessa angelica angela bianca carmen monika elena irina katja tanja olga erik karl lars "
    "anders johan per nils gustav gustaf oskar hugo viktor magnus fredrik andreas daniel peter mikael martin stefan jan hans "
    "bengt bo lennart sven axel adolf albert david simon jakob josef samuel gabriel rosa viola lilja iris jasmine jasmin"
)
"""A first name and a number are a name and an age, not a street and a house."""

LISTING = listed(
    ", och o & + samt eller / el respektive resp plus aven ocksa likasa sen sedan darefter darnast liksom sa sist"
)
"""What stands between the numbers of a list."""

RANGE = listed("- – — − till tom")
JOINING = listed("/ - – —")
"""Signs that bind the next number to the one before, whatever else it might be."""

NUMBER_ENDINGS = listed("an :an ans a:n")
MARKERS_FAR = listed(
    "portnr portnummer gatunr gatunummer nr nummer numro numero no num port porten uppgang husnummer husnr"
)
"""Words that say that a house number comes, away from its street."""

NEIGHBOURS = listed(
    "granne grannen grannhuset grannporten grannuppgangen granport granhuset intill bredvid invid grannarna grannes"
)
"""Words after which a number is another house of the same street."""

ENTRANCES = listed(
    "uppgang uppgangen uppg uppgng ing ingng port porten ingang ingangen entre entren entr trappuppgang trappuppgangen "
    "trapphus trapphuset trappa trappan trpupp trapphall portuppgang portuppgangen porttrappa dorr dorren lit litera littera litt hus huset "
    "bokstav bokst aufgang hisschakt svalgang svalgangen"
)
"""What an entrance is called, before or after its letter."""

NO_LETTERS = listed("i å ä ö")
"""Single letters that are words in Swedish when small."""

SELDOM_LETTERS = listed("o v")
"""Small single letters that mean "och" or "väg" when the sentence goes on."""

AWAY = listed("fran till mot via genom alias kommer o")
"""Words after which a town is not where the address lies."""

IN = listed("i in inne ute uppe nere")

PLACE_ENDINGS = tuple(
    listed(
        "stad köping borg torp arp hult ryd red boda inge tuna näs vik hamn fors bruk lund holm by ås sjö sund berg bro bäck dal "
        "heda rud sta löv storp"
    )
)
"""What the names of Swedish villages end in: "i floby" names a place even without a capital."""

NO_PLACES = listed(
    "kväll kvall huset hus dag morse natt centrum stan staden byn källaren kallaren porten trappan lägenheten lagenheten "
    "området omradet närheten narheten sommar vinter höst vår maj juni juli januari februari mars april augusti september "
    "oktober november december sverige norden fastigheten trapphuset gathuset gårdshuset bottenplan mitten hörnet väntan"
)
"""Words that are no towns after "i" or a comma."""

SHORT_TOWNS = {
    short: town
    for town, shorts in {
        "stockholm": "sthlm sthm sthl stkhlm stklm stholm stockh", "goteborg": "gbg gtb gtbg gteborg goteb gotet",
        "malmo": "mlm malm mmo mlmo", "uppsala": "upps uppsla upsala uas", "vasteras": "vras vsteras vteras vas vastras",
        "orebro": "obro orb orebr", "linkoping": "linkpg lkpg link linkop lkp", "norrkoping": "norrkpg nkpg nrkpg norrk norpan nkp",
        "jonkoping": "jkpg jonkpg jonk jkp", "helsingborg": "hbg hborg hlsbg helsingb", "umea": "ume um ua", "lulea": "lule",
        "vaxjo": "vxjo vjo vx", "kristianstad": "kstad krstad kristianst krsd", "karlstad": "kstd kasta karlst ksd",
        "karlskrona": "kkrona krona karlskr", "halmstad": "hstad hmstd halmst", "sundsvall": "svall sundsv sdvl",
        "ostersund": "osund ostrsund ostersd", "gavle": "gvle gefle", "boras": "brs bras", "eskilstuna": "etuna eskna eskilst etna",
        "sodertalje": "sodert stlje tellje sodtlj", "trollhattan": "thn trollh trlhn", "kalmar": "klmr", "falun": "fln",
        "skelleftea": "skellefte skfte skell", "ornskoldsvik": "ovik ornsk", "kungsbacka": "kba kungsb", "landskrona": "lkrona landskr",
        "nykoping": "nkpng nyk nykpg", "norrtalje": "ntlje norrt", "varberg": "vbg varb", "skovde": "skvde", "uddevalla": "uvalla ualla uddev",
        "hassleholm": "hholm hasslehlm", "trelleborg": "tbg trebg trelleb", "falkenberg": "fbg falkenb", "vanersborg": "vbrg vborg vanersb",
        "lidkoping": "lidkpg lidk", "motala": "mtla", "kristinehamn": "khamn", "karlshamn": "karlsh", "oskarshamn": "ohamn oskarsh",
    }.items()
    for short in shorts.split()
}  # fmt: skip
"""What people write for large towns → the town, all folded."""
