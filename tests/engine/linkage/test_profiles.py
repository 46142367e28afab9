import numpy as np

from nosvidere.engine.linkage import DEFAULT, minimise
from nosvidere.engine.linkage.candidates import Pairs
from nosvidere.engine.linkage.corpus import Texts
from nosvidere.engine.linkage.profiles import with_strays, without_strangers
from nosvidere.engine.linkage.ragged import Ragged

KEY = b"a key for tests only, 32 bytes.."
CORE = "lavendel parken ylva varmt"


def texts_of(*written):
    """Texts in the order written, whatever their ids would be."""
    records = [
        minimise(ad_id="", seen_at="", source="", phone="", place="", text=text, key=KEY)
        for text in written
    ]
    return Texts.of_words(np.arange(len(written)), Ragged.of(record.words for record in records))


def weights(texts):
    return np.full(texts.words.shape[1], DEFAULT.largest_weight)


def test_a_text_without_what_its_group_says_leaves_it():
    texts = texts_of(*(f"{CORE} {word}" for word in "bcdf"), "snabb bil garage port")
    together = np.zeros(5, dtype=np.int64)

    groups = without_strangers(texts, together, weights(texts), DEFAULT)

    assert groups.tolist() == [0, 0, 0, 0, 1]


def test_a_group_of_three_has_no_profile_and_stays():
    texts = texts_of("ett ord", "två annat", "tre flera")

    groups = without_strangers(texts, np.zeros(3, dtype=np.int64), weights(texts), DEFAULT)

    assert groups.tolist() == [0, 0, 0]


def strays_moved(last, candidate_pairs):
    texts = texts_of(*(f"{CORE} {word}" for word in "bcdf"), last)
    apart = np.array([0, 0, 0, 0, 1])
    left, right = np.array(candidate_pairs, dtype=np.int64).reshape(-1, 2).T
    return with_strays(texts, apart, weights(texts), DEFAULT, pairs=Pairs(left, right)).tolist()


def test_a_stray_that_says_most_of_what_a_group_says_comes_home():
    assert strays_moved(f"{CORE} många andra ord som döljer", [(2, 4)]) == [0, 0, 0, 0, 0]


def test_a_text_that_says_half_of_it_stays_out():
    assert strays_moved("lavendel parken bil garage", [(2, 4)]) == [0, 0, 0, 0, 1]


def test_a_text_without_a_candidate_pair_stays_out():
    assert strays_moved(f"{CORE} många andra ord", []) == [0, 0, 0, 0, 1]


def test_of_two_equal_groups_the_later_comes_to_the_earlier():
    texts = texts_of(*(f"{CORE} {word}" for word in "bcdfghjk"))
    halves = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    pairs = Pairs(np.array([0, 1, 2, 3]), np.array([4, 5, 6, 7]))

    groups = with_strays(texts, halves, weights(texts), DEFAULT, pairs=pairs)

    assert set(groups.tolist()) == {0}


def test_a_group_of_common_words_calls_nobody_home():
    texts = texts_of(*(f"{CORE} {word}" for word in "bcdf"), f"{CORE} annat")
    common = np.full(texts.words.shape[1], 1.0)
    pairs = Pairs(np.array([0]), np.array([4]))

    groups = with_strays(texts, np.array([0, 0, 0, 0, 1]), common, DEFAULT, pairs=pairs)

    assert groups.tolist() == [0, 0, 0, 0, 1]
