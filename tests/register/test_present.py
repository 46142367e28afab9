"""Readings as the search shows them."""

from nosvidere.engine.places import Alternative, Mention
from nosvidere.register.present import read_row


def test_the_same_address_in_several_towns_says_which_town():
    others = (
        Alternative("a", "Kyrkogatan", "22", "A", "Havsby", 0.4),
        Alternative("b", "Kyrkogatan", "22", "A", "Sjöby", 0.004),
    )
    mention = Mention(
        0, 10, "Kyrkogatan", "street", None, "Kyrkogatan", "22", "", "", "", 0.5, others, ()
    )

    row = read_row(mention, None)

    assert row.alternatives == "Kyrkogatan 22A, Havsby, 0,40; Kyrkogatan 22A, Sjöby"
