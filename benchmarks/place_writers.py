# ruff: noqa: PLR2004 - the habits of made-up writers, each used once
"""A second generator of texts, by other rules: writers with habits, instead of one noise a line.

Written before the resolver was tuned on it and not changed since. It shares the made-up register with the first
generator, and nothing else: no template, no list of words, no noise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from place_queries import Chance, Query, Register, Truth, pick, words
from place_texts import at_home, by_street, draw, truth

from nosvidere.engine.places import Address

TRANSLITERATED = {"å": "aa", "ä": "ae", "ö": "oe", "Å": "Aa", "Ä": "Ae", "Ö": "Oe"}
BARE = str.maketrans("åäöÅÄÖé", "aaoAAOe")
KEYBOARD = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
CLERKS_KINDS = (
    ("gatan", "g"), ("gata", "g"), ("vägen", "v"), ("väg", "v"), ("gränd", "gr"), ("torget", "t"), ("platsen", "pl"),
)  # fmt: skip
CLERKS_FIRSTS = (
    ("Norra", "N"), ("Södra", "S"), ("Östra", "Ö"), ("Västra", "V"), ("Gamla", "Gla"), ("Lilla", "L:a"),
    ("Stora", "St"), ("Övre", "Ö"), ("Doktor", "Dr"), ("Sankt", "S:t"), ("Kapten", "Kapt"),
)  # fmt: skip
EARS = (
    ("ck", "k"), ("ll", "l"), ("nn", "n"), ("dv", "v"), ("hj", "j"), ("gj", "j"), ("lj", "j"), ("rs", "sch"), ("kv", "kw"),
    ("z", "s"), ("c", "s"), ("x", "ks"), ("ld", "ll"), ("rd", "d"), ("gst", "kst"), ("e", "ä"), ("ö", "å"), ("y", "i"),
)  # fmt: skip
PARTS = (
    "gatan",
    "vägen",
    "stigen",
    "torget",
    "platsen",
    "backen",
    "gången",
    "leden",
    "kajen",
    "gränd",
    "allén",
)
CARDINALS = words("en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton")
NAMED = words("ettan tvåan trean fyran femman sexan sjuan åttan nian tian")
ORDINALS = words("första andra tredje fjärde femte sjätte")

SCENES = (
    "Godkväll, jag kör taxi och har lämnat av fem kunder vid {a} den här veckan, alla stannar en halvtimme.",
    "som fastighetsskötare ser jag att det är nytt namn på dörren hela tiden på {a} o folk som frågar efter 'rummet'",
    "{a} - sängar utan täcken, gardinerna alltid för, gäster klockan tre på natten",
    "Dottern går i skolan bredvid {a}. Hon säger att 6-7 gubbar står i porten varje eftermiddag runt 15.30.",
    "Vi städar trappan på {a} varje tisdag och hittar kondomer, 20 stycken senast.",
    "Adressen jag fick i sms:et var {a}, betalning swish 1 800 kr i förskott",
    "Någon har hyrt ut i andra hand. Det gäller {a}. Har ringt värden två gånger sedan 3 mars.",
    "min man säger att jag inbillar mig men på {a} är det nåt som inte stämmer!!",
    "Kvinnan verkar inte få gå ut själv från {a}, hon hämtas av en vit skåpbil, reg slutar på 418.",
    "hej polisen, kan ni åka förbi {a} nån fredag? efter 21 är det kö i trapphuset",
    "Det luktar starkt av parfym, musik till 04.00. {a}. Tack på förhand, en orolig granne (63 år)",
    "Jag är brevbärare och på {a} byts namnlapparna ut minst 2 ggr i månaden",
    "Hittade annonsen med bild från {a}, känner igen balkongen. 90 min kostar 2500.",
    "vet inte om ni bryr er, men {a} är en bordell, alla i huset vet",
    "Förut var det en frisör på {a}, nu är fönstren täckta och skylten borta sedan 2019.",
)
QUIET = (
    "Ingen adress men tjejen kallar sig Nicole, 23, 168/54, naturlig",
    "Vi var 14 på årsmötet och 9 röstade för kamera i porten.",
    "swisha 500 till 0739876543 så får du koden, sa han",
    "Det började i v. 35 och nu är det 11 månader sen",
    "hon har ett barn på 4 år och ett på 7",
    "Skåpbilen är en Ford Transit från 2014, reg slutar på 418",
    "Hyresvärden vill ha 9 500 i månaden plus 3 hyror i deposition",
    "Lappen på dörren sa 'ring 2 ggr', sen var det tyst i 20 min",
    "Tågbiljett 2:a klass, vagn 5 plats 62, avgång 14:32",
    "kod 0412 till porten men jag skriver inte vilken port",
    "Fler än 30 samtal på en kväll, telefonen ringde 19-23",
    "Kvinnor från 3 olika länder på 6 veckor",
    "de bytte lås 2 gånger i maj och en gång den 7 juni",
    "Rum 14 på ett vandrarhem, 3 nätter, 650 kr natten",
    "Mötet är kl. 8 på måndag med 2 från kommunen",
    "jag har sett 15-20 män, de flesta 40-60 år",
    "Trappan städas varannan onsdag, 2 av 8 lägenheter klagar",
    "Min lägenhet är på 3 rum och kök, 74 kvm, hyra 8 412 kr",
    "Anmälan har nummer 5000-K123456-20, handläggaren svarar inte",
    "Tvåan bredvid min är tom, det är den på fjärde våningen",
    "Vid busshållplatsen, linje 4, står samma kille varje kväll",
    "Hon är ca 30 och väger kanske 50 kilo, har tatuering på vänster arm",
    "Priset var 1200 halvtimmen och 2000 timmen, enligt chatten den 5/9",
    "det är 8 steg till hissen och 40 steg till soprummet",
)
AWAY = words(
    "Sundsvall Kiruna Visby Örebro Norrköping Umeå Västervik Eksjö Mora Trosa Gnesta Bjuv Svenljunga Strömstad Hudiksvall "
    "Landskrona Mariestad Oskarshamn Åmål Vansbro Lidköping Nässjö Piteå"
)


@dataclass(frozen=True, slots=True)
class Writer:
    """How one person writes an address: a name of the habit, the street's name, and the house after or before it."""

    habit: str
    street: Callable[[Chance, str], str]
    whole: Callable[[Chance, str, Address], str]


def one_in(chance: Chance, count: int) -> bool:
    """Say whether something that happens once in so many times happens."""
    return int(chance.integers(count)) == 0


def entrance(chance: Chance, address: Address) -> str:
    """Return number and letter, glued or apart."""
    gap = "" if chance.random() < 0.6 else " "
    letter = address.letter.lower() if chance.random() < 0.4 else address.letter
    return f"{address.number}{gap}{letter}" if letter else address.number


# --- streets ---------------------------------------------------------------------------------------------------------


def as_it_is(_: Chance, name: str) -> str:
    """Return the name."""
    return name


def small_or_loud(chance: Chance, name: str) -> str:
    """Return the name as a phone or an angry person writes it."""
    return pick(chance, (name.lower(), name.lower(), name.upper(), name.lower().capitalize()))


def foreign_keyboard(chance: Chance, name: str) -> str:
    """Return the name without Swedish letters: bare, or now and then with aa, ae, oe."""
    if one_in(chance, 6):
        return "".join(TRANSLITERATED.get(sign, sign) for sign in name)
    return name.translate(BARE)


def neighbour_key(chance: Chance, sign: str) -> str:
    """Return a key beside one on a Swedish keyboard."""
    for row in KEYBOARD:
        if (at := row.find(sign.lower())) >= 0:
            return row[min(max(at + pick(chance, (-1, 1)), 0), len(row) - 1)]
    return sign


def thumbs(chance: Chance, name: str) -> str:
    """Return the name typed in haste: one slip in seven to fourteen letters, seldom in the first."""
    letters = [at for at, sign in enumerate(name) if sign.isalpha()]
    for _ in range(1 + (len(letters) > 13 and one_in(chance, 2))):
        at = letters[int(chance.integers(not one_in(chance, 5), len(letters) - 1))]
        slips = (
            name[:at] + name[at + 1 :],
            name[: at + 1] + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + neighbour_key(chance, name[at]) + name[at + 1 :],
        )
        name = pick(chance, slips)
        letters = [at for at, sign in enumerate(name) if sign.isalpha()]
    return name


def clerk(chance: Chance, name: str) -> str:
    """Return the name cut as in a handwritten register."""
    for whole, short in CLERKS_FIRSTS:
        if name.startswith(f"{whole} ") and not one_in(chance, 4):
            name = short + pick(chance, (". ", " ", ".")) + name[len(whole) + 1 :]
    for whole, short in CLERKS_KINDS:
        if name.endswith(whole) and len(name) > len(whole) + 2:
            return name[: -len(whole)] + short + pick(chance, (".", "", "."))
    return name


def dictated(chance: Chance, name: str) -> str:
    """Return the name as a phone hears it: compounds apart, or words run together."""
    for kind in PARTS:
        if name.endswith(kind) and " " not in name and len(name) > len(kind) + 2:
            return f"{name[: -len(kind)]} {kind}"
    return name.replace(" ", "", 1) if " " in name else name.lower()


def by_ear(chance: Chance, name: str) -> str:
    """Return the name spelled by somebody who has only heard it."""
    low = name.lower()
    fitting = [pair for pair in EARS if pair[0] in low[:-4]]
    if not fitting:
        return low
    old, new = fitting[int(chance.integers(len(fitting)))]
    heard = low.replace(old, new, 1)
    return heard.capitalize() if one_in(chance, 2) else heard


# --- houses ----------------------------------------------------------------------------------------------------------


def after(chance: Chance, street: str, address: Address) -> str:
    """Return the house after the street."""
    sign = pick(chance, (" ", " ", " ", "  ", ", ", " nr ", " nr. "))
    return f"{street}{sign}{entrance(chance, address)}"


def on_an_envelope(chance: Chance, street: str, address: Address) -> str:
    """Return the address as on a letter."""
    code = address.postcode
    town = pick(chance, (address.locality, address.locality.upper()))
    forms = (
        "{s} {h}, {c} {t}", "{s} {h}\n{c1} {c2} {t}", "{s} {h} {c1} {c2} {t}", "{c} {t}, {s} {h}", "{t} {s} {h}", "{s} {h} - {t}",
        "{s} {h} ({t})",
    )  # fmt: skip
    house = entrance(chance, address)
    return pick(chance, forms).format(s=street, h=house, c=code, c1=code[:3], c2=code[3:], t=town)


def in_talk(chance: Chance, street: str, address: Address) -> str:
    """Return the address as people say it to each other."""
    number, house = int(address.number), entrance(chance, address)
    forms = [
        "hus {h} på {s}",
        "{s}, i {h}",
        "{s}, nummer {h}",
        "{s} (port {h})",
        "{h} på {s}",
        "nummer {h} {s}",
    ]
    if not address.letter:
        forms += ["{s} {n}:an", "{n}:an på {s}", "porten till {n}an på {s}"]
    if not address.letter and 2 <= number <= 15:
        forms += ["{s} nummer {w}", "{s} {w}"]
    if not address.letter and number <= 10:
        forms += ["{d} på {s}", "{s}, {d}"]
    return pick(chance, forms).format(
        s=street, h=house, n=number, w=CARDINALS[min(number, 15) - 1], d=NAMED[min(number, 10) - 1]
    )


WRITERS = (
    Writer("plain", as_it_is, after), Writer("small or loud", small_or_loud, after), Writer("foreign keyboard", foreign_keyboard, after),
    Writer("thumbs", thumbs, after), Writer("clerk", clerk, after), Writer("dictated", dictated, after), Writer("by ear", by_ear, after),
    Writer("envelope", as_it_is, on_an_envelope), Writer("talk", as_it_is, in_talk),
)  # fmt: skip


def written(chance: Chance, writer: Writer, address: Address) -> str:
    """Return an address as the writer puts it; now and then in small letters, whoever writes."""
    text = writer.whole(chance, writer.street(chance, address.street), address)
    return text.lower() if one_in(chance, 6) else text


def lines(register: Register, chance: Chance, count: int) -> list[Query]:
    """P1: one address a line, each writer in turn."""
    home, queries = at_home(register), []
    for nth in range(count):
        writer, address = WRITERS[nth % len(WRITERS)], draw(chance, home)
        queries.append(Query(written(chance, writer, address), writer.habit, (truth(address),)))
    return queries


def sentences(register: Register, chance: Chance, count: int) -> list[Query]:
    """P2: the same in a scene."""
    return [
        Query(pick(chance, SCENES).format(a=query.text), query.kind, query.truths)
        for query in lines(register, chance, count)
    ]


def _house_lists(rows: Sequence[Sequence[Address]]) -> list[list[Address]]:
    """Return the houses without letters of each street that has more than three."""
    plain = [[row for row in street if not row.letter] for street in rows]
    return [street for street in plain if len(street) > 3]


def several(register: Register, chance: Chance, count: int) -> list[Query]:
    """P3: two or three streets told of one after the other, or two or three houses of one street."""
    home, queries = at_home(register), []
    streets = _house_lists(list(by_street(Register(home, register.home)).values()))
    trips = (
        "bilen står vid {0} men besöken är på {1}", "först {0}, sedan {1}", "{0} eller kanske {1}", "dels {0} dels {1}",
        "de har flyttat från {0} till {1}", "både {0} och {1}", "{0} + {1}", "{0};{1}",
    )  # fmt: skip
    houses = (
        "{s} {0} samt {1}", "{s} {0}+{1}", "{s} nr {0} och nr {1}", "{0}:an och {1}:an på {s}", "{s} {0} resp. {1}",
        "{s} {0} och {1}", "{s} {0}, även {1}", "{s} både {0} och {1}", "{s} {0} & {1}", "{s} {0} eller {1}",
    )  # fmt: skip
    for nth in range(count):
        if nth % 2:
            rows = streets[int(chance.integers(len(streets)))]
            low = int(chance.integers(len(rows) - 1))
            chosen = [rows[low], rows[low + 1]]
            text = pick(chance, houses).format(*(row.number for row in chosen), s=rows[0].street)
        else:
            chosen = [draw(chance, home), draw(chance, home)]
            text = pick(chance, trips).format(
                *(f"{a.street} {entrance(chance, a)}" for a in chosen)
            )
        framed = pick(chance, SCENES).format(a=text) if nth % 3 == 0 else text
        queries.append(Query(framed, "several", tuple(map(truth, chosen))))
    return queries


def nothing(_: Register, chance: Chance, count: int) -> list[Query]:
    """P4: texts without an address, one to three sentences."""
    queries = []
    for nth in range(count):
        parts = [pick(chance, QUIET) for _ in range(1 + nth % 3)]
        text = pick(chance, (". ", "\n", " ", ", ")).join(parts)
        queries.append(Query(text.lower() if nth % 4 == 0 else text, "nothing"))
    return queries


def not_registered(register: Register, chance: Chance, count: int) -> list[Query]:
    """P5: a registered street with a number that nothing there has, also in other towns."""
    numbers: dict[str, set[str]] = {}
    for row in register.addresses:
        numbers.setdefault(row.street, set()).add(row.number)
    home, queries = at_home(register), []
    while len(queries) < count:
        name, number = draw(chance, home).street, str(int(chance.integers(1, 320)))
        if number in numbers[name]:
            continue
        forms = ("{s} {n}", "{s} nr {n}", "{n}:an på {s}", "{s} {n} B", "{s}, port {n}")
        text = pick(chance, forms).format(s=name, n=number)
        framed = pick(chance, SCENES).format(a=text) if len(queries) % 2 else text
        queries.append(Query(framed, "not registered", (Truth("", name, number),)))
    return queries


def on_removed(removed: Sequence[Address], home: str, chance: Chance, count: int) -> list[Query]:
    """P6: addresses that the register no longer holds, each writer in turn."""
    there = [address for address in removed if address.municipality == home]
    queries = []
    for nth in range(count):
        writer, address = WRITERS[nth % len(WRITERS)], draw(chance, there)
        text = written(chance, writer, address)
        framed = pick(chance, SCENES).format(a=text) if nth % 2 else text
        lost = Truth("", address.street, address.number)
        queries.append(Query(framed, writer.habit, (lost,)))
    return queries


def in_the_house(register: Register, chance: Chance, count: int) -> list[Query]:
    """P9: floors and dwellings, before and after the address."""
    home, queries = at_home(register), []
    for nth in range(count):
        address, up = draw(chance, home), int(chance.integers(1, 7))
        flat = f"1{up}{int(chance.integers(1, 12)):02}"
        floor = f"1{up}"
        forms = (
            ("{a} lgh {f}", flat, floor), ("lgh {f}, {a}", flat, floor), ("{a} (lgh {f})", flat, floor), ("{a}, lägenhetsnr {f}", flat, floor),
            ("{a}, lgh.nr {f}", flat, floor), ("{a} lgh{f}", flat, floor), ("{a} / {f}", flat, floor),
            ("{a}, {u} tr.", "", floor), ("{a} {u} trp", "", floor), ("{a} vån {u}", "", floor), ("{a}, vån. {u}", "", floor),
            ("{o} våningen på {a}", "", floor), ("{a}, {u}:e vån", "", floor), ("{w} trappor upp på {a}", "", floor),
            ("{a}, {o} våningen", "", floor), ("{a} på plan {u}", "", floor), ("{a}, {w} trappor", "", floor),
            ("{a} bv", "", "10"), ("{a}, nb", "", "10"), ("{a} på bottenplan", "", "10"), ("{a}, nedre botten", "", "10"),
            ("i markplan på {a}", "", "10"), ("{a}, i källaren", "", "09"), ("källaren på {a}", "", "09"),
        )  # fmt: skip
        form, apartment, code = forms[int(chance.integers(len(forms)))]
        if up == 1 and "{w}" in form:
            form = "{a}, en trappa upp"
        text = form.format(
            a=f"{address.street} {entrance(chance, address)}",
            f=flat,
            u=up,
            w=CARDINALS[up - 1],
            o=ORDINALS[up - 1],
        )
        framed = pick(chance, SCENES).format(a=text) if nth % 2 else text
        queries.append(Query(framed, "in the house", (truth(address, apartment, code),)))
    return queries


def other_town(register: Register, chance: Chance, count: int) -> list[Query]:
    """P10: a registered street and number, in a town that is not registered."""
    home, queries = at_home(register), []
    forms = (
        "{t}: {a}", "{a} här i {t}", "{a} i centrala {t}", "{a} i {t}", "{a}, 852 30 {t}", "{a} 85230 {t}", "{a} / {t}", "{a} - {t}",
        "inne i {t}, {a}", "{t}, närmare bestämt {a}", "{a} {t}",
    )  # fmt: skip
    for nth in range(count):
        address = draw(chance, home)
        text = pick(chance, forms).format(
            a=f"{address.street} {entrance(chance, address)}", t=pick(chance, AWAY)
        )
        framed = pick(chance, SCENES).format(a=text) if nth % 2 else text
        queries.append(Query(framed, "other town", (Truth("", address.street, address.number),)))
    return queries


SETS: dict[str, Callable[[Register, Chance, int], list[Query]]] = {
    "P1": lines, "P2": sentences, "P3": several, "P4": nothing, "P5": not_registered, "P9": in_the_house, "P10": other_town,
}  # fmt: skip
