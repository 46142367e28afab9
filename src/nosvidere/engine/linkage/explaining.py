"""What a group has in common, in sentences a person can check."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nosvidere.engine.linkage.evidence import SAFETY, Edge, decimal, phrase_sentence
from nosvidere.engine.linkage.hashing import AdRecord
from nosvidere.engine.linkage.linking import Grouping
from nosvidere.engine.linkage.settings import DEFAULT

_MORE_THAN = 2
_ENOUGH_TEXTS = 3
_ENOUGH_KINDS = 2


@dataclass(frozen=True, slots=True)
class Explanation:
    """A group of ads and why they stand together."""

    ads: int
    texts: int
    """Distinct texts; word for word copies count once."""
    kinds: frozenset[str]
    """Independent kinds of key that tie the group: "text", "contact", "place"."""
    is_organised: bool
    """More than two ads with three distinct texts or two kinds of key."""
    sentences: tuple[str, ...]


def explain(members: Sequence[AdRecord], grouping: Grouping) -> Explanation:
    """Return why these ads, all of one organiser group, stand together."""
    inside = {record.ad_id for record in members}
    edges = [e for e in grouping.edges if e.left in inside and e.right in inside]
    shared = _shared_contacts(members, grouping)
    kinds = _kinds(edges, shared)
    texts = len(members) - sum(edge.is_copy for edge in edges)
    is_organised = len(members) > _MORE_THAN and (
        texts >= _ENOUGH_TEXTS or len(kinds) >= _ENOUGH_KINDS
    )
    return Explanation(
        ads=len(members),
        texts=texts,
        kinds=kinds,
        is_organised=is_organised,
        sentences=(
            *_about_contacts(len(members), shared),
            *_about_texts(edges),
            *_about_dotted(edges),
            *_about_sightings(members),
            *(
                ()
                if is_organised
                else ("Underlaget räcker inte för att kalla gruppen organiserad.",)
            ),
        ),
    )


def _shared_contacts(members: Sequence[AdRecord], grouping: Grouping) -> list[int]:
    """Return in how many of the ads each shared contact stands, most used first."""
    used = Counter(contact for record in members for contact in record.contacts)
    counts = [n for contact, n in used.items() if n > 1 and contact not in grouping.quarantined]
    return sorted(counts, reverse=True)


def _kinds(edges: Sequence[Edge], shared: Sequence[int]) -> frozenset[str]:
    kinds = {edge.kind for edge in edges if not edge.is_dotted}
    if any(e.kind == "place" and e.seen_in <= DEFAULT.crowded_place for e in edges):
        kinds.add("place")
    return frozenset(kinds | ({"contact"} if shared else set()))


def _about_contacts(ads: int, shared: Sequence[int]) -> list[str]:
    if not shared:
        return []
    whom = f"Dessa {ads} annonser" if shared[0] == ads else f"{shared[0]} av {ads} annonser"
    more = f" Sammanlagt {len(shared)} kontaktuppgifter delas." if len(shared) > 1 else ""
    return [f"{whom} delar en kontaktuppgift; {SAFETY}.{more}"]


def _about_texts(edges: Sequence[Edge]) -> list[str]:
    alike = [edge for edge in edges if edge.kind == "text" and not edge.is_dotted]
    if not alike:
        return []
    mean = sum(edge.weight for edge in alike) / len(alike)
    said = [f"Texten är {decimal(mean)} lik (lägst {decimal(min(e.weight for e in alike))})."]
    phrases = [edge for edge in alike if edge.out_of]
    if phrases:
        rarest = min(phrases, key=lambda edge: edge.seen_in)
        said.append(
            f"Den ovanligaste gemensamma {phrase_sentence(rarest.seen_in, rarest.out_of)}."
        )
    return said


def _about_dotted(edges: Sequence[Edge]) -> list[str]:
    weak = sum(edge.is_dotted and edge.kind != "place" for edge in edges)
    places = sum(edge.kind == "place" for edge in edges)
    said = [f"{weak} svaga länkar visas prickade och räknas inte."] if weak else []
    return said + (
        ["Annonser i gruppen delar plats; en plats ensam slår aldrig ihop."] if places else []
    )


def _about_sightings(members: Sequence[AdRecord]) -> list[str]:
    days = sorted(record.seen_at[:10] for record in members if record.seen_at)
    sources = {record.source for record in members if record.source}
    said = [f"Sedda {days[0]} till {days[-1]}."] if days else []
    return said + (
        [f"Från {len(sources)} källor: {', '.join(sorted(sources))}."] if sources else []
    )
