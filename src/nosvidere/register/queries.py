"""What the register knows."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from nosvidere.engine.places import Index, Mention, Resolver
from nosvidere.kernel.refused import Refused
from nosvidere.register.models import ImportRun, Nickname, Place, StreetElsewhere, Tenure
from nosvidere.rules.access import Actor, check_may


def imports(*, reader: Actor) -> QuerySet[ImportRun]:
    """Return the imports, newest first."""
    check_may(reader, "register.read")
    return ImportRun.objects.order_by("-started_at", "-pk")


def live_places(*, reader: Actor, words: str = "") -> QuerySet[Place]:
    """Return the places that the register holds now, those whose street or number starts with the words."""
    check_may(reader, "place.read")
    found = Place.objects.filter(valid_until_on__isnull=True).order_by(
        "street", "number", "letter", "dwelling_no"
    )
    for word in words.split():
        found = found.filter(
            Q(street__icontains=word) | Q(number__istartswith=word) | Q(letter__iexact=word)
        )
    return found


def place_with_id(external_id: str) -> Place | None:
    """Return the place with a register id, if it is there."""
    return Place.objects.filter(external_id=external_id).first()


def landlord_of(place: Place) -> Tenure | None:
    """Return who lets the place now; a dwelling without an own tenure has its entrance's."""
    own = (
        place.tenures.select_related("party")
        .filter(until_on__isnull=True)
        .order_by("-from_on")
        .first()
    )
    return own or (landlord_of(place.parent) if place.parent else None)


def mentions_in(text: str) -> list[Mention]:
    """Return the addresses that a text mentions; raises Refused while no index has been built."""
    file: Path = settings.HOME / "register.index"
    if not file.exists():
        raise Refused("Adressregistret har inget index än. Läs in registret först.")
    return _resolver(str(file), file.stat().st_mtime_ns, _names_version()).resolve(text)


def _names_version() -> tuple[int, int, int]:
    """Return something that changes when the nicknames or the names from elsewhere do."""
    last = Nickname.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return (Nickname.objects.count(), last, StreetElsewhere.objects.count())


@lru_cache(maxsize=1)
def _resolver(file: str, built: int, names: tuple[int, int, int]) -> Resolver:
    """Return a resolver over the index file; opened again when the file or the names have changed."""
    elsewhere = frozenset(StreetElsewhere.objects.values_list("name", flat=True))
    return Resolver(
        Index.open(Path(file)),
        home_municipality=settings.HOME_MUNICIPALITY,
        street_names_elsewhere=elsewhere or None,
        nicknames=dict(Nickname.objects.values_list("nickname", "street")),
    )
