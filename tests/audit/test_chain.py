"""The log: chained, whole, and closed to change."""

import pytest
from django.db import DatabaseError, connection, transaction

from nosvidere.audit.actions import record
from nosvidere.audit.models import AuditEvent, AuditHead
from nosvidere.audit.queries import events_for, verify_chain
from nosvidere.kernel.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_events(analyst, at):
    return [record(by=analyst, act=f"lead.read_{n}", at=at, fields={"n": n}) for n in range(3)]


GUARDS = {
    "sqlite": ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
    "postgresql": ("DROP TRIGGER audit_append_only ON audit_auditevent",),
}


def without_guard(sql: str, values: list[object]) -> None:
    """Change a row as someone with the database in hand could: with the triggers taken away."""
    with connection.cursor() as cursor:
        for guard in GUARDS[connection.vendor]:
            cursor.execute(guard)
        cursor.execute(sql, values)


def test_each_row_follows_from_the_one_before(three_events):
    assert [e.seq for e in three_events] == [1, 2, 3]
    assert three_events[1].previous_hash == three_events[0].hash
    assert verify_chain().broken_at is None


def test_an_empty_log_is_whole():
    assert verify_chain().events == 0
    assert verify_chain().broken_at is None


@pytest.mark.parametrize(
    ("sql", "values", "place"),
    [
        ("UPDATE audit_auditevent SET actor = %s WHERE seq = 2", ["someone-else"], 2),
        ("UPDATE audit_auditevent SET previous_hash = %s WHERE seq = 3", ["0" * 64], 3),
        ("DELETE FROM audit_auditevent WHERE seq = %s", [2], 3),
        ("DELETE FROM audit_auditevent WHERE seq = %s", [3], 3),
    ],
    ids=["changed", "unchained", "removed in the middle", "removed at the end"],
)
def test_a_change_behind_our_back_is_found(three_events, sql, values, place):
    without_guard(sql, values)

    assert verify_chain().broken_at == place
    assert verify_chain().reason


@pytest.mark.parametrize(
    "sql", ["UPDATE audit_auditevent SET actor = 'x'", "DELETE FROM audit_auditevent"]
)
def test_the_database_refuses_to_change_the_log(three_events, sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert AuditEvent.objects.count() == 3


def test_a_rolled_back_act_leaves_no_trace_and_no_gap(three_events, analyst, at):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(by=analyst, act="lead.assess", at=at)
        raise RuntimeError

    assert AuditHead.objects.get().seq == 3
    assert record(by=analyst, act="lead.assess", at=at).seq == 4


def test_only_the_data_protection_officer_reads_the_log(three_events, analyst, protection_officer):
    assert [e.seq for e in events_for(reader=protection_officer)] == [3, 2, 1]
    assert events_for(reader=protection_officer, act="lead.read_1", actor="analyst-1").count() == 1
    with pytest.raises(Refused):
        events_for(reader=analyst)


def test_an_event_names_its_object_but_not_what_it_says(analyst, at, three_events):
    event = record(by=analyst, act="log.read", on=three_events[0], at=at)

    assert (event.object_kind, event.object_id) == ("audit.auditevent", str(three_events[0].pk))
    assert str(event) == "4 log.read"
    assert str(AuditHead.objects.get()) == "4"
