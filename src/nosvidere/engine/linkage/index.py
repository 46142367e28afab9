"""The grouping kept between batches: an ad comes or goes, and the groups are those a batch over all ads would give."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from nosvidere.engine.linkage.apart import Cut, weakest_cut
from nosvidere.engine.linkage.background import Background
from nosvidere.engine.linkage.building import build_store
from nosvidere.engine.linkage.components import Components, Moved
from nosvidere.engine.linkage.corpus import Corpus, text_ids
from nosvidere.engine.linkage.evidence import Edge
from nosvidere.engine.linkage.hashing import AdRecord
from nosvidere.engine.linkage.kept_ads import KeptAd
from nosvidere.engine.linkage.linking import Grouping
from nosvidere.engine.linkage.reasons import reasons
from nosvidere.engine.linkage.regions import Labels, Regions
from nosvidere.engine.linkage.settings import DEFAULT, LinkSettings
from nosvidere.engine.linkage.store import as_list, opened, packed, place_key, unpacked
from nosvidere.engine.linkage.texts import KeptTexts

MOST_CUT = 100  # ads; the least cut is looked for between the first and each of the others


@dataclass(frozen=True, slots=True)
class Parting:
    """What holding two ads apart does to their group: which ads stand on each side."""

    before: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]


class LinkIndex:
    """All live ads as hashes in one file, with their groups."""

    def __init__(self, path: Path, *, settings: LinkSettings = DEFAULT) -> None:
        """Open the file, or make one without ads and with a blank background."""
        if not path.exists():
            build_store(
                path, Corpus.of([]), settings=settings, background=Background.blank(settings)
            )
        self._base = opened(path)
        self._settings = settings
        self._texts = KeptTexts(self._base, settings)
        self._regions = Regions(self._base, self._texts, settings)
        self._components = Components(self._base, settings)

    @classmethod
    def build(
        cls,
        path: Path,
        ads: Sequence[AdRecord] | Corpus,
        *,
        background: Background | None = None,
        apart: Iterable[tuple[str, str]] = (),
        settings: LinkSettings = DEFAULT,
    ) -> "LinkIndex":
        """Group all ads in one batch into a new file, which takes the place of the old one when it is complete.

        Without a background the words are counted anew. `apart` are pairs of ads that are held apart.
        """
        corpus = ads if isinstance(ads, Corpus) else Corpus.of(ads)
        build_store(path, corpus, settings=settings, background=background)
        index = cls(path, settings=settings)
        for one, other in sorted(apart):
            index.hold_apart(one, other)
        return index

    def __enter__(self) -> "LinkIndex":
        """Return the index."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def __len__(self) -> int:
        """Return the number of ads."""
        return int(self._base.execute("SELECT COUNT(*) FROM ad").fetchone()[0])

    def __contains__(self, ad_id: str) -> bool:
        """Say whether an ad is here."""
        found = self._base.execute("SELECT 1 FROM ad WHERE ad_id = ?", (ad_id,))
        return found.fetchone() is not None

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of a change, or nothing of it."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def add(self, records: Sequence[AdRecord]) -> list[Moved]:
        """Take new ads in; return each ad, new or old, whose groups are new. Raises ValueError for an ad that is here."""
        corpus = Corpus.of(records)
        with self._whole():
            here = "SELECT ad_id FROM ad WHERE ad_id IN (SELECT value FROM json_each(?))"
            known = self._base.execute(here, (_as_names(corpus.ad_ids),)).fetchone()
            if known:
                msg = f"annonsen {known[0]} finns redan"
                raise ValueError(msg)
            numbers, touched = self._enter(corpus)
            before = self._regions.regroup(touched, {})
            ads = self._components.ads.where(
                "ad.number IN (SELECT value FROM json_each(?))", as_list(numbers)
            )
            keys = {key for ad in ads for key in ad.ties()}
            return self._components.regroup(self._changed(before) | {a.group for a in ads}, keys)

    def _enter(self, corpus: Corpus) -> tuple[list[int], set[int]]:
        """Write ads and new texts down; return the ads' numbers and the texts whose pairs changed."""
        ids = text_ids(corpus.words, corpus.shingles).tolist()
        numbers: list[int] = []
        touched: set[int] = set()
        for at in range(len(corpus)):
            words = packed(corpus.words.row(at))
            text = ids[at] if words else None
            numbers.append(self._enter_ad(corpus, at, text))
            if text is not None and not self._texts.holds(text):
                touched |= self._texts.add(text, words, packed(corpus.shingles.row(at)))
        return numbers, touched

    def _enter_ad(self, corpus: Corpus, at: int, text: int | None) -> int:
        """Write one ad down with its contacts and its place; return its number."""
        contacts = packed(corpus.contacts.row(at))
        place = place_key(corpus.places[at]) if corpus.places[at] else None
        row = (corpus.ad_ids[at], corpus.seen_at[at], text, contacts, place)
        insert = "INSERT INTO ad (ad_id, seen_at, text, contacts, place) VALUES (?, ?, ?, ?, ?)"
        number = int(self._base.execute(insert, row).lastrowid or 0)
        keys = {*unpacked(contacts).tolist(), *(() if place is None else (place,))}
        self._base.executemany("INSERT INTO ad_key VALUES (?, ?)", ((key, number) for key in keys))
        return number

    def weakest(self, ad_id: str) -> Cut | None:
        """Return where the group of an ad holds together least, or None for an ad that stands alone or in a very large group."""
        members = self._members_with(ad_id)
        if len(members) > MOST_CUT:
            return None
        return weakest_cut(*self._components.web(members))

    def _changed(self, before: Labels) -> set[int]:
        """Return the text groups, as they were and as they are, of the texts whose group changed."""
        asked = "SELECT source FROM text WHERE text IN (SELECT value FROM json_each(?))"
        now = {row[0] for row in self._base.execute(asked, (as_list(before),))}
        return now | set(before.values())

    def remove(self, ad_ids: Iterable[str]) -> list[Moved]:
        """Let ads go with all that is theirs; return the others whose groups are new. An ad that is not here is let be."""
        with self._whole():
            names = _as_names(ad_ids)
            going = self._components.ads.where(
                "ad.ad_id IN (SELECT value FROM json_each(?))", names
            )
            numbers = [(ad.number,) for ad in going]
            self._base.executemany("DELETE FROM ad WHERE number = ?", numbers)
            rows = [(key, ad.number) for ad in going for key in ad.ties()]
            self._base.executemany("DELETE FROM ad_key WHERE key = ? AND ad = ?", rows)
            gone = "DELETE FROM apart WHERE earlier IN (SELECT value FROM json_each(?)) OR later IN (SELECT value FROM json_each(?))"
            self._base.execute(gone, (names, names))
            touched, own = self._drop_texts({ad.text for ad in going if ad.text is not None})
            before = self._regions.regroup(touched, own)
            groups = self._changed(before) | {ad.group for ad in going}
            moved = self._components.regroup(groups, {key for ad in going for key in ad.ties()})
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return moved

    def _drop_texts(self, texts: set[int]) -> tuple[set[int], Labels]:
        """Let the texts go that no ad has; return the texts whose pairs changed and the own group of each that went."""
        touched: set[int] = set()
        own: Labels = {}
        for text in texts:
            held = self._base.execute("SELECT 1 FROM ad WHERE text = ? LIMIT 1", (text,))
            if held.fetchone() is None:
                asked = "SELECT own FROM text WHERE text = ?"
                own[text] = self._base.execute(asked, (text,)).fetchone()[0]
                touched |= self._texts.remove(text)
        return touched - set(own), own

    def hold_apart(self, one: str, other: str) -> list[Moved]:
        """Hold two ads apart in every grouping from now on; return the ads whose groups are new."""
        with self._whole():
            self._base.execute("INSERT OR REPLACE INTO apart VALUES (?, ?)", _sorted(one, other))
            return self._rejoin(one, other)

    def release(self, one: str, other: str) -> list[Moved]:
        """Let two ads be together again if the evidence says so; return the ads whose groups are new."""
        with self._whole():
            gone = "DELETE FROM apart WHERE earlier = ? AND later = ?"
            self._base.execute(gone, _sorted(one, other))
            return self._rejoin(one, other)

    def _rejoin(self, *ad_ids: str) -> list[Moved]:
        ads = self._components.ads.where(
            "ad.ad_id IN (SELECT value FROM json_each(?))", _as_names(ad_ids)
        )
        return self._components.rejoin({ad.group for ad in ads})

    def would_part(self, one: str, other: str) -> Parting:
        """Return what holding two ads of one group apart would do to it; nothing is changed."""
        members = self._members_with(one)
        parts = self._components.parts(members, _sorted(one, other))
        return Parting(
            tuple(ad.ad_id for ad in members),
            tuple(tuple(ad.ad_id for ad in part) for part in parts),
        )

    def _members_with(self, ad_id: str) -> list[KeptAd]:
        same = "(SELECT organiser_group FROM ad WHERE ad_id = ?)"
        return self._components.ads.where(f"ad.organiser_group = {same}", ad_id)

    def group_of(self, ad_id: str) -> tuple[str, ...]:
        """Return the ads that stand in one organiser group with an ad, in the order of their days; none for an ad that is not here."""
        return tuple(ad.ad_id for ad in self._members_with(ad_id))

    def groups_of(self, ad_ids: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return the text group and the organiser group of each of some ads that are here."""
        asked = "ad.ad_id IN (SELECT value FROM json_each(?))"
        ads = self._components.ads.where(asked, _as_names(ad_ids))
        return {ad.ad_id: ad.named[0] for ad in ads}, {ad.ad_id: ad.named[1] for ad in ads}

    def grouping(self) -> Grouping:
        """Return the groups of all ads, without the reasons, which `reasons_for` gives for a group."""
        rows = self._base.execute("SELECT ad_id, text_group, organiser_group FROM ad").fetchall()
        held = self._base.execute("SELECT contact FROM large WHERE is_quarantined").fetchall()
        return Grouping(
            text_group={row[0]: row[1] for row in rows},
            organiser_group={row[0]: row[2] for row in rows},
            edges=(),
            quarantined=frozenset(row[0] for row in held),
        )

    def reasons_for(self, ad_id: str) -> Grouping:
        """Return the groups of the ads that stand with an ad, with every edge between them."""
        members = self._members_with(ad_id)
        contacts = {contact for ad in members for contact in ad.contacts}
        quarantined = frozenset(self._components.quarantine.among(contacts))
        return Grouping(
            text_group={ad.ad_id: ad.named[0] for ad in members},
            organiser_group={ad.ad_id: ad.named[1] for ad in members},
            edges=self._edges(members, quarantined),
            quarantined=quarantined,
        )

    def _edges(self, members: Sequence[KeptAd], quarantined: frozenset[int]) -> tuple[Edge, ...]:
        return reasons(
            self._base,
            self._components.ads,
            members,
            quarantined=quarantined,
            settings=self._settings,
        )

    def background(self) -> Background:
        """Return the weights that ads are compared by until the next count."""
        return self._texts.background()


def _as_names(ad_ids: Iterable[str]) -> str:
    return json.dumps(list(ad_ids))


def _sorted(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
