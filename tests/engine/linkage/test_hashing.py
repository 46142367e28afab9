import numpy as np
import pytest

from nosvidere.engine.linkage import contact_hash, hashing, minimise
from nosvidere.engine.linkage.hashing import Hasher
from nosvidere.engine.linkage.ragged import Ragged

KEY = b"a key for tests only, 32 bytes.."


def minimised(text="hej på dig du där", phone="", key=KEY):
    return minimise(
        ad_id="a1", seen_at="2020-10-20", source="s", phone=phone, place="", text=text, key=key
    )


def test_nothing_of_the_text_is_kept():
    record = minimised("Fina Mia, 25 år, 1500 kr, ring 070-123 45 67")

    assert "mia" not in repr(record).casefold()
    assert "701234567" not in repr(record)
    assert all(0 <= value < 2**63 for value in record.words + record.shingles + record.contacts)


def test_another_key_gives_other_hashes():
    assert not set(minimised().words) & set(
        minimised(key=b"another key of 32 bytes, for tests").words
    )


def test_a_key_of_fewer_than_sixteen_bytes_is_refused():
    with pytest.raises(ValueError, match="minst 16"):
        minimised(key=b"short")


def test_a_number_beside_the_ad_and_the_same_in_its_text_are_one_contact():
    assert minimised("ring 070-123 45 67", phone="+46701234567").contacts == (
        contact_hash("0701234567", key=KEY),
    )


def test_what_is_no_number_has_no_contact_hash():
    assert contact_hash("hemligt", key=KEY) is None


@pytest.mark.parametrize(
    ("phone", "count"), [("", 0), ("hemligt", 0), ("5551234", 1), ("tg: @mia_88", 1)]
)
def test_what_stands_in_the_phone_column_counts_when_it_names_a_way_to_reach(phone, count):
    assert len(minimised("", phone=phone).contacts) == count


def test_five_words_have_three_shingles_and_a_short_text_one():
    assert [len(minimised(text).shingles) for text in ("a b c d e", "a b", "a", "")] == [
        3,
        1,
        1,
        0,
    ]


def test_the_same_three_words_are_the_same_shingle_in_any_text():
    hasher = Hasher(KEY)

    both = hasher.shingles(
        Ragged.of([hasher.words(["a", "b", "c", "d"]), hasher.words(["x", "b", "c", "d"])])
    )

    assert len(np.intersect1d(both.row(0), both.row(1))) == 1


def test_a_full_memory_of_words_is_emptied_and_gives_the_same_hashes(monkeypatch):
    hasher = Hasher(KEY)
    before = hasher.words(["hej", "du"])
    monkeypatch.setattr(hashing, "_LARGEST_CACHE", 1)

    assert hasher.words(["där", "hej", "du"])[1:] == before


def test_a_broken_sign_in_a_text_does_not_stop_the_run():
    assert len(minimised("hej \ud800 du").words) == 2


def test_rows_are_taken_in_any_order():
    rows = Ragged.of([[1, 2], [], [3]])

    assert rows.take(np.array([2, 1, 0])).values.tolist() == [3, 1, 2]
    assert len(Ragged.joined([])) == 0
