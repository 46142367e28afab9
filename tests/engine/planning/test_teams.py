"""Forming teams, and the independent checker of them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosvidere.engine.planning import (
    FrontNeed,
    Person,
    Roster,
    StaffRules,
    Team,
    Vacancy,
    WorkShift,
    check_teams,
    form_teams,
    team_shifts_of,
)

EVENINGS = [WorkShift(f"pass {n}", n, 17 * 60, 25 * 60) for n in range(4)]
FRONTS = [
    FrontNeed("buyers", teams=2),
    FrontNeed("outreach", skills=frozenset(["social_worker"])),
    FrontNeed("premises"),
]
UNITS = ("Norr", "Söder", "Väster")


def lend(count, **changes):
    """Return people spread over three units, every third a social worker."""
    return [
        Person(
            f"p{number:02}",
            UNITS[number % 3],
            skills=frozenset(["social_worker"] if number % 4 == 0 else []),
            **changes,
        )
        for number in range(count)
    ]


def test_every_front_has_its_teams_every_evening():
    staff = lend(12)

    roster = form_teams(staff, EVENINGS, FRONTS, seed=1)

    assert check_teams(roster, staff, EVENINGS, FRONTS) == []
    assert roster.vacancies == ()
    assert len(roster.teams) == 16


def test_hours_are_spread_evenly_over_the_lending_units():
    roster = form_teams(lend(18), EVENINGS, FRONTS, seed=1)

    hours = roster.hours_per_person
    assert set(hours) == set(UNITS)
    assert max(hours.values()) - min(hours.values()) <= 8 / 6 * 2


def test_people_change_fronts_over_the_evenings():
    roster = form_teams(lend(6), EVENINGS, [FrontNeed("buyers"), FrontNeed("premises")], seed=1)

    fronts = {one: {t.front for t in roster.teams if one in t.people} for one in ("p00", "p01")}
    assert all(len(own) == 2 for own in fronts.values())


def test_nobody_works_again_before_eleven_hours_of_rest():
    staff = lend(2)
    shifts = [WorkShift("sen", 0, 18 * 60, 26 * 60), WorkShift("tidig", 1, 12 * 60, 20 * 60)]

    roster = form_teams(staff, shifts, [FrontNeed("buyers")], seed=1)

    assert [team.shift_id for team in roster.teams] == ["sen"]
    assert "utvilad" in roster.vacancies[0].reason_sv


def test_people_kept_apart_are_never_in_one_team():
    staff = lend(4)
    apart = frozenset(frozenset(pair) for pair in (("p00", "p01"), ("p00", "p02"), ("p01", "p03")))
    rules = StaffRules(apart=apart)
    fronts = [FrontNeed("buyers"), FrontNeed("premises")]

    roster = form_teams(staff, EVENINGS[:1], fronts, seed=1, rules=rules)

    assert check_teams(roster, staff, EVENINGS[:1], fronts, rules=rules) == []
    assert sorted(team.people for team in roster.teams) == [("p00", "p03"), ("p01", "p02")]


def test_the_rare_skill_is_kept_for_the_front_that_needs_it():
    staff = [Person("s", "Norr", frozenset(["social_worker"])), *lend(3)[1:], Person("x", "Norr")]

    roster = form_teams(staff, EVENINGS[:1], [FrontNeed("buyers"), FRONTS[1]], seed=1)

    assert roster.vacancies == ()
    assert "s" in next(team.people for team in roster.teams if team.front == "outreach")


def test_a_team_can_be_asked_to_mix_units():
    staff, rules = lend(12), StaffRules(least_units=2)

    roster = form_teams(staff, EVENINGS, FRONTS, seed=1, rules=rules)

    assert check_teams(roster, staff, EVENINGS, FRONTS, rules=rules) == []
    assert roster.vacancies == ()


def test_a_post_that_cannot_be_filled_leaves_the_others_filled():
    fronts = [FrontNeed("buyers", skills=frozenset(["dog"])), FrontNeed("premises")]

    roster = form_teams(lend(4), EVENINGS[:1], fronts, seed=1)

    assert [team.front for team in roster.teams] == ["premises"]
    assert roster.vacancies == (
        Vacancy("pass 0", "buyers", "Ingen ledig och utvilad person har det som behövs: dog."),
    )


@pytest.mark.parametrize(
    ("staff", "rules", "reason"),
    [
        (lend(4, fronts=frozenset(["premises"])), StaffRules(), "får arbeta på fronten"),
        (lend(4, evenings=frozenset([3])), StaffRules(), "får arbeta på fronten"),
        (lend(1), StaffRules(), "1 lediga och utvilade personer räcker inte till 2"),
        (lend(3), StaffRules(least_units=3), "reglerna för vilka som arbetar ihop"),
    ],
)
def test_a_vacancy_is_told_with_why(staff, rules, reason):
    roster = form_teams(staff, EVENINGS[:1], [FrontNeed("buyers")], seed=1, rules=rules)

    assert reason in roster.vacancies[0].reason_sv


def test_a_search_that_finds_no_end_takes_the_best_so_far():
    staff = [Person(f"p{number:02}", "Norr") for number in range(24)]
    apart = frozenset(
        frozenset([f"p{a:02}", f"p{b:02}"]) for a in range(18) for b in range(18) if a < b
    )
    rules, fronts = StaffRules(apart=apart), [FrontNeed("buyers", teams=12)]

    roster = form_teams(staff, EVENINGS[:1], fronts, seed=1, rules=rules)

    assert check_teams(roster, staff, EVENINGS[:1], fronts, rules=rules) == []
    assert 3 <= len(roster.teams) <= 6


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 16), st.integers(0, 5))
def test_every_roster_passes_the_checker_whatever_the_order(chance, count, seed):
    staff, shifts, fronts = lend(count), list(EVENINGS), list(FRONTS)
    roster = form_teams(staff, shifts, fronts, seed=seed)
    for one in (staff, shifts, fronts):
        chance.shuffle(one)

    assert form_teams(staff, shifts, fronts, seed=seed) == roster
    assert check_teams(roster, staff, shifts, fronts) == []


@pytest.mark.parametrize("is_person", [True, False])
def test_the_same_id_twice_is_an_error(is_person):
    staff = lend(2) * 2 if is_person else lend(2)
    shifts = EVENINGS if is_person else EVENINGS[:1] * 2

    with pytest.raises(ValueError, match="eget id"):
        form_teams(staff, shifts, FRONTS, seed=1)


class Nobody:
    """An assigner that leaves everything vacant."""

    def assign(self, staff, shifts, fronts, rules):
        return Roster((), tuple(Vacancy(s.id, f.front, "x") for s in shifts for f in fronts), {})


def test_another_assigner_can_stand_in():
    roster = form_teams(lend(4), EVENINGS[:1], [FrontNeed("buyers")], seed=1, assigner=Nobody())

    assert roster.vacancies == (Vacancy("pass 0", "buyers", "x"),)


def test_a_team_shift_can_do_what_its_people_can_together():
    staff = [Person("a", "Norr", frozenset(["interpreter"])), Person("b", "Norr")]
    shifts = [WorkShift("sen", 0, 18 * 60, 24 * 60), WorkShift("tidig", 0, 17 * 60, 18 * 60)]
    roster = Roster((Team("t", "sen", "buyers", ("a", "b")),), (), {})

    made = team_shifts_of(roster, staff, shifts, depot=(57.0, 11.0), break_minutes=30)[0]
    bare = team_shifts_of(roster, staff, shifts, depot=(57.0, 11.0))[0]

    assert (made.start_minute, made.end_minute, made.break_window) == (60, 420, (180, 300))
    assert made.skills == {"interpreter"}
    assert (bare.break_minutes, bare.break_window) == (0, None)


@pytest.fixture
def good():
    people = [
        Person("a", "Norr", frozenset(["social_worker"]), evenings=frozenset([0])),
        Person("b", "Söder", fronts=frozenset(["outreach"])),
        Person("c", "Norr"),
    ]
    teams = (Team("t", "pass 0", "outreach", ("a", "b")),)
    return Roster(teams, (Vacancy("pass 1", "outreach", "x"),), {}), people


RULES = StaffRules(least_units=2, apart=frozenset([frozenset(["b", "c"])]))


def faults_of(roster, people):
    return check_teams(roster, people, EVENINGS[:2], [FRONTS[1]], rules=RULES)


def test_a_good_roster_has_no_fault(good):
    assert faults_of(*good) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"shift_id": "pass 9"}, "passet eller fronten finns inte"),
        ({"front": "premises"}, "passet eller fronten finns inte"),
        ({"people": ("a", "z")}, "person z finns inte"),
        ({"people": ("a",)}, "1 personer i stället för 2"),
        ({"people": ("a", "a")}, "1 personer i stället för 2"),
        ({"people": ("b", "c")}, "saknar social_worker"),
        ({"people": ("a", "c")}, "färre än 2 enheter"),
        ({"people": ("b", "c")}, "b och c ska inte arbeta ihop"),
        ({"shift_id": "pass 1"}, "a är inte med kväll 1"),
        ({"shift_id": "pass 1"}, "Pass pass 0, outreach: 0 patruller"),
    ],
)
def test_a_planted_fault_in_a_team_is_found(good, change, fault):
    roster, people = good
    planted = replace(roster, teams=(replace(roster.teams[0], **change),))

    assert any(fault in one for one in faults_of(planted, people))


def test_a_person_on_a_front_not_theirs_is_found(good):
    roster, people = good
    people[1] = replace(people[1], fronts=frozenset(["buyers"]))

    assert faults_of(roster, people) == ["Patrull t: b arbetar inte på fronten outreach."]


def test_too_little_rest_is_found():
    shifts = [WorkShift("sen", 0, 18 * 60, 26 * 60), WorkShift("tidig", 1, 12 * 60, 20 * 60)]
    teams = tuple(Team(s.id, s.id, "buyers", ("p00", "p01")) for s in shifts)

    found = check_teams(Roster(teams, (), {}), lend(2), shifts, [FrontNeed("buyers")])

    assert found == [f"Person p0{n}: 10 timmars vila är för lite." for n in (0, 1)]
