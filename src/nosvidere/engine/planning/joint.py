"""Two teams at once: the minute and the pair, fixed before the rest of the routes are laid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from nosvidere.engine.planning.daybook import Daybook, Stretch
from nosvidere.engine.planning.matching import suits_two
from nosvidere.engine.planning.model import Stop, Visit


@dataclass(frozen=True, slots=True)
class _Meeting:
    cost: int
    arrive: int
    one: str
    other: str


def fix_joint_visits(book: Daybook, visits: Iterable[Visit]) -> Daybook:
    """Return the daybook with each visit given two teams at one minute where that is possible.

    The most worth goes first; the pair and minute that cost the two teams least time are taken.
    """
    for visit in sorted(visits, key=lambda one: (-book.problem.worth[one.id], one.id)):
        meetings = sorted(
            _meetings(book, visit), key=lambda one: (one.cost, one.arrive, one.one, one.other)
        )
        tried = (book.with_stops(_stops_of(visit, meeting)) for meeting in meetings)
        book = next((new for new in tried if _holds(new, visit)), book)
    return book


def _meetings(book: Daybook, visit: Visit) -> Iterator[_Meeting]:
    free = {shift_id: book.stretches(shift_id) or [] for shift_id in book.openings}
    for one, other in combinations(free, 2):
        if suits_two(visit, book.problem.shifts[one], book.problem.shifts[other]):
            for a in free[one]:
                for b in free[other]:
                    yield from _meetings_between(book, visit, a, b)


def _meetings_between(book: Daybook, visit: Visit, a: Stretch, b: Stretch) -> Iterator[_Meeting]:
    """Yield the earliest minute that both reach, and later ones that let a break come first."""
    minutes, here = book.problem.minutes, book.problem.place_of[visit.id]
    earliest = max(
        visit.window[0], *(one.start_at + minutes[one.from_place][here] for one in (a, b))
    )
    latest = min(
        visit.window[1],
        *(one.end_at - minutes[here][one.to_place] for one in (a, b)),
    )
    for arrive in _starts(earliest, (a, b)):
        if arrive + visit.service_minutes <= latest:
            cost = 2 * arrive - a.start_at - b.start_at
            yield _Meeting(cost, arrive, a.shift.id, b.shift.id)


def _starts(earliest: int, both: Sequence[Stretch]) -> list[int]:
    after_rest = {
        start
        for one in both
        if one.has_rest
        for start in (earliest + one.shift.break_minutes, one.shift.rest_window[1])
    }
    return sorted({earliest} | {start for start in after_rest if start > earliest})


def _stops_of(visit: Visit, meeting: _Meeting) -> list[Stop]:
    leave = meeting.arrive + visit.service_minutes
    return [
        Stop(visit.id, shift, 0, meeting.arrive, leave) for shift in (meeting.one, meeting.other)
    ]


def _holds(book: Daybook, visit: Visit) -> bool:
    """Say whether the teams that got the visit still hold to everything else."""
    return book.holds(s.team_shift_id for s in book.fixed_stops() if s.visit_id == visit.id)
