"""Reasons taken apart, so that they can be said in another language."""

import pytest

from nosvidere.engine.places import SENTENCES, Resolver, parts


@pytest.mark.parametrize(
    "text",
    ["Glasburksgatan 8", "Storg. 4", "Storgatan 4, Växjö", "Brolunds gata 5", "Raksträckan 4"],
)
def test_each_reason_is_a_known_sentence_and_can_be_put_together_again(
    text: str, resolver: Resolver
) -> None:
    for reason in resolver.resolve(text)[0].reasons:
        sentence, values = parts(reason)
        assert sentence in SENTENCES
        assert sentence.format(**values) == reason


def test_what_is_filled_in_comes_out_by_name(resolver: Resolver) -> None:
    (first, *_) = resolver.resolve("Glasburksgatan 8")[0].reasons

    assert parts(first)[1] == {"name": "Glasbruksgatan", "distance": "1"}


def test_a_sentence_of_nobody_comes_back_as_it_is() -> None:
    assert parts("något annat") == ("något annat", {})
