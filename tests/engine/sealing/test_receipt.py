"""Receipt codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosvidere.engine.sealing import Code, CodeError, new_code, parse_code, word_list
from nosvidere.engine.sealing.receipt import ALPHABET, CHECK_ALPHABET

codes = st.integers(0, 2**80 - 1).map(Code)


@given(codes)
def test_a_code_comes_back_from_its_symbols(code):
    assert parse_code(code.symbols) == code


@given(codes)
def test_a_code_comes_back_from_its_words(code):
    assert parse_code(" ".join(code.words())) == code


@given(codes)
def test_each_wrong_symbol_is_found(code):
    symbols = code.symbols.replace("-", "")

    for place in range(17):
        allowed = ALPHABET if place < 16 else CHECK_ALPHABET
        for other in allowed.replace(symbols[place], ""):
            with pytest.raises(CodeError):
                parse_code(symbols[:place] + other + symbols[place + 1 :])


@given(codes)
def test_each_swap_of_neighbours_is_found(code):
    symbols = code.symbols.replace("-", "")

    for place in range(16):
        left, right = symbols[place], symbols[place + 1]
        if left != right:
            with pytest.raises(CodeError):
                parse_code(symbols[:place] + right + left + symbols[place + 2 :])


def test_lower_case_spaces_and_look_alikes_are_taken():
    code = Code(0b00000_00001 << 70)
    assert code.symbols.startswith("01")

    typed = code.symbols.replace("-", " ").replace("0", "o").replace("1", "l").lower()

    assert parse_code(typed) == code


def test_four_letters_of_each_word_are_enough():
    code = new_code()

    assert parse_code(", ".join(word[:4].upper() for word in code.words())) == code


def test_new_codes_differ():
    assert len({new_code().number for _ in range(100)}) == 100


def test_a_code_hides_itself():
    code = Code(12345)

    assert repr(code) == "Code(hidden)"
    assert code.secret == (12345).to_bytes(10, "big")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("7QK4", "17 tecken eller åtta ord. Du har skrivit 4"),
        ("U" * 16 + "0", "Tecken nummer 1"),
        ("0" * 16 + "1", "stämmer inte"),
        ("abborre " * 7, "åtta ord. Du har skrivit 7"),
        ("abborre " * 7 + "qqqq", "Ord nummer 8"),
        ("", "Du har skrivit 0"),
    ],
)
def test_the_reason_says_what_to_look_at(typed, reason):
    with pytest.raises(CodeError, match=reason):
        parse_code(typed)


def test_the_words_are_plain_and_told_apart_by_four_letters():
    words = word_list("sv")

    assert len(words) == 1024
    assert len({word[:4] for word in words}) == 1024
    assert list(words) == sorted(words)
    assert all(
        word.isascii() and word.isalpha() and word.islower() and len(word) >= 4 for word in words
    )


@pytest.mark.parametrize("language", ["xx", "../sv"])
def test_a_language_without_a_list_is_told(language):
    with pytest.raises(ValueError, match="no word list"):
        new_code().words(language)
