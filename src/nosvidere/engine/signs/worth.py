"""What each piece of evidence is worth on a day: its sign's points, its grade and its age."""

from collections.abc import Sequence
from datetime import date

from nosvidere.engine.signs.evidence import Evidence
from nosvidere.engine.signs.scheme import SCORED, Scheme, Sign
from nosvidere.engine.signs.sources import Item

WEAK_POINTS = 1.0
MEDIUM_POINTS = 2.0
SOURCE_GRADES = frozenset("ABCX")
TOO_OLD = "för gammalt"
NOT_LAWFUL = "tecknet kräver laglig insyn av polis eller hyresvärd (källa {grades})"


def check_evidence(evidence: Sequence[Evidence], *, on: date, scheme: Scheme) -> None:
    """Raise ValueError for what may never be weighed, or is wrongly written; nothing is dropped in silence."""
    for piece in evidence:
        _check_sign(piece, scheme)
        if piece.info_grade not in scheme.grade_factors or piece.source_grade not in SOURCE_GRADES:
            msg = f"{piece.id}: grade {piece.source_grade}{piece.info_grade}, expected A–C or X and 1–4"
            raise ValueError(msg)
        if piece.observed_on > on:
            msg = f"{piece.id}: observed on {piece.observed_on}, after the day of weighing {on}"
            raise ValueError(msg)


def _check_sign(piece: Evidence, scheme: Scheme) -> None:
    sign = scheme.signs.get(piece.sign)
    if sign is None:
        msg = f"{piece.id}: unknown sign {piece.sign!r}"
        raise ValueError(msg)
    if sign.use != SCORED:
        msg = f"{piece.id}: sign {piece.sign} is for {sign.use} and may never be weighed"
        raise ValueError(msg)


def worth_of(evidence: Sequence[Evidence], *, on: date, scheme: Scheme) -> list[Item]:
    """Return an item for each piece of evidence, in an order that does not depend on the order given."""
    ordered = sorted(evidence, key=lambda e: (e.sign, e.id, e.source_item, e.observed_on))
    points = points_by_sign(ordered, on=on, scheme=scheme)
    return [_item(piece, points[piece.sign], on=on, scheme=scheme) for piece in ordered]


def points_by_sign(evidence: Sequence[Evidence], *, on: date, scheme: Scheme) -> dict[str, float]:
    """Return what each sign is worth together with the others: T01 rises beside F01, F01 needs its days."""
    live = [e for e in evidence if not _why_not(e, on=on, scheme=scheme)]
    heard = {e.sign for e in live}
    return {
        code: _points(scheme.signs[code], heard, days_told(live, code))
        for code in {e.sign for e in evidence}
    }


def days_told(evidence: Sequence[Evidence], sign: str) -> int:
    """Return how many different days a sign is known from."""
    of_sign = [e for e in evidence if e.sign == sign]
    return max([len({e.observed_on for e in of_sign}), *(e.days for e in of_sign)])


def _points(sign: Sign, heard: set[str], days: int) -> float:
    if days < sign.needs_days:
        return min(sign.points, WEAK_POINTS)
    return max(sign.points, MEDIUM_POINTS) if sign.medium_with in heard else sign.points


def _item(piece: Evidence, points: float, *, on: date, scheme: Scheme) -> Item:
    sign = scheme.signs[piece.sign]
    age = (on - piece.observed_on).days
    why_not = _why_not(piece, on=on, scheme=scheme)
    is_fresh = sign.strong_days is None or age <= sign.strong_days
    return Item(
        evidence=piece,
        family=sign.family,
        points=points,
        grade_factor=scheme.grade_factors[piece.info_grade],
        age_factor=_age_factor(sign, age),
        is_strong=sign.strength == "strong" and is_fresh and not why_not,
        why_not=why_not,
    )


def _age_factor(sign: Sign, age: int) -> float:
    return 0.5 ** (age / sign.half_life_days) if sign.half_life_days else 1.0


def _why_not(piece: Evidence, *, on: date, scheme: Scheme) -> str:
    sign = scheme.signs[piece.sign]
    if piece.source_grade not in sign.source_grades:
        return NOT_LAWFUL.format(grades=" eller ".join(sign.source_grades))
    return TOO_OLD if (on - piece.observed_on).days > _last_day(sign, scheme) else ""


def _last_day(sign: Sign, scheme: Scheme) -> int:
    own = sign.valid_days or sign.blocks_days
    return own or sign.half_life_days * scheme.forgotten_after_half_lives
