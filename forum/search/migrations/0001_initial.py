"""The search index: a row for each thing that can be found, and its words.

`search_entry.position` is the order of results: essays, claims, counterpoints, comments, and the
newest first among each. SQLite keeps the words in an FTS5 table without content, since the lower
apps store the texts already; PostgreSQL keeps them in a column beside. Triggers keep both, so
nothing can be written, hidden or brought back past the index.

On SQLite, Django rebuilds a table to alter it, which loses the triggers on it. So a migration that
alters essays_essay, posts_post or posts_thread needs a neighbour here that drops these triggers
before it (`run_before`) and another that makes them again after it.
"""

# ruff: noqa: S608 — nothing but constants of this file goes into its statements.

from typing import Any

from django.db import migrations

# Twice the width of any id that will be given in earnest; the kind goes above it.
KIND_STEP = 1 << 48

POSITION = f"""CASE
    WHEN t.kind = 'discussion' THEN 1 WHEN NEW.depth > 0 THEN 2 ELSE 3
END * {KIND_STEP} + NEW.id"""
KIND = """CASE
    WHEN t.kind = 'discussion' THEN 'comment' WHEN NEW.depth > 0 THEN 'counterpoint' ELSE 'claim'
END"""
ESSAY_POSITION = f"4 * {KIND_STEP}"

TABLE = """CREATE TABLE search_entry (
    position bigint NOT NULL PRIMARY KEY,
    kind varchar(12) NOT NULL,
    essay_id bigint NOT NULL,
    thread_id bigint NULL,
    post_id bigint NULL UNIQUE{words}
)"""

_ADD_POST = f"""
    INSERT INTO search_entry (position, kind, essay_id, thread_id, post_id)
        SELECT {POSITION}, {KIND}, t.essay_id, t.id, NEW.id FROM posts_thread t
        WHERE t.id = NEW.thread_id AND NEW.status = 'visible';
    INSERT INTO search_index (rowid, words)
        SELECT position, NEW.folded FROM search_entry WHERE post_id = NEW.id;
"""
_DROP_POST = """
    INSERT INTO search_index (search_index, rowid, words)
        SELECT 'delete', position, OLD.folded FROM search_entry WHERE post_id = OLD.id;
    DELETE FROM search_entry WHERE post_id = OLD.id;
"""
_ADD_ESSAY = f"""
    INSERT INTO search_entry (position, kind, essay_id)
        VALUES ({ESSAY_POSITION} + NEW.id, 'essay', NEW.id);
    INSERT INTO search_index (rowid, words) VALUES ({ESSAY_POSITION} + NEW.id, NEW.folded);
"""
_DROP_ESSAY = f"""
    INSERT INTO search_index (search_index, rowid, words)
        SELECT 'delete', position, OLD.folded FROM search_entry
        WHERE position = {ESSAY_POSITION} + OLD.id;
    DELETE FROM search_entry WHERE position = {ESSAY_POSITION} + OLD.id;
"""

# A save of a whole row names every column, hence the conditions beside the columns.
SQLITE = [
    TABLE.format(words=""),
    """CREATE VIRTUAL TABLE search_index USING fts5(
        words, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0'
    )""",
    f"CREATE TRIGGER search_post_added AFTER INSERT ON posts_post BEGIN {_ADD_POST} END",
    f"""CREATE TRIGGER search_post_changed AFTER UPDATE OF folded, status ON posts_post
        WHEN OLD.folded <> NEW.folded OR OLD.status <> NEW.status
        BEGIN {_DROP_POST} {_ADD_POST} END""",
    f"CREATE TRIGGER search_post_gone AFTER DELETE ON posts_post BEGIN {_DROP_POST} END",
    f"CREATE TRIGGER search_essay_added AFTER INSERT ON essays_essay BEGIN {_ADD_ESSAY} END",
    f"""CREATE TRIGGER search_essay_changed AFTER UPDATE OF folded ON essays_essay
        WHEN OLD.folded <> NEW.folded
        BEGIN {_DROP_ESSAY} {_ADD_ESSAY} END""",
    f"CREATE TRIGGER search_essay_gone AFTER DELETE ON essays_essay BEGIN {_DROP_ESSAY} END",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS search_post_added",
    "DROP TRIGGER IF EXISTS search_post_changed",
    "DROP TRIGGER IF EXISTS search_post_gone",
    "DROP TRIGGER IF EXISTS search_essay_added",
    "DROP TRIGGER IF EXISTS search_essay_changed",
    "DROP TRIGGER IF EXISTS search_essay_gone",
    "DROP TABLE search_index",
    "DROP TABLE search_entry",
]

# PostgreSQL's parser knows hosts, paths and hyphenated words, and under the C locale it takes
# every character beyond ASCII for a letter. It is given bare words, so that it finds what FTS5
# finds. A tsvector holds one megabyte, hence the cut.
POSTGRES = [
    TABLE.format(words=",\n    words tsvector NOT NULL"),
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    r"""CREATE FUNCTION search_words(folded text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT to_tsvector('simple', regexp_replace(left(folded, 250000),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u2bff'
            '\u3000-\u3004\u3008-\u3020\ufe00-\ufe6f\U0001f000-\U0001faff]+', ' ', 'g'))
        $$""",
    f"""CREATE FUNCTION search_follow_post() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM search_entry WHERE post_id = OLD.id;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO search_entry (position, kind, essay_id, thread_id, post_id, words)
                    SELECT {POSITION}, {KIND}, t.essay_id, t.id, NEW.id, search_words(NEW.folded)
                    FROM posts_thread t WHERE t.id = NEW.thread_id AND NEW.status = 'visible';
            END IF;
            RETURN NULL;
        END $$""",
    f"""CREATE FUNCTION search_follow_essay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM search_entry WHERE position = {ESSAY_POSITION} + OLD.id;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO search_entry (position, kind, essay_id, words) VALUES
                    ({ESSAY_POSITION} + NEW.id, 'essay', NEW.id, search_words(NEW.folded));
            END IF;
            RETURN NULL;
        END $$""",
    """CREATE FUNCTION search_forget() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM search_entry WHERE (post_id IS NULL) = (TG_TABLE_NAME = 'essays_essay');
            RETURN NULL;
        END $$""",
    """CREATE TRIGGER search_post_came_or_went AFTER INSERT OR DELETE ON posts_post
        FOR EACH ROW EXECUTE FUNCTION search_follow_post()""",
    """CREATE TRIGGER search_post_changed AFTER UPDATE OF folded, status ON posts_post
        FOR EACH ROW WHEN (OLD.folded <> NEW.folded OR OLD.status <> NEW.status)
        EXECUTE FUNCTION search_follow_post()""",
    """CREATE TRIGGER search_post_emptied AFTER TRUNCATE ON posts_post
        FOR EACH STATEMENT EXECUTE FUNCTION search_forget()""",
    """CREATE TRIGGER search_essay_came_or_went AFTER INSERT OR DELETE ON essays_essay
        FOR EACH ROW EXECUTE FUNCTION search_follow_essay()""",
    """CREATE TRIGGER search_essay_changed AFTER UPDATE OF folded ON essays_essay
        FOR EACH ROW WHEN (OLD.folded <> NEW.folded)
        EXECUTE FUNCTION search_follow_essay()""",
    """CREATE TRIGGER search_essay_emptied AFTER TRUNCATE ON essays_essay
        FOR EACH STATEMENT EXECUTE FUNCTION search_forget()""",
]
POSTGRES_BACK = [
    "DROP FUNCTION search_follow_post() CASCADE",
    "DROP FUNCTION search_follow_essay() CASCADE",
    "DROP FUNCTION search_forget() CASCADE",
    "DROP TABLE search_entry",
    "DROP FUNCTION search_words(text)",
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
    initial = True

    dependencies = [
        ("essays", "0001_initial"),
        ("posts", "0001_initial"),
        ("counterpoints", "0001_initial"),
    ]

    operations = [migrations.RunPython(make, unmake)]
