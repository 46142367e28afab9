"""The one fixed setting, for every size of import."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Thresholds; calibrated on made-up singles (benchmarks/linkage.py), never on the import at hand."""

    text_threshold: float = 0.3
    """Weighted Jaccard from which two texts are one text. Made-up ads: 99 % of true pairs above 0.33,
    9 999 of 10 000 unrelated candidate pairs below 0.25."""
    sure_factor: float = 1.5
    """Plain likeness, as a share of the threshold, from which two texts count as one source at first."""
    strong_factor: float = 1.4
    """An edge this many times the threshold stands without a third text to support it."""
    largest_weight: float = 6.9
    """A word in fewer than one source of a thousand weighs no more (ln 1000), so that size does not matter."""
    rare_phrase: int = 3
    """One shared phrase is enough to compare two texts when no more than this many texts have it."""
    leader_share: float = 0.3
    """A member holds at least this weighted share of what most of its group's texts say."""
    stray_share: float = 0.75
    """A text holding this weighted share of what a larger group's texts have in common belongs to it."""
    telling_words: float = 2.5
    """A group can recognise a stray when its profile weighs as much as this many of the rarest words."""
    contact_limit: int = 12
    """A contact in more texts than this is quarantined unless something else ties them together."""
    corroborated: float = 0.5
    """Share of a contact's texts that must be tied by another contact or place to lift the quarantine."""
    crowded_place: int = 12
    """A place with more texts than this is told as crowded and is no kind of key of its own."""


DEFAULT = LinkSettings()
