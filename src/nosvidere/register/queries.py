"""What the register knows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Length

from nosvidere.engine.places import Index, Mention, Resolver, UnusableFile, storage
from nosvidere.kernel.refused import Refused
from nosvidere.register.models import ImportRun, Nickname, Place, StreetElsewhere, Tenure
from nosvidere.rules.access import Actor, check_may

INDEX_NAME = "register.index"
Version = tuple[int, int, int]
Names = tuple[tuple[str, str], ...]


def imports(*, reader: Actor) -> QuerySet[ImportRun]:
    """Return the imports, newest first."""
    check_may(reader, "register.read")
    return ImportRun.objects.order_by("-started_at", "-pk")


def attributions() -> list[str]:
    """Return whom the terms of use of what has been loaded say to name, by name."""
    named = ImportRun.objects.filter(finished_at__isnull=False).exclude(attribution="")
    return sorted(set(named.order_by().values_list("attribution", flat=True)))


def names_elsewhere(*, reader: Actor) -> int:
    """Return how many street names of the country are known; 0 while no national register has been loaded."""
    check_may(reader, "register.read")
    return StreetElsewhere.objects.count()


def live_places(*, reader: Actor, words: str = "") -> QuerySet[Place]:
    """Return the places that the register holds now whose street, number, letter or popular name has each of the words, by address."""
    check_may(reader, "place.read")
    found = Place.objects.filter(valid_until_on__isnull=True).order_by(
        "street", Length("number"), "number", "letter", "dwelling_no"
    )
    for word in words.split():
        found = found.filter(
            Q(street__icontains=word)
            | Q(number__istartswith=word)
            | Q(letter__iexact=word)
            | Q(popular_name__icontains=word)
        )
    return found


def any_places(*, reader: Actor) -> QuerySet[Place]:
    """Return all places, the vanished ones too but none that is arriving, with the entrance of a dwelling."""
    check_may(reader, "place.read")
    return Place.objects.filter(arriving__isnull=True).select_related("parent")


def dwellings_of(place: Place) -> QuerySet[Place]:
    """Return the live dwellings behind an entrance that somebody has named, by number."""
    return place.dwellings.filter(valid_until_on__isnull=True).order_by("dwelling_no")


def tenures_of(place: Place) -> QuerySet[Tenure]:
    """Return who lets the place and who did, newest first."""
    return place.tenures.select_related("party").order_by("-from_on", "-pk")


def nicknames(*, reader: Actor) -> QuerySet[Nickname]:
    """Return what streets are called, by name."""
    check_may(reader, "register.read")
    return Nickname.objects.order_by("nickname")


def landlord_of(place: Place) -> Tenure | None:
    """Return who lets the place now; a dwelling without an own tenure has its entrance's."""
    own = (
        place.tenures.select_related("party")
        .filter(until_on__isnull=True)
        .order_by("-from_on")
        .first()
    )
    return own or (landlord_of(place.parent) if place.parent else None)


def index_file() -> Path:
    """Return where the site's index lies."""
    return Path(settings.HOME) / INDEX_NAME


def register_stamp() -> str:
    """Return what changes with each import that was switched in."""
    last = ImportRun.objects.filter(finished_at__isnull=False).aggregate(last=Max("pk"))["last"]
    return str(last or "")


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the index stands to the register: addresses in both, and whether it is of what the register holds now."""

    live: int
    indexed: int | None
    is_fresh: bool


def index_state(*, reader: Actor) -> IndexState:
    """Return how the index stands; `indexed` is None while there is none that this version can read."""
    check_may(reader, "register.read")
    live = Place.objects.filter(kind="entrance", valid_until_on__isnull=True).count()
    try:
        about = storage.about(index_file())
    except UnusableFile:
        return IndexState(live, None, is_fresh=False)
    indexed = int(about["addresses"])
    is_fresh = about["stamp"] == register_stamp() and indexed == live
    return IndexState(live, indexed, is_fresh=is_fresh)


def mentions_in(text: str) -> list[Mention]:
    """Return the addresses that a text mentions; raises Refused while no index has been built."""
    return place_reader()(text)


def has_index() -> bool:
    """Say whether there is an index that this version can read texts against."""
    try:
        storage.about(index_file())
    except UnusableFile:
        return False
    return True


def place_reader() -> Callable[[str], list[Mention]]:
    """Return what reads addresses out of many texts; raises Refused while no index has been built."""
    file = index_file()
    if not file.exists():
        raise Refused("Adressregistret har inget index än. Läs in registret först.")
    built = file.stat()
    version = (built.st_ino, built.st_mtime_ns, built.st_size)
    names = tuple(Nickname.objects.order_by("nickname").values_list("nickname", "street"))
    try:
        return _resolver(str(file), version, names, _elsewhere_version()).resolve
    except UnusableFile as error:
        raise Refused("{text}", text=error) from error


def knows_country() -> bool:
    """Say whether the list of the country's street names is loaded, without which a strange name may pass for a misspelled one."""
    return StreetElsewhere.objects.exists()


def _elsewhere_version() -> tuple[int, int]:
    """Return something that changes when the list of names from elsewhere is replaced."""
    last = StreetElsewhere.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return (StreetElsewhere.objects.count(), last)


@lru_cache(maxsize=1)
def _resolver(file: str, version: Version, names: Names, elsewhere: tuple[int, int]) -> Resolver:
    """Return a resolver over the index file; opened again when the file or the names have changed."""
    streets = frozenset(StreetElsewhere.objects.values_list("name", flat=True))
    return Resolver(
        Index.open(Path(file)),
        home_municipality=settings.HOME_MUNICIPALITY,
        street_names_elsewhere=streets or None,
        nicknames=dict(names),
    )


def places_read(*, reader: Actor, text: str) -> list[tuple[Mention, Place | None]]:
    """Return each address that a text mentions with the live place it is, as the register reads it now."""
    check_may(reader, "place.read")
    mentions = mentions_in(text) if text.strip() else []
    ids = [m.address_id for m in mentions if m.address_id]
    found = Place.objects.filter(external_id__in=ids, valid_until_on__isnull=True)
    by_id = {place.external_id: place for place in found}
    return [(m, by_id.get(m.address_id or "")) for m in mentions]
