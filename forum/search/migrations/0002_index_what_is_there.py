"""Takes in what was written before there was an index."""

from typing import Any

from django.db import migrations

POSITION = """CASE
    WHEN t.kind = 'discussion' THEN 1 WHEN p.depth > 0 THEN 2 ELSE 3
END * 281474976710656 + p.id"""
KIND = """CASE
    WHEN t.kind = 'discussion' THEN 'comment' WHEN p.depth > 0 THEN 'counterpoint' ELSE 'claim'
END"""
POSTS = "FROM posts_post p JOIN posts_thread t ON t.id = p.thread_id WHERE p.status = 'visible'"

SQLITE = [
    f"""INSERT INTO search_entry (position, kind, essay_id, thread_id, post_id)
        SELECT {POSITION}, {KIND}, t.essay_id, t.id, p.id {POSTS}""",
    """INSERT INTO search_entry (position, kind, essay_id)
        SELECT 4 * 281474976710656 + id, 'essay', id FROM essays_essay""",
    """INSERT INTO search_index (rowid, words)
        SELECT s.position, coalesce(p.folded, e.folded) FROM search_entry s
        LEFT JOIN posts_post p ON p.id = s.post_id
        JOIN essays_essay e ON e.id = s.essay_id
        ORDER BY s.position""",
]
POSTGRES = [
    f"""INSERT INTO search_entry (position, kind, essay_id, thread_id, post_id, words)
        SELECT {POSITION}, {KIND}, t.essay_id, t.id, p.id, search_words(p.folded) {POSTS}""",
    """INSERT INTO search_entry (position, kind, essay_id, words)
        SELECT 4 * 281474976710656 + id, 'essay', id, search_words(folded) FROM essays_essay""",
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
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
