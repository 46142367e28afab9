from dataclasses import replace

import pytest

from nosvidere.engine.linkage import AdRecord, contact_hash, explain, link, minimise

KEY = b"a key for tests only, 32 bytes.."
TEXT = "välkommen hem till lugna sköna ylva vid parken med doft av lavendel och varmt te {}"
OTHER = "snabb bil söker garage nära stationen gärna med port och el för laddning hela natten"


def ad(ad_id, text, *, phone="", place="", day="2020-10-20", source="s") -> AdRecord:
    return minimise(
        ad_id=ad_id, seen_at=day, source=source, phone=phone, place=place, text=text, key=KEY
    )


def explained(ads):
    return explain(ads, link(ads))


def test_a_shared_number_is_told_with_how_many_have_it():
    ads = [
        ad(f"a{n}", TEXT.format(word), phone="0701234567")
        for n, word in enumerate(("x", "y", "z"))
    ]

    told = explained(ads)

    assert told.sentences[0].startswith("Dessa 3 annonser delar en kontaktuppgift; personer kan")
    assert told.sentences[1].startswith("Texten är 0,")
    assert told.sentences[2] == "Den ovanligaste gemensamma frasen finns i 1 av 1 källor."
    assert told.is_organised


def test_a_number_in_some_of_the_ads_is_told_as_some():
    ads = [
        ad("a", TEXT.format("x"), phone="0701234567"),
        ad("b", TEXT.format("x"), phone="0701234567"),
        ad("c", TEXT.format("y"), phone="0731234567"),
        ad("d", OTHER, phone="0731234567", day="", source=""),
    ]

    told = explained(ads)

    assert told.sentences[0].startswith("2 av 4 annonser delar en kontaktuppgift")
    assert told.sentences[0].endswith("Sammanlagt 2 kontaktuppgifter delas.")
    assert told.texts == 3


def test_two_ads_are_never_called_organised():
    told = explained(
        [
            ad("a", TEXT.format("x"), phone="0701234567"),
            ad("b", TEXT.format("x"), phone="0701234567"),
        ]
    )

    assert told.kinds == {"text", "contact"}
    assert not told.is_organised
    assert told.sentences[-1] == "Underlaget räcker inte för att kalla gruppen organiserad."


def test_three_copies_of_one_text_without_more_are_not_called_organised():
    told = explained([ad(f"a{n}", OTHER) for n in range(3)])

    assert (told.ads, told.texts, told.is_organised) == (3, 1, False)


def test_a_shared_place_is_a_kind_of_its_own_but_is_said_not_to_join():
    told = explained(
        [ad(f"a{n}", OTHER, place="lgh-1") for n in range(2)]
        + [ad("b", OTHER + " nu", place="lgh-1")]
    )

    assert "text" in told.kinds
    assert told.is_organised is ("place" in told.kinds)


def test_shared_flats_of_texts_with_one_number_count():
    told = explained(
        [
            ad(f"a{n}", " ".join(f"{c}{n}q" for c in "bcdfg"), phone="0701234567", place="lgh-1")
            for n in "xyz"
        ]
    )

    assert told.kinds == {"contact", "place"}
    assert "Annonser i gruppen delar plats; en plats ensam slår aldrig ihop." in told.sentences


def test_an_ad_alone_is_only_sighted():
    told = explained([ad("a", OTHER)])

    assert told.sentences[:2] == ("Sedda 2020-10-20 till 2020-10-20.", "Från 1 källor: s.")


def test_a_quarantined_number_is_not_told_as_shared():
    words = "abcdefghijklmn"
    ads = [ad(f"a{c}", " ".join(f"{c}{d}" for d in words), phone="0701234567") for c in words]

    told = explain(ads, link(ads))

    assert link(ads).quarantined == {contact_hash("0701234567", key=KEY)}
    assert told.sentences[0] == "13 svaga länkar visas prickade och räknas inte."


@pytest.mark.parametrize("word", ["trafficking", "människohandel", "prostitu"])
def test_no_explanation_says_what_it_cannot_know(word):
    told = explained([ad(f"a{n}", TEXT.format("x"), phone="0701234567") for n in range(4)])

    assert word not in " ".join(told.sentences).casefold()


def test_a_thin_tie_is_told_without_being_counted():
    ads = [ad("a", TEXT.format("x")), ad("b", TEXT.format("y"))]
    grouping = link(ads)
    dotted = [replace(edge, is_dotted=True) for edge in grouping.edges]

    told = explain(ads, replace(grouping, edges=tuple(dotted)))

    assert told.kinds == frozenset()
    assert told.sentences[0] == "1 svaga länkar visas prickade och räknas inte."
