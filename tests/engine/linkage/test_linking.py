import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.linkage import LinkSettings, link, minimise
from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.clusters import supported, without_bridges

KEY = b"a key for tests only, 32 bytes.."
TEXT = "välkommen hem till lugna sköna ylva vid parken med doft av lavendel och varmt te"
OTHER = "snabb bil söker garage nära stationen gärna med port och el för laddning hela natten"
THIRD = "grå katt bortsprungen senast sedd bakom skolan lyssnar på namnet sotis ring ägaren tack"


def ad(ad_id, text=TEXT, *, phone="", place="", day="2020-10-20", source="s"):
    return minimise(
        ad_id=ad_id, seen_at=day, source=source, phone=phone, place=place, text=text, key=KEY
    )


def changed(text, at, word):
    words = text.split()
    words[at] = word
    return " ".join(words)


def test_ads_with_nearly_the_same_text_are_one_group_and_others_are_not():
    grouping = link([ad("a"), ad("b", changed(TEXT, 3, "trevliga")), ad("c", OTHER)])

    assert grouping.text_group["a"] == grouping.text_group["b"] != grouping.text_group["c"]


@pytest.mark.parametrize("count", [3, 30, 200])
def test_a_hand_that_wrote_every_ad_is_still_seen(count):
    ads = [
        ad(f"a{n:03d}", changed(changed(TEXT, n % 13, f"x{chr(97 + n % 26)}"), 14, spelled(n)))
        for n in range(count)
    ]

    assert len(set(link(ads).text_group.values())) == 1


def spelled(number):
    return "".join(chr(97 + int(digit)) for digit in str(number)) + "ord"


def test_word_for_word_copies_are_one_group_and_say_so():
    grouping = link([ad("a"), ad("b"), ad("c")])

    assert len(set(grouping.text_group.values())) == 1
    assert [edge.reason for edge in grouping.edges] == ["texterna är ordagrant lika"] * 2


def test_different_texts_with_one_number_share_a_hand_but_no_text():
    grouping = link([ad("a", phone="0701234567"), ad("b", OTHER, phone="+46701234567")])

    assert grouping.text_group["a"] != grouping.text_group["b"]
    assert grouping.organiser_group["a"] == grouping.organiser_group["b"]
    assert grouping.edges[0].reason.startswith("samma kontaktuppgift i 2 olika texter")


def test_a_place_alone_never_joins():
    grouping = link([ad("a", place="hus-1"), ad("b", OTHER, place="hus-1")])

    assert grouping.organiser_group["a"] != grouping.organiser_group["b"]
    assert [(edge.kind, edge.is_dotted) for edge in grouping.edges] == [("place", True)]


def test_a_crowded_place_is_said_to_be_crowded():
    ads = [ad(f"a{n:02d}", unlike(n), place="hus-1") for n in range(14)]

    assert "Många olika annonserar där." in link(ads).edges[0].reason


def unlike(number):
    return " ".join(f"ord{chr(97 + number)}{chr(97 + at)}" for at in range(8))


def test_a_number_in_many_unrelated_texts_is_quarantined():
    ads = [ad(f"a{n:02d}", unlike(n), phone="08-900 000 00") for n in range(14)]

    grouping = link(ads)

    assert len(set(grouping.organiser_group.values())) == 14
    assert len(grouping.quarantined) == 1
    assert all(edge.is_dotted and "räknas inte" in edge.reason for edge in grouping.edges)


def test_a_number_in_many_texts_that_also_share_flats_is_one_hand():
    ads = [ad(f"a{n:02d}", unlike(n), phone="0701234567", place=f"lgh-{n % 3}") for n in range(14)]

    grouping = link(ads)

    assert len(set(grouping.organiser_group.values())) == 1
    assert not grouping.quarantined


def test_ads_without_words_are_groups_of_their_own_until_a_number_joins_them():
    ads = [ad("a", "", phone="0701234567"), ad("b", "", phone="0701234567"), ad("c", "")]

    grouping = link(ads)

    assert len(set(grouping.text_group.values())) == 3
    assert grouping.organiser_group["a"] == grouping.organiser_group["b"]


def test_no_ads_are_no_groups():
    grouping = link([])

    assert (grouping.text_group, grouping.edges) == ({}, ())


def test_the_same_id_twice_is_refused():
    with pytest.raises(ValueError, match="två gånger"):
        link([ad("a"), ad("a", OTHER)])


def test_a_group_keeps_its_id_when_later_ads_join():
    before = link([ad("a"), ad("b")])

    after = link([ad("0", day="2020-10-21"), ad("a"), ad("b"), ad("c", OTHER)])

    assert after.text_group["0"] == before.text_group["a"] == after.text_group["a"]


def test_two_groups_are_not_joined_by_one_thin_bridge():
    left, right = [(0, 1), (0, 2), (1, 2)], [(3, 4), (3, 5), (4, 5)]
    pairs = edges([*left, (2, 3), *right])

    groups, is_bridge = without_bridges(6, pairs, np.zeros(7, dtype=bool))

    assert groups.tolist() == [0, 0, 0, 1, 1, 1]
    assert is_bridge.tolist() == [False] * 3 + [True] + [False] * 3


def test_two_ties_between_two_groups_join_them():
    pairs = edges([(0, 1), (0, 2), (1, 2), (1, 3), (2, 4), (3, 4), (3, 5), (4, 5)])

    groups, _ = without_bridges(6, pairs, np.zeros(8, dtype=bool))

    assert len(set(groups.tolist())) == 1


def test_a_tie_to_a_single_text_joins_it():
    groups, _ = without_bridges(3, edges([(0, 1), (1, 2)]), np.zeros(2, dtype=bool))

    assert len(set(groups.tolist())) == 1


def test_support_is_a_third_text_tied_to_both():
    pairs = edges([(0, 1), (0, 2), (1, 2), (2, 3)])

    assert supported(4, pairs, pairs).tolist() == [True, True, True, False]


def edges(found):
    left, right = zip(*sorted(found), strict=True)
    return Pairs(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))


def test_a_chain_of_drifting_texts_leaves_its_last_link_outside():
    first, last = TEXT.split(), OTHER.split()
    core = [ad(f"a{n}", changed(TEXT, n, f"nytt{chr(97 + n)}")) for n in range(6)]
    far = ad("z", " ".join(first[:4] + last[:10]))

    grouping = link([*core, far], settings=LinkSettings(text_threshold=0.1, leader_share=0.5))

    assert grouping.text_group["z"] != grouping.text_group["a0"]
    dotted = [edge for edge in grouping.edges if edge.is_dotted]
    assert {edge.right for edge in dotted} == {"z"}
    assert "ensam svag länk" in dotted[0].reason


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_ads_does_not_matter(chance):
    ads = [
        ad(f"a{n}", changed((TEXT, OTHER, THIRD)[n % 3], n, "annat"), phone=f"07012345{n % 4}0")
        for n in range(12)
    ]
    expected = link(ads)
    shuffled = list(ads)
    chance.shuffle(shuffled)

    assert link(shuffled) == expected


PROGRAM = """
from nosvidere.engine.linkage import link, minimise
key = b"a key for tests only, 32 bytes.."
ads = [minimise(ad_id=f"a{n}", seen_at="", source="", phone=f"070123456{n % 5}", place="",
                text=f"en två tre fyra fem sju {'abcdefghij'[n % 10]}x {'klm'[n % 3]}y", key=key)
       for n in range(20)]
print(link(ads))
"""


@pytest.mark.slow
def test_another_hash_seed_gives_the_same_groups():
    said = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert said[0] == said[1] != b""


def found_and_true(ads, **changes):
    records = [ad(f"a{n:06d}", text) for n, text in enumerate(ads.texts)]
    grouping = link(records, settings=LinkSettings(**changes))
    return list(grouping.text_group.values()), ads.template


def same_pairs(labels):
    order = sorted(range(len(labels)), key=lambda at: str(labels[at]))
    return {tuple(sorted(pair)) for pair in pairwise(order) if labels[pair[0]] == labels[pair[1]]}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["hard", "lineages"])
def test_hard_ads_are_grouped_with_hardly_a_false_pair(corpora, kind):
    labels, truth = found_and_true(corpora.SETS[kind](1_500, 11))

    together = same_pairs(labels)

    assert sum(truth[a] == truth[b] for a, b in together) >= 0.99 * len(together)
    assert len(together) >= 0.93 * len(same_pairs(truth))


@pytest.mark.slow
def test_folded_letters_give_the_same_groups(corpora):
    ads = corpora.hard(800, 12)

    as_written, _ = found_and_true(ads)
    folded, _ = found_and_true(ads.folded())

    assert len(same_pairs(as_written) ^ same_pairs(folded)) <= 0.02 * len(same_pairs(as_written))


@pytest.mark.slow
def test_no_group_spans_two_languages(corpora):
    labels, truth = found_and_true(corpora.languages(1_200, 13))

    assert all(truth[a] // 10**7 == truth[b] // 10**7 for a, b in same_pairs(labels))
