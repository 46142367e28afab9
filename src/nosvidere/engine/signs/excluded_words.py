"""Words that say who somebody is and not what happened, as patterns per sign code (X01–X08), Swedish and English.

A pattern may mark the part to exclude with the group `hit`; otherwise the whole match is excluded. The lists
lean towards few false alarms: streets, food, firms and ordinary turns of phrase that hold the same words pass.
"""

import re
import tomllib
from importlib.resources import files

ORIGINS = tomllib.loads(files(__package__).joinpath("origins.toml").read_text(encoding="utf-8"))

PERSON_SV = (
    r"(?:kvinn(?:a|an|or|orna|as|ors)|tjej(?:en|er|erna)?|flick(?:a|an|or|orna)|dam(?:en|er|erna)?"
    r"|brud(?:en|ar|arna)?|man|mannen|män|männen|kill(?:e|en|ar|arna)|kar(?:l|len|lar|lar)|gubb(?:e|en|ar|arna)"
    r"|person(?:en|er|erna)?|människ(?:a|an|or|orna)|folk|typ(?:en|er|erna)?|snubb(?:e|en|ar|arna)|par(?:et)?)"
)
PERSON_EN = (
    r"(?:wom[ae]n|girls?|lad(?:y|ies)|females?|m[ae]n|guys?|boys?|males?|people|persons?|couples?)"
)
GENDER = (
    r"(?:kvinn(?:a|an|or|orna)|tjej(?:en|er|erna)?|flick(?:a|an|or|orna)|dam(?:en|er|erna)?|brud(?:en|ar|arna)?"
    r"|(?<=en )man|mannen|män|männen|kill(?:e|en|ar|arna)|wom[ae]n|girls?|lad(?:y|ies)|females?)"
)
LIVES = (
    r"(?:bor|bodde|bott|boende|hyr|hyrde|hyrt|hyresgäst\w*|vistas|vistades|sover|övernatta\w*|flyttat in"
    r"|flyttar in|flyttade in|inneboende|lives?|living|lived|stay(?:s|ed|ing)?|rents?|renting|tenants?)"
)

# What may follow an adjective of origin without saying anything of a person.
THING = (
    r"(?:gat[au]\w*|väg(?:en|ar)?|gränd\w*|brink\w*|torg\w*|back(?:en|e)|stig\w*|all[eé]\w*|plan(?:en)?|plats\w*"
    r"|bro(?:n)?|hamn\w*|park\w*|kyrk\w*|skol\w*|förskol\w*|gymnasi\w*|hus(?:et)?|tomt\w*|kvarter\w*|ambassad\w*"
    r"|konsulat\w*|institut\w*|förening\w*|restaurang\w*|krog\w*|kök(?:et)?|mat(?:en)?|pizz\w*|bageri\w*|butik\w*"
    r"|affär\w*|livs\w*|pub(?:en)?|[ck]af[eé]\w*|kiosk\w*|korv\w*|öl(?:en)?|vin(?:et)?|te|kaffe\w*|yoghurt\w*"
    r"|peppar\w*|ost(?:en)?|wienerbröd\w*|pinnar|skalle|choklad\w*|lakrits\w*|kron(?:a|or)|lag(?:en|ar)?|flagg\w*"
    r"|fönster\w*|balkong\w*|lås\w*|dörr\w*|bad(?:et)?|bastu\w*|spel|bostäder|handelsbanken|dagbladet|posten"
    r"|mästerskap\w*|schäfer\w*|bulldogg?\w*|boxning\w*|takeaway|streets?|roads?|lanes?|squares?|church\w*"
    r"|embass\w*|restaurants?|food|schools?|baker\w*|shops?|stores?|pubs?|beers?|wines?|tea|laws?|boxing|place)"
)
NOT_A_THING = rf"(?![\s-]+{THING}\b)"


def _any(words: str, ending: str = "") -> str:
    ordered = sorted(words.split(), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(word + ending for word in ordered)})"


ADJECTIVE = (
    rf"{_any(ORIGINS['adjectives'], 'sk')}"
    r"(?:-?(?:talande|språkig\w*|registrera\w*|född\w*|klingande)|a|e|t|an|ans|as|or|orna|ors)?"
)
PEOPLE = rf"{_any(ORIGINS['peoples'])}(?:er|ar|en|n|r|erna|arna|rna|s|na|ska|skor)?"

PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "X01",
        rf"{ADJECTIVE}{NOT_A_THING}(?:\s+(?:brytning|accent|dialekt|språk|utseende)(?:en|et)?)?",
    ),
    ("X01", rf"{PEOPLE}{NOT_A_THING}"),
    ("X01", rf"{_any(ORIGINS['peoples_whole'])}(?:e|a|s|er|ar|en|n|na|arna|erna)?"),
    ("X01", rf"(?:från|ifrån|from)\s+(?P<hit>{_any(ORIGINS['countries'])})"),
    ("X01", rf"{_any(ORIGINS['nations_en'])}s?{NOT_A_THING}"),
    ("X01", rf"(?<!nail )polish(?=\s+(?:{PERSON_EN}|accent|speak\w*|language|plates?))"),
    ("X01", r"(?:eastern|east)[\s-]europeans?"),
    ("X01", rf"thai(?:s|n)?(?!-){NOT_A_THING}"),
    ("X01", rf"(?:thai|ryss|asiat|balt|öst)-?{PERSON_SV}"),
    (
        "X01",
        rf"(?:foreign|ethnic)\s+(?:{PERSON_EN}|accents?|languages?|plates?|looking|appearance)",
    ),
    ("X01", r"(?<!grovt )(?<!fult )(?<!hårt )(?<!rått )(?<!bad )(?:öst)?språk(?:et|en)?"),
    ("X01", r"(?:med|har|hade|stark|kraftig|tydlig|lätt|utländsk)\s+(?P<hit>brytning(?:en)?)"),
    ("X01", r"bryter på(?:\s+\w+)?"),
    ("X01", r"accent(?:en|er|s)?|dialekt(?:en|er)?|bruten\s+svenska|broken\s+(?:english|swedish)"),
    (
        "X01",
        r"(?:foreign|other|another|strange|unknown)\s+language|(?:no|any)\s+(?:swedish|english)",
    ),
    (
        "X01",
        r"hudfärg\w*|(?:mörk|ljus)hy(?:ad|ade|t)|(?:mörk|ljus|brun|svart)a?\s+(?:hy|hud)|svarting(?:ar)?",
    ),
    ("X01", rf"(?:svart|svarta|färgad|färgade|mörk|mörka|vit|vita)\s+{PERSON_SV}"),
    (
        "X01",
        rf"(?:black|white|brown|coloured|colored)\s+{PERSON_EN}|(?:dark|brown|light)[\s-]skinned|skin\s+colou?r",
    ),
    (
        "X01",
        r"ursprung(?:et)?|härkomst(?:en)?|etnicitet\w*|nationalitet\w*|hemland(?:et)?|invandrar\w*|ethnicity",
    ),
    (
        "X01",
        r"nationalit(?:y|ies)|muslim(?:er|erna|sk|ska|s)?|hijab|niqab|beslöjade?|jud(?:e|ar|inn\w*)|jewish",
    ),
    ("X02", rf"(?P<hit>{GENDER})(?=\s(?:[^.!?\n]{{0,30}}\s)?{LIVES}\b)"),
    ("X02", rf"{LIVES}\s+(?:[^.!?\n]{{0,30}}\s)?(?P<hit>{GENDER})"),
    (
        "X02",
        (
            rf"(?:hon|han|hen|de|dom|personen|personerna|she|he|they|{PERSON_SV})\s+(?:som\s+)?"
            r"(?P<hit>(?:ser|såg)\s+ut\s+som\s+(?!om\b|att\b)(?:en\s+|ett\s+)?\w+)"
        ),
    ),
    ("X02", r"looks?\s+like\s+(?:an?\s+)?(?:prostitutes?|hookers?|whores?|escorts?)"),
    (
        "X02",
        r"utseende(?:t|n)?|klädsel(?:n)?|klädstil(?:en)?|(?:lätt|utmanande\s+|sexigt\s+)klädda?|klädda?\s+som",
    ),
    (
        "X02",
        r"minikjol\w*|kortkort|högklacka\w*|nätstrump\w*|urring\w*|läppstift\w*|smink(?:et|ad|ade)?",
    ),
    ("X02", r"korta?\s+kjol(?:en|ar)?|(?:udda|utmanande|sexiga|få)\s+kläder|skägg(?:et|ig|iga)?"),
    ("X02", r"blondin(?:en|er)?|brunett(?:en|er)?|storbystad?e?"),
    (
        "X02",
        rf"(?:snygg|snygga|vacker|vackra|ful|fula|söt|söta|blond|blonda|lättfotad)\s+{PERSON_SV}",
    ),
    (
        "X02",
        rf"(?:pretty|beautiful|sexy|hot|blonde?|slutty)\s+{PERSON_EN}|scantily(?:\s+\w+)?|provocative(?:ly)?",
    ),
    (
        "X02",
        r"mini-?skirts?|high\s+heels|make-?up|lipstick|lingerie|dressed\s+like(?:\s+an?)?|fishnets?",
    ),
    (
        "X03",
        r"tatuering(?:en|ar|arna)?|tatuerade?|tattoo(?:s|ed)?(?!\s+(?:parlou?rs?|studios?|shops?))",
    ),
    (
        "X04",
        r"trans(?:a|or|person(?:en|er)?|kvinn\w+|m[aä]n|vestit\w*|sexuell\w*|gender\w*|sexual\w*)?",
    ),
    (
        "X04",
        r"bög(?:en|ar|arna)?|lesbisk\w*|gay|homosexuell\w*|hbtq\w*|lgbtq?\w*|queer|shemales?|lesbians?|tranny",
    ),
    (
        "X04",
        r"(?:\w+)?missbruk(?:et|are|arna|ar|aren)?|knarkar(?:e|en|na|es)?|narkoman(?:en|er|erna)?",
    ),
    (
        "X04",
        r"pundar(?:e|en|na)|alkoholist\w*|alkis(?:en|ar)?|heroinist\w*|(?:drog)?påverkade?(?:\s+av\s+\w+)?",
    ),
    ("X04", r"drogade?|drug\s+(?:users?|addicts?)|addicts?|junkies?|alcoholics?|on\s+drugs"),
    ("X04", r"hemlös(?:a|t|het)?|uteliggar(?:e|en|na)|tiggar(?:e|en|na)|homeless|beggars?"),
    (
        "X04",
        r"psykisk[at]?\s+(?:sjuk\w*|ohälsa|störd\w*|problem)|psykfall\w*|sinnessjuk\w*|schizofren\w*",
    ),
    (
        "X04",
        r"deprimerade?|utvecklingsstörd\w*|funktions(?:hindrad|nedsatt)\w*|hiv\w*|aids|könssjukdom\w*",
    ),
    (
        "X04",
        r"mental(?:ly)?\s+ill(?:ness)?|schizophreni[ac]\w*|crazy\s+wom[ae]n|disabled\s+(?:wom[ae]n|m[ae]n)",
    ),
    ("X05", r"kondom(?:en|er|erna|paket\w*|förpackning\w*)?|condoms?"),
    (
        "X06",
        r"(?:1[89]|[2-9]\d)\s?[-–]?\s?åring(?:en|ar|arna)?|(?:1[89]|[2-9]\d)[\s-]year[\s-]olds?",
    ),
    (
        "X06",
        r"\d[\d\s]{2,5}\s?(?:kr|kronor|sek|:-)\s?(?:/|per|i|för\s+en)\s?(?:halv\s?)?(?:timm\w*|tim|h|gång\w*)",
    ),
    ("X07", r"(?:thai|thailändsk|asiatisk|kinesisk|asian|chinese)[\s-]?(?:massage|spa|salong)\w*"),
    (
        "X08",
        r"problemområde\w*|(?:särskilt\s+)?utsatt\s+område|utsatta\s+områden|getto\w*|ghetto\w*|no-go-\w+",
    ),
    ("X08", r"socioekonomi\w*|låginkomst\w*|kriminellt\s+område|brottsbelasta\w*|bidragstagar\w*"),
    ("X08", r"(?:bad|rough|deprived|criminal)\s+(?:area|neighbou?rhood|estate)s?"),
)

COMPILED = tuple(
    (code, re.compile(rf"(?<![\w])(?:{pattern})(?!\w)", re.IGNORECASE))
    for code, pattern in PATTERNS
)
