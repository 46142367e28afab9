"""The chain's first half: register, tips and ads read, places resolved, ads linked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from nosvidere.engine import linkage, places
from nosvidere.engine.linkage import AdRecord, Grouping
from nosvidere.engine.places import AUTO_THRESHOLD, Address, Index, Mention, Resolver
from nosvidere.intake.tipfile import TipRow, read_tips

EXACT = "exact"
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row of one of the files that was not taken."""

    file: str
    line: int
    reason: str
    row: str


@dataclass(frozen=True, slots=True)
class ReadTip:
    """A tip with the addresses that it mentions, and the one that it is sure enough about."""

    row: TipRow
    mentions: tuple[Mention, ...]
    address_id: str


@dataclass(frozen=True, slots=True)
class ReadAd:
    """What is left of an ad: hashes, date, and the address that it is sure enough about."""

    record: AdRecord
    seen_on: date
    mentions: tuple[Mention, ...]


@dataclass
class Gathered:
    """All that the files held, ready to be weighed."""

    index: Index
    tips: list[ReadTip]
    ads: list[ReadAd]
    grouping: Grouping
    refused: list[Refusal] = field(default_factory=list)

    def last_day(self) -> date:
        """Return the newest day in the files: the day on which places are weighed."""
        days = [tip.row.received_at.date() for tip in self.tips] + [ad.seen_on for ad in self.ads]
        return max(days)


@dataclass(frozen=True, slots=True)
class Files:
    """What the chain is given."""

    register: Path
    tips: Path
    ads: Path


def gather(
    files: Files,
    *,
    home_municipality: str,
    key: bytes,
    today: date,
    progress: Progress = lambda _what, _n: None,
) -> Gathered:
    """Return what the files hold. Raises places.UnusableFile or linkage.UnusableFile for a file that cannot be read."""
    refused: list[Refusal] = []
    index = Index.build(_addresses(files.register, refused, today=today, progress=progress))
    resolver = Resolver(index, home_municipality=home_municipality)
    tips = list(_tips(files.tips, resolver, refused, today=today, progress=progress))
    ads = list(_ads(files.ads, resolver, refused, key=key, today=today, progress=progress))
    grouping = linkage.link([ad.record for ad in ads])
    return Gathered(index, tips, ads, grouping, refused)


def _noter(
    refused: list[Refusal], file: Path
) -> Callable[[places.Rejected | linkage.Rejected], None]:
    return lambda row: refused.append(Refusal(file.name, row.line, row.reason, row.row))


def _addresses(
    file: Path, refused: list[Refusal], *, today: date, progress: Progress
) -> Iterator[Address]:
    note = _noter(refused, file)
    return places.read_register(
        file, today=today, rejected=note, progress=lambda n: progress("adresser", n)
    )


def _tips(
    file: Path, resolver: Resolver, refused: list[Refusal], *, today: date, progress: Progress
) -> Iterator[ReadTip]:
    rows = read_tips(
        file, today=today, rejected=_noter(refused, file), progress=lambda n: progress("tips", n)
    )
    for row in rows:
        mentions = resolver.resolve(row.place_text) or resolver.resolve(row.text)
        yield ReadTip(row, tuple(mentions), sure_address(mentions))


def _ads(
    file: Path,
    resolver: Resolver,
    refused: list[Refusal],
    *,
    key: bytes,
    today: date,
    progress: Progress,
) -> Iterator[ReadAd]:
    note = _noter(refused, file)
    known: dict[str, tuple[Mention, ...]] = {}
    for row in linkage.read_ads(
        file, today=today, rejected=note, progress=lambda n: progress("annonser", n)
    ):
        if row.place_text not in known:
            known[row.place_text] = tuple(resolver.resolve(row.place_text))
        mentions = known[row.place_text]
        record = linkage.minimise(
            ad_id=row.ad_id,
            seen_at=row.seen_at,
            source=row.source,
            phone=row.phone,
            place=sure_address(mentions),
            text=row.text,
            key=key,
        )
        yield ReadAd(record, datetime.fromisoformat(row.seen_at).date(), mentions)


def sure_address(mentions: Sequence[Mention]) -> str:
    """Return the first registered address that is sure enough to be filled in, or nothing."""
    sure = (m.address_id for m in mentions if m.level == EXACT and m.confidence >= AUTO_THRESHOLD)
    return next((address for address in sure if address), "")
