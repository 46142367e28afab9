# ruff: noqa: PLR2004 - the shares of a made-up town and its writers, each used once
"""Made-up registers and the texts that the resolver is measured on; written before the resolver was tuned, then left alone.

A query knows its truth because it is made from an address. Nothing here uses the resolver's own folding or word lists.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from nosvidere.engine.places import Address

Chance = np.random.Generator


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()


FIRST = words(
    "Al Alm Ask Björk Bok Ek Gran Hassel Lind Lönn Rönn Tall Vide Säv Ljung Mynta Timjan Klöver Lin Råg Korn Havre Ros Nejlik "
    "Sippe Blåklocks Svart Vit Röd Gul Grå Sten Berg Ås Mo Ström Sjö Å Bäck Käll Brunns Kvarn Såg Hammar Smed Snickar Murar "
    "Skräddar Bagar Krukmakar Garvar Vävar Spinnar Fiskar Båts Segel Mast Ankar Hamn Brygg Kaj Tull Vakt Torn Slotts Kungs "
    "Drottning Prins Hertig Grev Biskops Prost Klockar Kyrk Kapell Kloster Skol Lärar Magister Doktors Apotekar Post Järnvägs "
    "Stations Fabriks Bruks Gruv Malm Silver Guld Koppar Tenn Glas Papper Tegel Sand Ler Lax Gädd Abborr Sill Torsk Örn Falk "
    "Duv Svan Trast Lärk Tran Häger Räv Varg Björn Älg Hjort Hare Ekorr Igelkotts Sol Mån Stjärn Norrskens Vinter Vår Sommar "
    "Höst Midsommar Advents Påsk Söndags Vänskaps Freds Segers Vasa Sture Birger Magnus Folke Inge Yngve Sigurds Ragnars Olofs"
)
SECOND = words(
    "bergs lunds hags dals ängs holms backs lids ås moss kärrs strands viks näs torps hems gårds äng sjö stens skogs hults "
    "ryds boda kulla bro fors ströms hälls klipps löts valls borgs heds rude lycke marks måla"
)
KINDS = (
    "gatan",
    "vägen",
    "gränd",
    "stigen",
    "torget",
    "platsen",
    "backen",
    "allén",
    "gången",
    "liden",
    "leden",
    "kajen",
)
KIND_SHARE = (0.46, 0.26, 0.06, 0.07, 0.02, 0.02, 0.04, 0.02, 0.02, 0.01, 0.01, 0.01)
PEOPLE_FIRST = words(
    "Erik Karl Anna Johan Elsa Nils Maria Axel Selma Gustaf Per Olof Sven Karin Oskar Greta Doktor Kapten Sankt"
)
PEOPLE_LAST = words(
    "Lindgren Dahlberg Forsell Hedlund Almqvist Rydberg Stenmark Wallin Sjögren Ekman Norling Palm Brandt Hallman Wester "
    "Törnqvist Åkerlund Öhrn Svärd Frisk Modig Hjelm Rask Stål Gyllen Ehrling Franzén Lövgren Mattsson Bergman Zetterlund"
)
DIRECTIONS = words("Norra Södra Östra Västra Gamla Lilla Stora Övre Nedre")
UNTYPED = words(
    "Sjöbotten Rörhult Åsbacka Tallmon Vreten Hagaberg Ekdungen Kvarntorpet Svalboet Lövholmen Kråkvik Myrsätra"
)
TOWNS = (
    "Ekestad",
    "Norrhamn",
    "Lövköping",
    "Vikaryd",
    "Stensby",
    "Hällestrand",
    "Mörkesjö",
    "Granfors",
)
AWAY_TOWNS = words(
    "Alingsås Borås Växjö Härnösand Kalmar Falköping Skövde Motala Ystad Arvika Ljungby Köping Flen Säffle Tranås"
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What one mention should come to; without an id the answer is no house."""

    address_id: str
    street: str
    number: str
    letter: str = ""
    apartment: str = ""
    floor: str = ""
    level: str = "exact"


@dataclass(frozen=True, slots=True)
class Query:
    """A text, the kind of noise in it, and what it mentions."""

    text: str
    kind: str
    truths: tuple[Truth, ...] = ()


@dataclass(slots=True)
class Register:
    """Addresses, and the street names of the whole made-up country."""

    addresses: list[Address]
    home: str
    country: set[str] = field(default_factory=set)


def pick(chance: Chance, options: Sequence[str]) -> str:
    """Return one of the options."""
    return options[int(chance.integers(len(options)))]


def street_name(chance: Chance) -> str:
    """Return a made-up street name as Swedish towns have them."""
    kind = KINDS[int(chance.choice(len(KINDS), p=KIND_SHARE))]
    roll = chance.random()
    if roll < 0.12:
        person = f"{pick(chance, PEOPLE_FIRST)} {pick(chance, PEOPLE_LAST)}s"
        return (
            f"{person} {kind[:-2] + 'a' if kind == 'gatan' else kind.removesuffix('en')}"
            if roll < 0.06
            else person + kind
        )
    if roll < 0.14:
        return pick(chance, UNTYPED) + pick(chance, ("", "et", "vik", "en", "näset", "udden"))
    middle = pick(chance, SECOND) if roll < 0.55 else ""
    name = (pick(chance, FIRST) + middle).replace("sss", "ss") + kind
    return f"{pick(chance, DIRECTIONS)} {name}" if roll > 0.93 else name


def _house_numbers(chance: Chance, name: str, town: str) -> list[tuple[str, str]]:
    """Return (number, letter) of the entrances of one street."""
    houses = []
    step = 1 if chance.random() < 0.2 else 2
    for number in range(int(chance.integers(1, 4)), 4 + int(chance.gamma(1.3, 24)), step):
        if chance.random() < 0.12:
            continue
        if chance.random() < 0.25:
            houses += [(str(number), letter) for letter in "ABCDEF"[: int(chance.integers(2, 7))]]
        else:
            houses.append((str(number), ""))
    return houses


def stream(chance: Chance, size: int) -> Iterator[Address]:
    """Yield the addresses of a made-up register, street by street, until there are at least `size`."""
    made = 0
    seen: set[tuple[str, str]] = set()
    while made < size:
        name, town_at = street_name(chance), int(chance.integers(len(TOWNS)))
        if (name, TOWNS[town_at]) in seen:
            continue
        seen.add((name, TOWNS[town_at]))
        code = f"{61 + town_at}{int(chance.integers(100, 140))}"
        lat, lon = 60.0 + town_at * 0.2 + chance.random() * 0.1, 15.0 + chance.random() * 0.1
        district = f"{pick(chance, FIRST)}{pick(chance, ('hagen', 'lund', 'dalen', 'berg'))}"
        for number, letter in _house_numbers(chance, name, TOWNS[town_at]):
            town = TOWNS[town_at]
            yield Address(
                f"a{made}",
                name,
                number,
                letter,
                code,
                town,
                town,
                district,
                round(lat, 5),
                round(lon, 5),
            )
            made += 1


def make_register(seed: int, size: int) -> Register:
    """Return a made-up register of `size` addresses in several towns, with the country's street names."""
    chance = np.random.default_rng(seed)
    country = {street_name(chance) for _ in range(20_000)}
    addresses = list(stream(chance, size))[:size]
    return Register(addresses, TOWNS[0], country | {address.street for address in addresses})


# --- noise -----------------------------------------------------------------------------------------------------------

PLAIN = str.maketrans("åäöéÅÄÖÉ", "aaoeAAOE")
NEXT_KEYS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl", "l": "kö",
    "m": "n", "n": "bm", "o": "ip", "p": "oå", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "y": "tu", "å": "pä", "ä": "öå", "ö": "lä",
}  # fmt: skip
CUT = {"gatan": ("g.", "g", "gt", "gat.", "gata"), "vägen": ("v.", "v", "vg", "väg"), "gränd": ("gr.", "gr"), "torget": ("t.", "torg"),
       "stigen": ("st.", "stig"), "platsen": ("pl.", "pl"), "backen": ("b.", "backe"), "allén": ("allé", "alle")}  # fmt: skip
CUT_FIRST = {"Norra": ("N.", "N", "N:a"), "Södra": ("S.", "S", "S:a"), "Östra": ("Ö.", "Ö"), "Västra": ("V.", "V", "V:a"), "Gamla": ("G:la", "Gla"),
             "Lilla": ("L:a", "L."), "Stora": ("St.", "St:a"), "Doktor": ("Dr", "Dr."), "Kapten": ("Kapt.", "Kap."), "Sankt": ("S:t", "St.")}  # fmt: skip
SOUNDS = (("kv", "qv"), ("qv", "kv"), ("v", "w"), ("f", "ph"), ("ks", "x"), ("ck", "k"), ("k", "ck"), ("ä", "e"), ("e", "ä"), ("å", "o"), ("sj", "sch"),
          ("mm", "m"), ("nn", "n"), ("ll", "l"), ("ss", "s"), ("tt", "t"), ("rd", "r"), ("ng", "gn"), ("gs", "g"), ("ds", "s"))  # fmt: skip
SPELLED = words("noll ett två tre fyra fem sex sju åtta nio tio elva tolv")
DEFINITE = words("nollan ettan tvåan trean fyran femman sexan sjuan åttan nian tian elvan tolvan")


def typo(chance: Chance, word: str) -> str:
    """Return the word with one slip of the fingers."""
    places = [place for place, sign in enumerate(word) if sign.isalpha()]
    place = places[int(chance.integers(len(places)))]
    slip = int(chance.integers(4))
    if slip == 0 and place + 1 < len(word) and word[place + 1].isalpha():
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if slip == 1:
        return word[:place] + word[place + 1 :]
    if slip == 2:
        return word[:place] + word[place] + word[place:]
    return word[:place] + pick(chance, NEXT_KEYS.get(word[place].lower(), "e")) + word[place + 1 :]


def house(chance: Chance, address: Address) -> str:
    """Return number and letter in one of the ways that people write them."""
    if not address.letter:
        return address.number
    form = pick(chance, ("{n}{l}", "{n} {l}", "{n}{s}", "{n} {s}"))
    return form.format(n=address.number, l=address.letter, s=address.letter.lower())


def clean(chance: Chance, address: Address) -> str:
    """Return the address as the register has it."""
    return f"{address.street} {address.number}{address.letter}"


def other_case(chance: Chance, address: Address) -> str:
    """Return the address in small or capital letters."""
    text = f"{address.street} {house(chance, address)}"
    return text.lower() if chance.random() < 0.7 else text.upper()


def no_diacritics(chance: Chance, address: Address) -> str:
    """Return the address without its dots and rings."""
    return f"{address.street} {house(chance, address)}".translate(PLAIN)


def misspelled(chance: Chance, address: Address) -> str:
    """Return the address with one slip, in a long name perhaps two."""
    name = typo(chance, address.street)
    if len(name) > 11 and chance.random() < 0.3:
        name = typo(chance, name)
    return f"{name} {house(chance, address)}"


def abbreviated(chance: Chance, address: Address) -> str:
    """Return the address with its ending and first word cut short."""
    name = address.street
    for whole, cuts in CUT.items():
        if name.endswith(whole) and len(name) > len(whole) + 2:
            name = name[: -len(whole)] + pick(chance, cuts)
    first, _, rest = name.partition(" ")
    if rest and first in CUT_FIRST:
        name = f"{pick(chance, CUT_FIRST[first])} {rest}"
    return f"{name} {house(chance, address)}"


def joined_or_split(chance: Chance, address: Address) -> str:
    """Return the address with words run together or torn apart."""
    name = address.street
    if " " in name and chance.random() < 0.5:
        name = name.replace(" ", "")
    for kind in KINDS:
        if name.endswith(kind) and len(name) > len(kind) and chance.random() < 0.7:
            name = f"{name[: -len(kind)]} {kind}"
    return f"{name}{pick(chance, ('', ' '))}{address.number}{address.letter}"


def by_sound(chance: Chance, address: Address) -> str:
    """Return the address spelled as it sounds."""
    fitting = [(old, new) for old, new in SOUNDS if old in address.street.lower()]
    if not fitting:
        return misspelled(chance, address)
    old, new = fitting[int(chance.integers(len(fitting)))]
    return f"{address.street.lower().replace(old, new, 1)} {house(chance, address)}"


def with_town(chance: Chance, address: Address) -> str:
    """Return the address with postcode and town around it."""
    code = f"{address.postcode[:3]} {address.postcode[3:]}"
    form = pick(
        chance,
        ("{a}, {c} {t}", "{a} {t}", "{t}, {a}", "{a} i {t}", "{a}, {t}", "nr {h} på {s} i {t}"),
    )
    here = {"a": f"{address.street} {house(chance, address)}", "c": code, "t": address.locality}
    return form.format(**here, h=house(chance, address), s=address.street)


def as_spoken(chance: Chance, address: Address) -> str:
    """Return the address as it may be said: number in words, genitive, the number first."""
    number = int(address.number)
    if number <= 12 and number > 1 and not address.letter and chance.random() < 0.5:
        return pick(
            chance,
            (f"{address.street} {SPELLED[number]}", f"{DEFINITE[number]} på {address.street}"),
        )
    form = pick(
        chance,
        (
            "{s} nr {h}",
            "{s} nummer {h}",
            "nr {h} på {s}",
            "{s}, port {h}",
            "{s}s {h}",
            "i {n}:an på {s}",
            "adressen är {s} {h}",
        ),
    )
    if address.letter and "{n}" in form:
        form = "{s} nr {h}"
    return form.format(s=address.street, h=house(chance, address), n=address.number)


NOISES: tuple[Callable[[Chance, Address], str], ...] = (
    clean, other_case, no_diacritics, misspelled, abbreviated, joined_or_split, by_sound, with_town, as_spoken,
)  # fmt: skip
