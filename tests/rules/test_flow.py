"""State machines."""

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.flow import flow
from nosvidere.rules.flows import FLOWS


@pytest.fixture
def door():
    return flow(
        "door",
        {
            "SHUT": ("stängd", ("OPEN",)),
            "OPEN": ("öppen", ("SHUT", "GONE")),
            "GONE": ("borta", ()),
        },
    )


def test_a_step_that_the_table_holds_passes(door):
    door.check("SHUT", "OPEN")

    assert door.can("OPEN", "GONE")


def test_a_step_that_it_lacks_is_refused_in_words(door):
    with pytest.raises(Refused, match="från läget ”stängd” till ”borta”"):
        door.check("SHUT", "GONE")


def test_the_ends_are_the_states_that_nothing_follows(door):
    assert door.ends() == {"GONE"}


def test_the_drawing_shows_every_step(door):
    assert door.drawing().splitlines() == [
        "stateDiagram-v2",
        "    SHUT --> OPEN",
        "    OPEN --> GONE",
        "    OPEN --> SHUT",
    ]


def test_choices_are_states_with_words(door):
    assert door.choices()[0] == ("SHUT", "stängd")


def test_a_state_without_a_row_is_an_error():
    with pytest.raises(ValueError, match="not complete"):
        flow("broken", {"A": ("a", ("B",))})


@pytest.mark.parametrize("machine", FLOWS, ids=lambda m: m.name)
def test_every_state_is_reached_from_the_first(machine):
    first = next(iter(machine.words))
    reached, waiting = {first}, [first]
    while waiting:
        new = machine.following[waiting.pop()] - reached
        reached |= new
        waiting += sorted(new)

    assert reached == set(machine.words)


@pytest.mark.parametrize("machine", FLOWS, ids=lambda m: m.name)
def test_every_state_leads_to_an_end(machine):
    leads = set(machine.ends())
    while more := {
        s for s, after in machine.following.items() if s not in leads and after & leads
    }:
        leads |= more

    assert leads == set(machine.words)
