"""The chain's first half: register, tips and ads read, places resolved, ads linked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from nosvidere.engine import linkage, places
from nosvidere.engine.linkage import AdRecord, AdRow, Grouping
from nosvidere.engine.places import AUTO_THRESHOLD, Address, Index, Mention, Resolver
from nosvidere.intake.tipfile import TipRow, read_tips
from nosvidere.sites.chain.refusals import Refusals

EXACT = "exact"
# What one run holds in memory at once, about 4 GB at the most; the sites' databases take more.
MOST_ADDRESSES, MOST_TIPS, MOST_ADS = 5_000_000, 200_000, 500_000
Progress = Callable[[str, int], None]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ReadTip:
    """A tip with the addresses that it mentions, and the one that it is sure enough about."""

    row: TipRow
    mentions: tuple[Mention, ...]
    address_id: str


@dataclass(frozen=True, slots=True)
class ReadAd:
    """What is left of an ad: hashes, date when it is known, and the address that it is sure enough about."""

    record: AdRecord
    seen_on: date | None
    mentions: tuple[Mention, ...]


@dataclass
class Gathered:
    """All that the files held, ready to be weighed."""

    index: Index
    tips: list[ReadTip]
    ads: list[ReadAd]
    grouping: Grouping
    refused: Refusals

    def last_day(self, *, default: date) -> date:
        """Return the newest day in the files, on which places are weighed; `default` when no row has a day."""
        days = [tip.row.received_at.date() for tip in self.tips]
        days += [ad.seen_on for ad in self.ads if ad.seen_on]
        return max(days, default=default)

    @property
    def undated_ads(self) -> int:
        """Return how many ads have no date: they are linked, but what has no age is not weighed."""
        return sum(ad.seen_on is None for ad in self.ads)


@dataclass(frozen=True, slots=True)
class Files:
    """What the chain is given; tips or ads may be missing altogether."""

    register: Path
    tips: Path | None = None
    ads: Path | None = None


class Gathering:
    """One reading of the files: where the refused rows go, what day it is, and who is told how far it has come."""

    def __init__(self, *, refused: Refusals, today: date, progress: Progress) -> None:
        """Keep what every file is read with."""
        self.refused, self.today, self.progress = refused, today, progress

    def addresses(self, file: Path) -> Iterator[Address]:
        """Yield the addresses of the register."""
        rows = places.read_register(
            file,
            today=self.today,
            rejected=self.refused.of(file),
            progress=lambda n: self.progress("adresser", n),
        )
        remedy = "ta med bara den region som det gäller"
        return at_most(rows, MOST_ADDRESSES, file=file, what="adresser", remedy=remedy)

    def tips(self, file: Path, resolver: Resolver) -> Iterator[ReadTip]:
        """Yield the tips with what they mention."""
        rows = read_tips(
            file,
            today=self.today,
            rejected=self.refused.of(file),
            progress=lambda n: self.progress("tips", n),
        )
        remedy = "dela filen efter tid och kör en del i taget, eller lägg in den med tips add"
        for row in at_most(rows, MOST_TIPS, file=file, what="tips", remedy=remedy):
            mentions = resolver.resolve(row.place_text) or resolver.resolve(row.text)
            yield ReadTip(row, tuple(mentions), sure_address(mentions))

    def ads(self, file: Path, resolver: Resolver, *, key: bytes) -> Iterator[ReadAd]:
        """Yield what is left of the ads; of a text that comes again the mentions are found once."""
        rows = linkage.read_ads(
            file,
            today=self.today,
            rejected=self.refused.of(file),
            progress=lambda n: self.progress("annonser", n),
        )
        remedy = "dela filen efter tid och kör en del i taget, eller länka den med link"
        known: dict[str, tuple[Mention, ...]] = {}
        for row in at_most(rows, MOST_ADS, file=file, what="annonser", remedy=remedy):
            if row.place_text not in known:
                known[row.place_text] = tuple(resolver.resolve(row.place_text))
            yield _minimised(row, known[row.place_text], key=key)


def gather(
    files: Files,
    *,
    home_municipality: str,
    key: bytes,
    today: date,
    refused: Refusals,
    progress: Progress = lambda _what, _n: None,
) -> Gathered:
    """Return what the files hold; rows that cannot be taken go to `refused`.

    Raises places.UnusableFile or linkage.UnusableFile for a file that cannot be read or holds more than one run can.
    """
    reading = Gathering(refused=refused, today=today, progress=progress)
    index = Index.build(reading.addresses(files.register))
    resolver = Resolver(index, home_municipality=home_municipality)
    tips = list(reading.tips(files.tips, resolver)) if files.tips else []
    ads = list(reading.ads(files.ads, resolver, key=key)) if files.ads else []
    return Gathered(index, tips, ads, linkage.link([ad.record for ad in ads]), refused)


def at_most(
    rows: Iterable[Item], most: int, *, file: Path, what: str, remedy: str
) -> Iterator[Item]:
    """Yield the rows; raise UnusableFile when there are more than one run can hold."""
    for count, row in enumerate(rows, start=1):
        if count > most:
            message = (
                f"{file.name}: filen har fler än {most} {what}, och det är vad en körning rymmer. "
                f"Gör så här: {remedy}."
            )
            raise places.UnusableFile(message)
        yield row


def _minimised(row: AdRow, mentions: tuple[Mention, ...], *, key: bytes) -> ReadAd:
    record = linkage.minimise(
        ad_id=row.ad_id,
        seen_at=row.seen_at,
        source=row.source,
        phone=row.phone,
        place=sure_address(mentions),
        text=row.text,
        key=key,
    )
    seen_on = datetime.fromisoformat(row.seen_at).date() if row.seen_at else None
    return ReadAd(record, seen_on, mentions)


def sure_address(mentions: Sequence[Mention]) -> str:
    """Return the first registered address that is sure enough to be filled in, or nothing."""
    sure = (m.address_id for m in mentions if m.level == EXACT and m.confidence >= AUTO_THRESHOLD)
    return next((address for address in sure if address), "")
