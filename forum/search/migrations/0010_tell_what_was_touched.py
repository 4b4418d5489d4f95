"""Which entries came, went or moved, in the order in which it was done: whoever kept what a search
found looks for these again, and for nothing else. `tidy` forgets it after a day.

On PostgreSQL a number does not tell what is new, since whoever got the lower one may end last: so
each row says which transaction wrote it.
"""

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE TABLE search_touched (
        id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        position bigint NOT NULL,
        at bigint NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS integer))
    )""",
    """CREATE TRIGGER touched_by_insert AFTER INSERT ON search_entry
        BEGIN INSERT INTO search_touched (position) VALUES (NEW.position); END""",
    """CREATE TRIGGER touched_by_update AFTER UPDATE ON search_entry
        BEGIN INSERT INTO search_touched (position) VALUES (NEW.position); END""",
    """CREATE TRIGGER touched_by_delete AFTER DELETE ON search_entry
        BEGIN INSERT INTO search_touched (position) VALUES (OLD.position); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS touched_by_insert",
    "DROP TRIGGER IF EXISTS touched_by_update",
    "DROP TRIGGER IF EXISTS touched_by_delete",
    "DROP TABLE search_touched",
]
POSTGRES = [
    """CREATE TABLE search_touched (
        id bigserial NOT NULL PRIMARY KEY,
        position bigint NOT NULL,
        at bigint NOT NULL DEFAULT floor(extract(epoch FROM now()))::bigint,
        written_by xid8 NOT NULL DEFAULT pg_current_xact_id()
    )""",
    "CREATE INDEX search_touched_by ON search_touched (written_by)",
    """CREATE FUNCTION search_touch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO search_touched (position) VALUES (
                CASE WHEN TG_OP = 'DELETE' THEN OLD.position ELSE NEW.position END
            );
            RETURN NULL;
        END $$""",
    """CREATE TRIGGER touched AFTER INSERT OR UPDATE OR DELETE ON search_entry
        FOR EACH ROW EXECUTE FUNCTION search_touch()""",
]
POSTGRES_BACK = ["DROP FUNCTION search_touch() CASCADE", "DROP TABLE search_touched"]


def make(_apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRES:
        schema_editor.execute(statement, None)


def unmake(_apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_BACK if is_sqlite else POSTGRES_BACK:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("search", "0009_index_moved_posts_again")]

    operations = [migrations.RunPython(make, unmake)]
