"""When two ads of a group may be judged not to be from the same hand."""

from nosvidere.kernel.refused import Refused

SHORTEST_REASON, LONGEST_REASON = 5, 240


def check_apart(*, groups: tuple[str, str], is_same: bool, reason: str) -> None:
    """Raise Refused unless two different ads of one group are held apart for a stated reason."""
    one, other = groups
    if is_same or not one or one != other:
        raise Refused("Välj två olika annonser ur samma grupp.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Skriv varför annonserna inte hör ihop.")
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused("Skälet får vara högst {n} tecken.", n=LONGEST_REASON)


def check_open_texts(*, is_on: bool, kept: int, most: int) -> None:
    """Raise Refused unless the texts of a group's ads are kept here and can be read side by side."""
    if not is_on:
        raise Refused("Annonsernas texter sparas inte här; det är avstängt.")
    if not kept:
        raise Refused("Texterna är gallrade eller har aldrig sparats.")
    if kept > most:
        raise Refused(
            "Gruppen har {n} texter. Högst {most} visas bredvid varandra.", n=kept, most=most
        )


def check_why(why: str) -> None:
    """Raise Refused unless it is said why sealed texts are to be read."""
    if len(why.strip()) < SHORTEST_REASON:
        raise Refused("Skriv varför du behöver läsa texterna.")
