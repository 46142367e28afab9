"""Who may do what."""

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import PERMISSIONS, ROLES, SYSTEM, Actor, can, check_may, names_of


@pytest.mark.parametrize(
    ("role", "permission", "may"),
    [
        ("source_handler", "tip.read", True),
        ("analyst", "tip.read", False),
        ("operation_lead", "tip.read", False),
        ("field_officer", "lead.read", False),
        ("field_officer", "check.record", True),
        ("press_officer", "lead.read", False),
        ("technical_administrator", "tip.read_sanitised", False),
        ("data_protection_officer", "audit.read", True),
        ("services_worker", "lead.read", False),
    ],
)
def test_a_role_carries_what_the_table_says(role, permission, may):
    actor = Actor("a-1", frozenset({role}))

    assert can(actor, permission) is may


def test_every_permission_is_held_by_a_known_role():
    assert all(holders and holders <= set(ROLES) for holders in PERMISSIONS.values())


def test_a_refusal_says_who_may():
    with pytest.raises(Refused, match="källhandläggare"):
        check_may(Actor("a-1", frozenset({"analyst"})), "tip.read")


def test_the_systems_own_work_is_let_through():
    check_may(SYSTEM, "tip.read")

    assert str(SYSTEM) == "system"


def test_role_names_keep_the_tables_order():
    assert names_of({"analyst", "source_handler"}) == "källhandläggare, analytiker"
