"""A post that goes over to another thread is found there: what may be read of it hangs on that.

Whoever takes SQLite's triggers off posts_post for a while has to put this one back too.
"""

from typing import Any

from django.db import migrations

MOVE = "UPDATE search_entry SET thread_id = NEW.thread_id WHERE post_id = NEW.id;"
CHANGED = "WHEN {0} OLD.thread_id <> NEW.thread_id {1}"

SQLITE = [
    f"""CREATE TRIGGER search_post_moved AFTER UPDATE OF thread_id ON posts_post
        {CHANGED.format("", "")} BEGIN {MOVE} END"""
]
SQLITE_BACK = ["DROP TRIGGER IF EXISTS search_post_moved"]
POSTGRES = [
    f"""CREATE FUNCTION search_move_post() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {MOVE} RETURN NULL; END $$""",
    f"""CREATE TRIGGER search_post_moved AFTER UPDATE OF thread_id ON posts_post
        FOR EACH ROW {CHANGED.format("(", ")")} EXECUTE FUNCTION search_move_post()""",
]
POSTGRES_BACK = ["DROP FUNCTION search_move_post() CASCADE"]


def make(_apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRES:
        schema_editor.execute(statement, None)


def unmake(_apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_BACK if is_sqlite else POSTGRES_BACK:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("search", "0006_index_all_again")]

    operations = [migrations.RunPython(make, unmake)]
