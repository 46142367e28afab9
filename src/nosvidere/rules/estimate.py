"""What a dark figure must pass before it is kept, and before it is told. Source: spec, the dark figure."""

from collections.abc import Mapping, Sequence

from nosvidere.engine.disclosure import round_to
from nosvidere.engine.signs import screen
from nosvidere.kernel.refused import Refused

# What every estimate of unseen cases assumes (Bishop, Fienberg & Holland 1975, ch. 6).
ASSUMPTIONS = {
    "closed": "Är det samma fall hela perioden, utan att några tillkommer eller försvinner?",
    "matched": "Är fallen rätt hopparade mellan listorna, så att inget räknas två gånger?",
    "reachable": "Har varje fall någon chans att hamna på var och en av listorna?",
}
YES, NO, UNKNOWN = "yes", "no", "unknown"
ANSWERS = {YES: "ja", NO: "nej", UNKNOWN: "vet inte"}
# Breakdowns that are never made. Source: spec, "No breakdown by nationality, gender, age or small area".
DIVIDING = frozenset(
    {"kvinna", "kvinnor", "kvinnliga", "män", "manliga", "flicka", "flickor", "pojke", "pojkar"}
    | {"trans", "ungdom", "ungdomar", "unga", "barn", "tonåringar", "minderåriga"}
)
REFUSED = "refused"
FIGURES_THAT_MATTER = 2  # in a published limit; more would promise more than the data hold


def check_save(
    *, name: str, lists: Sequence[str], assumptions: Mapping[str, Mapping[str, str]]
) -> None:
    """Raise Refused unless all assumptions are answered and neither name nor lists divide people by who they are."""
    if set(assumptions) != set(ASSUMPTIONS) or not all(
        answer.get("answer") in ANSWERS for answer in assumptions.values()
    ):
        raise Refused("Svara på alla tre antagandena. Du kan svara att du inte vet.")
    check_undivided(name, *lists)


def check_undivided(*texts: str) -> None:
    """Raise Refused for a name that divides people by origin, gender, looks or age."""
    found = [word for text in texts for word in _dividing(text)]
    if found:
        raise Refused(
            "Mörkertal räknas inte för sig efter kön, ålder, ursprung eller utseende. Ta bort: {words}.",
            words=", ".join(dict.fromkeys(found)),
        )


def _dividing(text: str) -> list[str]:
    words = [word.strip(".,;:!?()”\"'").casefold() for word in text.split()]
    return [word for word in words if word in DIVIDING] + [part.text for part in screen(text)]


def check_publish_estimate(
    *,
    verdict: str,
    band: Sequence[float],
    assumptions: Mapping[str, Mapping[str, str]],
    title: str,
) -> None:
    """Raise Refused unless the interval may be told: the data carry it and no assumption is known to fail.

    band is (low, high), or empty where there is none.
    """
    if verdict == REFUSED or not band:
        raise Refused("Underlaget bär ingen skattning. Ett tal som inte håller publiceras inte.")
    failing = [ASSUMPTIONS[key] for key, told in assumptions.items() if told.get("answer") == NO]
    if failing:
        raise Refused(
            "Analytikern har svarat nej: {which} Då håller inte talet.", which=" ".join(failing)
        )
    if not title.strip():
        raise Refused("Skriv vad talet gäller.")
    check_undivided(title)


def public_limits(band: Sequence[float]) -> tuple[int, int]:
    """Return low and high rounded to two figures, at least to fives; each outwards, so that the band still covers."""
    low, high = band
    return _outwards(low, -1), _outwards(high, 1)


def _outwards(value: float, direction: int) -> int:
    base = max(5, 10 ** (len(str(int(value))) - FIGURES_THAT_MATTER))
    rounded = round_to(round(value), base)
    if (rounded - value) * direction < 0:
        rounded += direction * base
    return max(rounded, 0)
