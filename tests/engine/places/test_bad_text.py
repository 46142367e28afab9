"""Text that is no text: empty, huge, of digits, from right to left, with signs that look like others."""

import pytest

from nosvidere.engine.places import LONGEST_TEXT, Resolver, unread

HOUSE = "Storgatan 4"
MILLION = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\r\n",
        "7" * 5000,
        "7 " * 5000,
        "0",
        "-" * 5000,
        "\0" * 5000,
        "😀" * 5000,
        "👨‍👩‍👧‍👦 12",
        "שלום רחוב 5",
        "مرحبا ٥",
        "e\u0301" * 5000,
        "\u202e4 natagrotS\u202c",
        "\ud83d",
        "ﬁﬀ ½ ² Ⅷ ①",
        "ÅÄÖ" * 3000,
        "İ" * 3000,
        "ẞ" * 3000,
    ],
)
def test_text_that_names_no_street_gives_nothing(text: str, resolver: Resolver) -> None:
    assert resolver.resolve(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "\0" + HOUSE,
        "Storgatan\u00a04",
        "Storgatan\u200b 4",
        "Stor\u00adgatan 4",
        "\u200fStorgatan 4\u200f",
        "😀 Storgatan 4 😀",
        "שלום Storgatan 4",
        "Storgatan\t4",
        "Storgatan\r\n4",
        "\ufeffStorgatan 4",
        "\ud83d Storgatan 4",
    ],
)
def test_signs_that_do_not_belong_hide_no_address(text: str, resolver: Resolver) -> None:
    (mention,) = resolver.resolve(text)

    assert mention.address_id == "Storgatan 4 Videhamn"
    assert mention.text == text[mention.start : mention.end]


@pytest.mark.parametrize(
    "text",
    [
        "St\u043ergatan 4",
        "".join(chr(ord(sign) + 0xFEE0) for sign in "Storgatan4"),
        "Storgatan ٤",
        "Storgatan ²",
    ],
)
def test_signs_that_look_like_others_never_give_another_house(
    text: str, resolver: Resolver
) -> None:
    assert {mention.address_id for mention in resolver.resolve(text)} <= {
        None,
        "Storgatan 4 Videhamn",
    }


@pytest.mark.parametrize(
    "piece", ["a", "7", "7 ", "Storgatan 4, ", "Storgatan ", "5-", "\0", "😀", "å\u0301"]
)
def test_a_text_of_a_million_signs_is_read_to_its_limit(piece: str, resolver: Resolver) -> None:
    text = (piece * (MILLION // len(piece) + 1))[:MILLION]

    mentions = resolver.resolve(text)

    assert unread(text) == MILLION - LONGEST_TEXT
    assert all(mention.end <= LONGEST_TEXT for mention in mentions)


def test_a_house_at_the_limit_is_not_read_as_half_of_itself(resolver: Resolver) -> None:
    text = "x " * ((LONGEST_TEXT - len("Storgatan 1")) // 2)
    cut = f"{text} Storgatan 12B är långt ner"

    assert cut[:LONGEST_TEXT].endswith("Storgatan 1")
    assert resolver.resolve(cut) == []


def test_a_text_within_the_limit_is_read_whole(resolver: Resolver) -> None:
    text = f"{'x ' * ((LONGEST_TEXT - len(HOUSE)) // 2)}{HOUSE}"

    assert unread(text) == 0
    assert [mention.address_id for mention in resolver.resolve(text)] == ["Storgatan 4 Videhamn"]
