"""Takes in, with their titles and marks, what was written before."""

# ruff: noqa: S608 — nothing but constants of these files goes into its statements.

from importlib import import_module
from typing import Any

from django.db import migrations

index = import_module("forum.search.migrations.0005_titles_and_filters")

COLUMNS = index.COLUMNS
_POSTS = "FROM posts_post p JOIN posts_thread t ON t.id = p.thread_id WHERE p.status = 'visible'"
SQLITE = [
    f"""INSERT INTO search_entry ({COLUMNS})
        SELECT {index.post_values("p", index.SQLITE_SECONDS)} {_POSTS}""",
    f"""INSERT INTO search_entry ({COLUMNS})
        SELECT {index.essay_values("e", index.SQLITE_SECONDS)} FROM essays_essay e""",
    f"""INSERT INTO search_index (rowid, head, body, marks)
        SELECT e.position, {index.sqlite_words("p.folded", "")}
        FROM search_entry e JOIN posts_post p ON p.id = e.post_id ORDER BY e.position""",
    f"""INSERT INTO search_index (rowid, head, body, marks)
        SELECT e.position, {index.sqlite_words("", "s.folded")}
        FROM search_entry e JOIN essays_essay s ON s.id = e.essay_id
        WHERE e.kind = 'essay' ORDER BY e.position""",
]
POSTGRES = [
    f"""INSERT INTO search_entry ({COLUMNS}, words)
        SELECT {index.post_values("p", index.POSTGRES_SECONDS)},
            {index.postgres_words("p.folded", is_post=True)}
        {_POSTS}""",
    f"""INSERT INTO search_entry ({COLUMNS}, words)
        SELECT {index.essay_values("e", index.POSTGRES_SECONDS)},
            {index.postgres_words("e.folded", is_post=False)}
        FROM essays_essay e""",
]


def fill(_apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRES:
        schema_editor.execute(statement, None)


def empty(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')", None)
    schema_editor.execute("DELETE FROM search_entry", None)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_titles_and_filters")]

    operations = [migrations.RunPython(fill, empty)]
