"""The index anew: titles and statements apart from bodies, and what a search may be narrowed by.

Each entry has its `marks` in the index itself: on which essay it is, who speaks, of which kind it
is, in which month it was written. A search narrowed by them meets nothing else, however common its
words are. On SQLite they are a column of the FTS5 table; on PostgreSQL lexemes that begin with =,
which no word does.

`speaker_id` is the member who speaks; none where the essay's author does. Essays and claims keep
places above all other posts, which follow one another as they were written.

On SQLite, what 0001 says of tables that are rebuilt is true of these triggers too.
"""

# ruff: noqa: S608 — nothing but constants of this file goes into its statements.

from importlib import import_module
from typing import Any

from django.db import migrations

first = import_module("forum.search.migrations.0001_initial")
second = import_module("forum.search.migrations.0002_index_what_is_there")

KIND_STEP = 1 << 48
ESSAY_POSITION = f"4 * {KIND_STEP}"

TABLE = """CREATE TABLE search_entry (
    position bigint NOT NULL PRIMARY KEY,
    kind varchar(12) NOT NULL,
    essay_id bigint NOT NULL,
    thread_id bigint NULL,
    post_id bigint NULL UNIQUE,
    speaker_id bigint NULL,
    at bigint NULL{words}
)"""
COLUMNS = "position, kind, essay_id, thread_id, post_id, speaker_id, at"


def post_values(post: str, seconds: str) -> str:
    """What the columns are for a post of a thread `t`."""
    return f"""
        CASE WHEN t.kind = 'claim' AND {post}.depth = 0 THEN 3 ELSE 1 END * {KIND_STEP} + {post}.id,
        CASE WHEN t.kind = 'discussion' THEN 'comment'
            WHEN {post}.depth > 0 THEN 'counterpoint' ELSE 'claim' END,
        t.essay_id, t.id, {post}.id,
        CASE WHEN {post}.as_author THEN NULL ELSE {post}.author_id END,
        {seconds.format(moment=f"{post}.created_at")}
    """


def essay_values(essay: str, seconds: str) -> str:
    moment = seconds.format(moment=f"{essay}.published_at")
    return f"{ESSAY_POSITION} + {essay}.id, 'essay', {essay}.id, NULL, NULL, NULL, {moment}"


SQLITE_SECONDS = "CAST(strftime('%s', {moment}) AS integer)"
# Of an entry `e`. Letters before the numbers, so that a number is one thing only.
SQLITE_MARKS = """'k' || e.kind || ' e' || e.essay_id
    || CASE WHEN e.speaker_id IS NULL THEN ' s' || e.essay_id ELSE ' m' || e.speaker_id END
    || coalesce(strftime(' y%Y n%Y%m', e.at, 'unixepoch'), '')"""


def sqlite_words(post: str, essay: str) -> str:
    """Head, body and marks of an entry `e`; a title is the first line of what an essay stores."""
    of_post = f"CASE e.kind WHEN 'claim' THEN {post} ELSE '' END, \
        CASE e.kind WHEN 'claim' THEN '' ELSE {post} END"
    of_essay = f"substr({essay}, 1, instr({essay} || char(10), char(10)) - 1), \
        substr({essay}, instr({essay} || char(10), char(10)) + 1)"
    return f"{of_post if post else of_essay}, {SQLITE_MARKS}"


def _sqlite_into(row: str, where: str, *, is_post: bool, gone: bool) -> str:
    words = sqlite_words(f"{row}.folded" if is_post else "", f"{row}.folded")
    named = "search_index, rowid" if gone else "rowid"
    first_value = "'delete', e.position" if gone else "e.position"
    return f"""INSERT INTO search_index ({named}, head, body, marks)
        SELECT {first_value}, {words} FROM search_entry e WHERE {where};"""


_ADD_POST = f"""
    INSERT INTO search_entry ({COLUMNS})
        SELECT {post_values("NEW", SQLITE_SECONDS)} FROM posts_thread t
        WHERE t.id = NEW.thread_id AND NEW.status = 'visible';
    {_sqlite_into("NEW", "e.post_id = NEW.id", is_post=True, gone=False)}
"""
_DROP_POST = f"""
    {_sqlite_into("OLD", "e.post_id = OLD.id", is_post=True, gone=True)}
    DELETE FROM search_entry WHERE post_id = OLD.id;
"""
_NEW_ESSAY = f"e.position = {ESSAY_POSITION} + NEW.id"
_OLD_ESSAY = f"e.position = {ESSAY_POSITION} + OLD.id"
_ADD_ESSAY = f"""
    INSERT INTO search_entry ({COLUMNS}) VALUES ({essay_values("NEW", SQLITE_SECONDS)});
    {_sqlite_into("NEW", _NEW_ESSAY, is_post=False, gone=False)}
"""
_DROP_ESSAY = f"""
    {_sqlite_into("OLD", _OLD_ESSAY, is_post=False, gone=True)}
    DELETE FROM search_entry WHERE position = {ESSAY_POSITION} + OLD.id;
"""

# Without the sizes of columns, FTS5 weighs a word alike in a sentence and in an essay of hours.
SQLITE = [
    TABLE.format(words=""),
    """CREATE VIRTUAL TABLE search_index USING fts5(
        head, body, marks, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0'
    )""",
    f"CREATE TRIGGER search_post_added AFTER INSERT ON posts_post BEGIN {_ADD_POST} END",
    f"""CREATE TRIGGER search_post_changed AFTER UPDATE OF folded, status ON posts_post
        WHEN OLD.folded <> NEW.folded OR OLD.status <> NEW.status
        BEGIN {_DROP_POST} {_ADD_POST} END""",
    f"CREATE TRIGGER search_post_gone AFTER DELETE ON posts_post BEGIN {_DROP_POST} END",
    f"CREATE TRIGGER search_essay_added AFTER INSERT ON essays_essay BEGIN {_ADD_ESSAY} END",
    f"""CREATE TRIGGER search_essay_changed AFTER UPDATE OF folded, published_at ON essays_essay
        WHEN OLD.folded <> NEW.folded OR OLD.published_at IS NOT NEW.published_at
        BEGIN {_DROP_ESSAY} {_ADD_ESSAY} END""",
    f"CREATE TRIGGER search_essay_gone AFTER DELETE ON essays_essay BEGIN {_DROP_ESSAY} END",
]

POSTGRES_SECONDS = "floor(extract(epoch FROM {moment}))::bigint"
POSTGRES = [
    TABLE.format(words=",\n    words tsvector NOT NULL"),
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    next(statement for statement in first.POSTGRES if "FUNCTION search_words" in statement),
    # A word stands between a title and its text while they are joined: no phrase reaches across.
    """CREATE FUNCTION search_weighed(head text, body text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT setweight(search_words(head), 'A')
            || ts_delete(search_words('0between0 ' || body), '0between0')
        $$""",
    """CREATE FUNCTION search_marked(kind text, essay bigint, speaker bigint, at bigint)
        RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_to_tsvector(array_remove(ARRAY[
            '=k' || kind, '=e' || essay, coalesce('=m' || speaker, '=s' || essay),
            to_char(to_timestamp(at) AT TIME ZONE 'UTC', '"=y"YYYY'),
            to_char(to_timestamp(at) AT TIME ZONE 'UTC', '"=n"YYYYMM')
        ], NULL))
        $$""",
    """CREATE FUNCTION search_mark() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.words := NEW.words
                || search_marked(NEW.kind, NEW.essay_id, NEW.speaker_id, NEW.at);
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER mark_search_entry BEFORE INSERT ON search_entry
        FOR EACH ROW EXECUTE FUNCTION search_mark()""",
]


def postgres_words(folded: str, *, is_post: bool) -> str:
    if is_post:
        is_claim = "t.kind = 'claim' AND {row}.depth = 0".format(row=folded.partition(".")[0])
        return f"""search_weighed(CASE WHEN {is_claim} THEN {folded} ELSE '' END,
            CASE WHEN {is_claim} THEN '' ELSE {folded} END)"""
    return f"""search_weighed(split_part({folded}, E'\\n', 1),
        substr({folded}, strpos({folded} || E'\\n', E'\\n') + 1))"""


POSTGRES += [
    f"""CREATE FUNCTION search_follow_post() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM search_entry WHERE post_id = OLD.id;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO search_entry ({COLUMNS}, words)
                    SELECT {post_values("NEW", POSTGRES_SECONDS)},
                        {postgres_words("NEW.folded", is_post=True)}
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
                INSERT INTO search_entry ({COLUMNS}, words) VALUES
                    ({essay_values("NEW", POSTGRES_SECONDS)},
                    {postgres_words("NEW.folded", is_post=False)});
            END IF;
            RETURN NULL;
        END $$""",
    *(
        statement.replace("UPDATE OF folded ON essays_essay",
                          "UPDATE OF folded, published_at ON essays_essay")
        .replace("WHEN (OLD.folded <> NEW.folded)\n", """WHEN (OLD.folded <> NEW.folded
            OR OLD.published_at IS DISTINCT FROM NEW.published_at)\n""")
        for statement in first.POSTGRES
        if "FUNCTION search_forget()" in statement or "CREATE TRIGGER" in statement
    ),
]  # fmt: skip
POSTGRES_BACK = [
    *first.POSTGRES_BACK[:-1],
    "DROP FUNCTION search_mark()",
    "DROP FUNCTION search_marked(text, bigint, bigint, bigint)",
    "DROP FUNCTION search_weighed(text, text)",
    first.POSTGRES_BACK[-1],
]


def make(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    first.unmake(apps, schema_editor)
    for statement in SQLITE if is_sqlite else POSTGRES:
        schema_editor.execute(statement, None)


def unmake(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in first.SQLITE_BACK if is_sqlite else POSTGRES_BACK:
        schema_editor.execute(statement, None)
    first.make(apps, schema_editor)
    second.fill(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_follow_essays_again"),
        ("essays", "0002_the_living_essay"),
        ("posts", "0003_most_contested_first"),
    ]

    operations = [migrations.RunPython(make, unmake)]
