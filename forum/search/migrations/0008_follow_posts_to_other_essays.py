"""A post that goes over to another essay is found there: its essay is among its marks, too.

Whoever takes SQLite's triggers off posts_post for a while has to put these back too.
"""

# ruff: noqa: S608 — nothing but constants of these files goes into its statements.

from importlib import import_module
from typing import Any

from django.db import migrations

marked = import_module("forum.search.migrations.0005_titles_and_filters")
before = import_module("forum.search.migrations.0007_follow_posts_that_move")

ESSAY = "(SELECT essay_id FROM posts_thread WHERE id = {row}.thread_id)"
OLD_ESSAY, NEW_ESSAY = ESSAY.format(row="OLD"), ESSAY.format(row="NEW")

# Where its words or its status change with it, the trigger of these indexes it anew.
SQLITE = [
    f"""CREATE TRIGGER search_post_left AFTER UPDATE OF thread_id ON posts_post
        WHEN {OLD_ESSAY} <> {NEW_ESSAY}
            AND OLD.folded = NEW.folded AND OLD.status = NEW.status
        BEGIN {marked._DROP_POST} {marked._ADD_POST} END"""
]
SQLITE_BACK = ["DROP TRIGGER IF EXISTS search_post_left"]

_FROM_THREAD = "FROM posts_thread t WHERE t.id = NEW.thread_id AND NEW.status = 'visible'"
POSTGRES = [
    f"""CREATE OR REPLACE FUNCTION search_move_post() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {OLD_ESSAY} = {NEW_ESSAY} THEN
                {before.MOVE}
            ELSE
                DELETE FROM search_entry WHERE post_id = OLD.id;
                INSERT INTO search_entry ({marked.COLUMNS}, words)
                    SELECT {marked.post_values("NEW", marked.POSTGRES_SECONDS)},
                        {marked.postgres_words("NEW.folded", is_post=True)} {_FROM_THREAD};
            END IF;
            RETURN NULL;
        END $$""",
]
POSTGRES_BACK = [
    before.POSTGRES[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
]


def make(_apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRES:
        schema_editor.execute(statement, None)


def unmake(_apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_BACK if is_sqlite else POSTGRES_BACK:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("search", "0007_follow_posts_that_move")]

    operations = [migrations.RunPython(make, unmake)]
