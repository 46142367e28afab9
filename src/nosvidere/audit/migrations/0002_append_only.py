"""The database itself refuses to change or remove a row of the log."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditevent
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""
SQLITE_BACK = "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;"
POSTGRES = """
CREATE FUNCTION audit_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the log is append-only'; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditevent
FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
POSTGRES_BACK = "DROP TRIGGER audit_append_only ON audit_auditevent; DROP FUNCTION audit_refuse();"


def guard(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRES})


def unguard(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRES_BACK})


def run(schema_editor, scripts):
    script = scripts[schema_editor.connection.vendor]
    if schema_editor.connection.vendor == "sqlite":
        for statement in split_triggers(script):
            schema_editor.execute(statement)
    else:
        schema_editor.execute(script)


def split_triggers(script):
    """Yield whole statements: a trigger's body ends with END."""
    if "END;" in script:
        return [part.strip() + " END" for part in script.split("END;") if part.strip()]
    return [part.strip() for part in script.split(";") if part.strip()]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
