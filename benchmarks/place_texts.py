"""Sentences around the addresses, several addresses in one text, and texts without any."""

from collections.abc import Callable, Sequence

import numpy as np
from place_queries import AWAY_TOWNS, NOISES, Chance, Query, Register, Truth, house, pick

from nosvidere.engine.places import Address

FRAMES = (
    "Det springer män in och ut på {a} hela nätterna, sedan i augusti.",
    "Hej! Jag tror att det säljs sex på {a}. Minst 5 olika män varje kväll, mellan 20 och 02.",
    "Grannen på {a} har korta besök hela tiden, kl 22.30 kom 3 taxibilar",
    "tjejen, ca 25 år, som bor på {a} går aldrig ut. ring mig 070-123 45 67",
    "på {a} är det konstigt, 2 kvinnor byts varannan vecka",
    "Vill tipsa om en lägenhet, adressen är {a}. Hyran är 12 000 kr.",
    "I förra veckan, den 14/10, såg jag en svart bil utanför {a}",
    "Annonsen säger 1500 kr för 30 min och man ska komma till {a}",
    "misstänker bordell {a} kommer folk dygnet runt",
    "Trapphuset på {a} luktar rök och det är 10-15 personer per dag",
    "Jag bor granne med {a} och hör samma sak varje natt från 23 till 04",
    "Det är samma hyresvärd som äger {a} och han bryr sig inte.",
    "{a}!!! kolla upp, 2020-10-03 var det 4 stycken där",
    "Såg två män lämna {a} strax efter klockan 21 i går",
)
NOTHING = (
    "Tjejen är 19 år och säger att hon heter Sofia 24",
    "Ring 0701234567 efter kl 18, pris 1500 kr",
    "Massage 60 min 1200:- eller 30 min 800:-, bara sms",
    "Det var 3 män och 2 kvinnor i trapphuset klockan 23.15",
    "Jag såg det den 12 oktober 2020, ungefär 10 personer",
    "Hon tar emot i sin lägenhet på tredje våningen, lgh 1302",
    "Buss 16 stannar utanför, hållplatsen ligger 50 meter bort",
    "Portkoden är 4571 och det står 2 namn på dörren",
    "Vi är fyra grannar som hört skrik kl 02 flera nätter",
    "reg.nr ABC 123, en grå Volvo V70 från 2008",
    "Anna 22 år, ny i stan, incall och outcall",
    "det kostar 2 000 kr i timmen eller 500 för 15 minuter",
    "postnummer 413 04 någonstans, vet inte vilken gata",
    "jag har bott här i 12 år och aldrig sett något liknande",
    "Hotellet, rum 312, fram till 5 november",
    "han är 180 cm lång, 35-40 år gammal och kör en BMW X5",
    "Lägenheten är en 2:a på 54 kvm på våning 3",
    "Kom in vid 20-tiden och gick vid 22.45 med 3 väskor",
    "vecka 42 var det värst, minst 20 besök per dygn",
    "Lisa 28, 165 cm, 55 kg, svarar inte på dolt nummer",
)
LISTS = (
    "{s} {0}, {1} och {2}",
    "{s} nr {0}, {1} och {2}",
    "{s} {0}/{1}/{2}",
    "nr {0}, {1} och {2} på {s}",
    "{s} {0}, {1} & {2}",
)
FEWEST, HALF = 3, 0.5
UNKNOWN_STREETS = (
    "okänd gata 12",
    "bakgatan 3",
    "gågatan 5",
    "motorvägen vid avfart 72",
    "samma gata nr 4",
    "trappuppgång 2",
)
FLOORS = (
    ("{n} tr", 0),
    ("{n} trappor upp", 0),
    ("vån {n}", 0),
    ("våning {n}", 0),
    ("plan {n}", 0),
    ("{n}:e våningen", 0),
)


def by_street(register: Register) -> dict[tuple[str, str], list[Address]]:
    """Return the addresses of each street in each town."""
    streets: dict[tuple[str, str], list[Address]] = {}
    for address in register.addresses:
        streets.setdefault((address.street, address.municipality), []).append(address)
    return streets


def at_home(register: Register) -> list[Address]:
    """Return the addresses of the home town."""
    return [address for address in register.addresses if address.municipality == register.home]


def truth(address: Address, apartment: str = "", floor: str = "") -> Truth:
    """Return what a text about the address should come to."""
    return Truth(address.id, address.street, address.number, address.letter, apartment, floor)


def draw(chance: Chance, addresses: Sequence[Address]) -> Address:
    """Return one address."""
    return addresses[int(chance.integers(len(addresses)))]


def lines(register: Register, chance: Chance, count: int) -> list[Query]:
    """P1: one address a line, each kind of noise in turn."""
    home = at_home(register)
    queries = []
    for nth in range(count):
        noise, address = NOISES[nth % len(NOISES)], draw(chance, home)
        queries.append(Query(noise(chance, address), noise.__name__, (truth(address),)))
    return queries


def sentences(register: Register, chance: Chance, count: int) -> list[Query]:
    """P2: the same inside sentences."""
    return [
        Query(pick(chance, FRAMES).format(a=query.text), query.kind, query.truths)
        for query in lines(register, chance, count)
    ]


def _two_streets(chance: Chance, home: Sequence[Address]) -> tuple[str, tuple[Truth, ...]]:
    first, second = draw(chance, home), draw(chance, home)
    parts = [f"{a.street} {house(chance, a)}" for a in (first, second)]
    text = pick(chance, (" och ", ", ", " samt ", " / ", " eller på ")).join(parts)
    return text, (truth(first), truth(second))


def _list(chance: Chance, plain: Sequence[Address]) -> tuple[str, tuple[Truth, ...]]:
    drawn = (plain[int(i)] for i in chance.choice(len(plain), 3, replace=False))
    chosen = sorted(drawn, key=lambda address: int(address.number))
    form = pick(chance, LISTS)
    text = form.format(*(a.number for a in chosen), s=chosen[0].street)
    return text, tuple(map(truth, chosen))


def _range(chance: Chance, plain: Sequence[Address]) -> tuple[str, tuple[Truth, ...]]:
    at = int(chance.integers(len(plain) - 1))
    low, high = plain[at], plain[at + 1]
    text = f"{low.street} {low.number}{pick(chance, ('-', '–', ' - ', ' till '))}{high.number}"
    return text, (truth(low), truth(high))


def several(register: Register, chance: Chance, count: int) -> list[Query]:
    """P3: lists and ranges on one street, and two streets."""
    home, queries = at_home(register), []
    streets = [
        rows for rows in by_street(Register(home, register.home)).values() if len(rows) > FEWEST
    ]
    for nth in range(count):
        rows = streets[int(chance.integers(len(streets)))]
        plain = [row for row in rows if not row.letter]
        if nth % 3 == 0 or len(plain) < FEWEST:
            text, truths = _two_streets(chance, home)
        else:
            text, truths = _list(chance, plain) if nth % 3 == 1 else _range(chance, plain)
        frame = pick(chance, FRAMES) if chance.random() < HALF else "{a}"
        queries.append(Query(frame.format(a=text), "several", truths))
    return queries


def nothing(register: Register, chance: Chance, count: int) -> list[Query]:
    """P4: texts without an address."""
    queries = []
    for nth in range(count):
        text = pick(chance, NOTHING)
        if nth % 4 == 0:
            text = f"Det är {pick(chance, UNKNOWN_STREETS)}. {text}"
        elif nth % 4 == 1:
            text = f"{text}. {pick(chance, NOTHING)}"
        queries.append(Query(text if nth % 3 else text.lower(), "nothing"))
    return queries


def not_registered(register: Register, chance: Chance, count: int) -> list[Query]:
    """P5: the street is registered, the number is not."""
    streets = [
        (name, rows) for (name, town), rows in by_street(register).items() if town == register.home
    ]
    numbers: dict[str, set[str]] = {}
    for row in register.addresses:
        numbers.setdefault(row.street, set()).add(row.number)
    queries = []
    while len(queries) < count:
        name, _ = streets[int(chance.integers(len(streets)))]
        number = str(int(chance.integers(1, 160)))
        if number not in numbers[name]:
            text = f"{name} {number}"
            queries.append(
                Query(
                    pick(chance, FRAMES).format(a=text),
                    "not registered",
                    (Truth("", name, number),),
                )
            )
    return queries


def without_streets(
    register: Register, chance: Chance, share: float = 0.25
) -> tuple[Register, list[Address]]:
    """Return (the register without a share of its street names, the addresses taken away)."""
    names = sorted({address.street for address in register.addresses})
    gone = {
        name for name, roll in zip(names, chance.random(len(names)), strict=True) if roll < share
    }
    kept = [address for address in register.addresses if address.street not in gone]
    return Register(kept, register.home, register.country), [
        a for a in register.addresses if a.street in gone
    ]


def on_removed(removed: list[Address], home: str, chance: Chance, count: int) -> list[Query]:
    """P6: texts about streets that the register does not hold."""
    there = [address for address in removed if address.municipality == home]
    queries = []
    for nth in range(count):
        noise, address = NOISES[nth % len(NOISES)], draw(chance, there)
        text = noise(chance, address)
        if nth % 2:
            text = pick(chance, FRAMES).format(a=text)
        queries.append(Query(text, noise.__name__, (Truth("", address.street, address.number),)))
    return queries


def other_town(register: Register, chance: Chance, count: int) -> list[Query]:
    """P10: a registered street and number, but in a town that the register does not hold."""
    home, queries = at_home(register), []
    forms = (
        "{a}, {t}",
        "{a} i {t}",
        "{a} {t}",
        "{t}, {a}",
        "i {t} på {a}",
        "{a}, 3 tr, {t}",
        "{a}, 504 30 {t}",
        "{a} ({t})",
    )
    for nth in range(count):
        address = draw(chance, home)
        text = pick(chance, forms).format(
            a=f"{address.street} {house(chance, address)}", t=pick(chance, AWAY_TOWNS)
        )
        if nth % 2:
            text = pick(chance, FRAMES).format(a=text)
        queries.append(Query(text, "other town", (Truth("", address.street, address.number),)))
    return queries


def in_the_house(register: Register, chance: Chance, count: int) -> list[Query]:
    """P9: apartment numbers and floors."""
    home, queries = at_home(register), []
    words = (
        None,
        "en trappa upp",
        "två trappor upp",
        "tre trappor upp",
        "fyra trappor upp",
        "fem trappor upp",
    )
    ordinals = (None, "första", "andra", "tredje", "fjärde", "femte")
    for nth in range(count):
        address, up = draw(chance, home), int(chance.integers(1, 6))
        apartment = f"1{up}0{int(chance.integers(1, 8))}"
        forms = (
            (f"lgh {apartment}", apartment, apartment[:2]), (f"lägenhet {apartment}", apartment, apartment[:2]),
            (f"lgh nr {apartment}", apartment, apartment[:2]), (apartment, apartment, apartment[:2]),
            (f"{up} tr", "", f"1{up}"), (f"{up}tr", "", f"1{up}"), (f"vån {up}", "", f"1{up}"), (words[up], "", f"1{up}"),
            (f"på {ordinals[up]} våningen", "", f"1{up}"), ("bv", "", "10"), ("nb", "", "10"), ("bottenvåningen", "", "10"),
            ("i källaren", "", "09"), (f"plan {up}", "", f"1{up}"), (f"{up} tr lgh {apartment}", apartment, apartment[:2]),
        )  # fmt: skip
        said, flat, floor = forms[int(chance.integers(len(forms)))]
        text = f"{address.street} {house(chance, address)}{pick(chance, (', ', ' '))}{said}"
        if nth % 2:
            text = pick(chance, FRAMES).format(a=text)
        queries.append(Query(text, "in the house", (truth(address, flat, floor),)))
    return queries


SETS: dict[str, Callable[[Register, np.random.Generator, int], list[Query]]] = {
    "P1": lines, "P2": sentences, "P3": several, "P4": nothing, "P5": not_registered, "P9": in_the_house, "P10": other_town,
}  # fmt: skip
