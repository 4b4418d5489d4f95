"""Posts that went over to another essay before 0008 are found there, too."""

from importlib import import_module
from typing import Any

from django.db import migrations

marked = import_module("forum.search.migrations.0005_titles_and_filters")

MOVED = """SELECT e.post_id FROM search_entry e JOIN posts_thread t ON t.id = e.thread_id
    WHERE t.essay_id <> e.essay_id"""

# With what strftime takes told from what is filled in.
_WORDS = marked.sqlite_words("p.folded", "").replace("%", "%%")
_OF_POST = "FROM search_entry e JOIN posts_post p ON p.id = e.post_id WHERE e.post_id = %s"
_ESSAY = """UPDATE search_entry SET essay_id = (
        SELECT t.essay_id FROM posts_thread t WHERE t.id = search_entry.thread_id
    ) WHERE post_id = %s"""
SQLITE = [
    f"""INSERT INTO search_index (search_index, rowid, head, body, marks)
        SELECT 'delete', e.position, {_WORDS} {_OF_POST}""",
    _ESSAY,
    f"INSERT INTO search_index (rowid, head, body, marks) SELECT e.position, {_WORDS} {_OF_POST}",
]
POSTGRES = [
    """UPDATE search_entry SET words = ts_delete(words, ARRAY['=e' || essay_id, '=s' || essay_id])
        WHERE post_id = %s""",
    _ESSAY,
    """UPDATE search_entry SET words = words || search_marked(kind, essay_id, speaker_id, at)
        WHERE post_id = %s""",
]


def repair(_apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(MOVED)
        for found in cursor.fetchall():
            for statement in SQLITE if connection.vendor == "sqlite" else POSTGRES:
                cursor.execute(statement, found)


class Migration(migrations.Migration):
    dependencies = [("search", "0008_follow_posts_to_other_essays")]

    operations = [migrations.RunPython(repair, migrations.RunPython.noop)]
