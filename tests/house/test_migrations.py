"""Migrations run down and up, and nothing waits to be written."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

APPS = (
    "audit", "accounts", "courier", "drop", "register", "intake", "leads", "operations", "field", "landlords",
    "support", "services", "picture",
)  # fmt: skip


@pytest.mark.django_db
def test_no_model_differs_from_its_migrations():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("app", APPS)
def test_an_apps_history_is_one_line(app):
    leaves = MigrationLoader(connection).graph.leaf_nodes(app)

    assert len(leaves) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_migration_runs_down_and_up():
    from nosvidere.audit.models import AuditHead

    try:
        for app in reversed(APPS):
            call_command("migrate", app, "zero", verbosity=0)
        assert not [t for t in connection.introspection.table_names() if t.startswith("leads_")]
    finally:
        call_command("migrate", verbosity=0)

    AuditHead.objects.get_or_create(id=1)
    assert AuditHead.objects.count() == 1
