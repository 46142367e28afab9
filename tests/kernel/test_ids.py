"""Identities."""

from nosvidere.kernel.ids import new_id


def test_ids_are_of_version_seven_and_differ():
    ids = [new_id() for _ in range(200)]

    assert {i.version for i in ids} == {7}
    assert len(set(ids)) == 200


def test_ids_of_later_milliseconds_sort_later():
    first = new_id()
    later = next(i for i in iter(new_id, None) if i.int >> 80 > first.int >> 80)

    assert later > first
