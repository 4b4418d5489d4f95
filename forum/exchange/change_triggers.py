"""Keeps the list of changes: triggers that the database runs in the transaction of each change.

They are made anew after every migration, and dropped before one that does something: on SQLite,
Django rebuilds a table to alter it, which loses its triggers, and fails where another one names
the table. So no migration of any app has to know of them, and what a migration changes is not in
the list.
"""

# ruff: noqa: S608 — nothing but constants of this file goes into its statements.

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

PREFIX = "change_of_"
SAY = "INSERT INTO exchange_change (moment, kind, object_id, act)"
# When readers can see what is done to an essay: now, or when its hour comes.
SEEN = "{latest}({now}, {published})"
ESSAY_SHOWS = "NEW.published_at IS NOT NULL AND NEW.current_revision_id IS NOT NULL"
CLAIMS_OF_IT = "FROM counterpoints_claim c WHERE c.essay_id = NEW.id"
POST_KIND = "CASE WHEN {row}.depth = 0 THEN 'claim' ELSE 'post' END"
POST_ID = "CASE WHEN {row}.depth = 0 THEN {row}.thread_id ELSE {row}.id END"


def _said(kind: str, number: str, act: str) -> str:
    return f"{SAY} VALUES ({{now}}, {kind}, {number}, {act});"


def _post(act: str, row: str = "NEW") -> str:
    """Of a claim's opening it is said of the claim, whose number is that of its thread."""
    return _said(POST_KIND.format(row=row), POST_ID.format(row=row), act)


def _differs(*columns: str) -> str:
    return " OR ".join(f"OLD.{name} {{differs}} NEW.{name}" for name in columns)


@dataclass(frozen=True, slots=True)
class Trigger:
    name: str
    event: str
    table: str
    when: str
    statements: str


TRIGGERS = [
    # All that hangs on an essay comes into sight with it.
    Trigger(
        "essay_published", "UPDATE OF published_at", "essays_essay",
        f"{ESSAY_SHOWS} AND ({_differs('published_at')})",
        f"""{SAY} VALUES ({SEEN}, 'essay', NEW.id, 'published');
        {SAY} SELECT {SEEN}, 'revision', r.id, 'made' FROM essays_revision r
            WHERE r.essay_id = NEW.id AND r.id <= NEW.current_revision_id ORDER BY r.id;
        {SAY} SELECT {SEEN}, 'claim', c.thread_id, 'made' {CLAIMS_OF_IT} ORDER BY c.thread_id;
        {SAY} SELECT {SEEN}, 'post', p.id, 'made' FROM posts_post p
            JOIN posts_thread t ON t.id = p.thread_id
            WHERE t.essay_id = NEW.id AND p.depth > 0 ORDER BY p.id;""",
    ),
    Trigger(
        "essay_revised", "UPDATE OF current_revision_id", "essays_essay",
        f"{ESSAY_SHOWS} AND ({_differs('current_revision_id')})",
        f"""{SAY} VALUES ({SEEN}, 'essay', NEW.id,
            CASE WHEN OLD.current_revision_id IS NULL THEN 'published' ELSE 'revised' END);
        {SAY} SELECT {SEEN}, 'revision', r.id, 'made' FROM essays_revision r
            WHERE r.essay_id = NEW.id AND r.id <= NEW.current_revision_id
            AND r.id > COALESCE(OLD.current_revision_id, 0) ORDER BY r.id;
        {SAY} SELECT {SEEN}, 'claim', c.thread_id, 'moved' {CLAIMS_OF_IT} ORDER BY c.thread_id;""",
    ),
    Trigger(
        "essay_withdrawn", "UPDATE OF published_at", "essays_essay",
        "OLD.published_at IS NOT NULL"
        " AND (NEW.published_at IS NULL OR NEW.published_at > OLD.published_at)",
        _said("'essay'", "NEW.id", "'withdrawn'"),
    ),
    Trigger(
        "essay_edited",
        "UPDATE OF slug, title, author_name, summary, retired_at, redirects_to_id", "essays_essay",
        _differs("slug", "title", "author_name", "summary", "retired_at", "redirects_to_id"),
        _said("'essay'", "NEW.id", "'edited'"),
    ),
    Trigger(
        "essay_gone", "DELETE", "essays_essay", "", _said("'essay'", "OLD.id", "'deleted'")
    ),
    Trigger(
        "tag_given", "INSERT", "essays_essaytag", "",
        _said("'essay'", "NEW.content_object_id", "'edited'"),
    ),
    Trigger(
        "tag_taken", "DELETE", "essays_essaytag", "",
        _said("'essay'", "OLD.content_object_id", "'edited'"),
    ),
    Trigger(
        "claim_relabelled", "UPDATE OF label, decided_by_id, is_frozen", "counterpoints_claim",
        _differs("label", "decided_by_id", "is_frozen"),
        _said("'claim'", "NEW.thread_id", "'relabelled'"),
    ),
    Trigger(
        "claim_edited", "UPDATE OF is_key, passage_id, merged_into_id", "counterpoints_claim",
        _differs("is_key", "passage_id", "merged_into_id"),
        _said("'claim'", "NEW.thread_id", "'edited'"),
    ),
    Trigger(
        "claim_gone", "DELETE", "counterpoints_claim", "",
        _said("'claim'", "OLD.thread_id", "'deleted'"),
    ),
    Trigger(
        "post_made", "INSERT", "posts_post", "",
        _post("CASE WHEN NEW.status = 'visible' THEN 'made' ELSE NEW.status END"),
    ),
    Trigger("post_edited", "UPDATE OF source", "posts_post", _differs("source"), _post("'edited'")),
    Trigger(
        "post_status", "UPDATE OF status", "posts_post", _differs("status"),
        _post("CASE WHEN NEW.status = 'visible' THEN 'restored' ELSE NEW.status END"),
    ),
    # What was done in its debate meanwhile was kept back.
    Trigger(
        "claim_restored", "UPDATE OF status", "posts_post",
        f"NEW.depth = 0 AND NEW.status = 'visible' AND ({_differs('status')})",
        f"""{SAY} SELECT {{now}}, 'post', p.id, 'restored' FROM posts_post p
            WHERE p.thread_id = NEW.thread_id AND p.depth > 0 ORDER BY p.id;""",
    ),
    Trigger(
        "post_moved", "UPDATE OF thread_id, parent_id", "posts_post",
        _differs("thread_id", "parent_id"), _post("'moved'"),
    ),
    Trigger("post_gone", "DELETE", "posts_post", "", _post("'deleted'", row="OLD")),
    Trigger(
        "counterpoint_edited", "UPDATE OF restatement, relation, claim_id, target_id",
        "counterpoints_counterpoint", _differs("restatement", "relation", "claim_id", "target_id"),
        _said("'post'", "NEW.post_id", "'edited'"),
    ),
    # A new name, or none any more: only of those of whom readers have read.
    Trigger(
        "author_edited", "UPDATE OF username, display_name, is_active", "accounts_user",
        f"OLD.post_count > 0 AND ({_differs('username', 'display_name', 'is_active')})",
        _said("'author'", "NEW.id", "'edited'"),
    ),
]  # fmt: skip
TABLES = {"exchange_change"} | {trigger.table for trigger in TRIGGERS}

WORDS = {
    "sqlite": {
        "latest": "max",
        "differs": "IS NOT",
        "now": (
            "(CAST(strftime('%s', 'now') AS INTEGER) * 1000000"
            " + CAST(substr(strftime('%f', 'now'), 4, 3) AS INTEGER) * 1000)"
        ),
        # Thousandths are all that it reads: the last of them, so as not to be too early.
        "published": (
            "(CAST(strftime('%s', NEW.published_at) AS INTEGER) * 1000000"
            " + CAST(substr(strftime('%f', NEW.published_at), 4, 3) AS INTEGER) * 1000 + 999)"
        ),
    },
    "postgresql": {
        "latest": "greatest",
        "differs": "IS DISTINCT FROM",
        "now": "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
        "published": "ceil(extract(epoch FROM NEW.published_at) * 1000000)::bigint",
    },
}


def make_triggers(*, using: str, **_signal: Any) -> None:
    """As they are written here; where they are so already, nothing is done. Of tables that some
    migration has yet to make as they are written of, none.
    """
    connection = connections[using]
    if connection.vendor not in WORDS or not set(connection.introspection.table_names()) >= TABLES:
        return
    wanted = {f"{PREFIX}{trigger.name}": trigger for trigger in TRIGGERS}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if _marks(cursor, connection.vendor) == {
            name: _mark(trigger, connection.vendor) for name, trigger in wanted.items()
        }:
            return
        _drop_all(cursor, connection.vendor)
        if not _is_up_to_date(connection):
            return
        for trigger in TRIGGERS:
            for statement in _making(trigger, connection.vendor):
                cursor.execute(statement)


def _is_up_to_date(connection: Any) -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def drop_triggers(*, using: str, plan: Any = (), **_signal: Any) -> None:
    connection = connections[using]
    if plan and connection.vendor in WORDS:
        with connection.cursor() as cursor:
            _drop_all(cursor, connection.vendor)


def _making(trigger: Trigger, vendor: str) -> Iterator[str]:
    words = WORDS[vendor]
    name, said = f"{PREFIX}{trigger.name}", trigger.statements.format(**words)
    when = f"WHEN ({trigger.when.format(**words)})" if trigger.when else ""
    head = f"CREATE TRIGGER {name} AFTER {trigger.event} ON {trigger.table} FOR EACH ROW {when}"
    if vendor == "sqlite":
        yield f"{head} BEGIN {said} END"
        return
    yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {said} RETURN NULL; END $$"""
    yield f"{head} EXECUTE FUNCTION {name}()"
    yield f"COMMENT ON TRIGGER {name} ON {trigger.table} IS '{_mark(trigger, vendor)}'"


def _mark(trigger: Trigger, vendor: str) -> str:
    """By which it is known whether the one in the database is this one."""
    if vendor == "sqlite":
        return next(_making(trigger, vendor))
    return sha256(repr(trigger).encode() + repr(WORDS[vendor]).encode()).hexdigest()


def _marks(cursor: Any, vendor: str) -> dict[str, str]:
    if vendor == "sqlite":
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    else:
        sql = (
            "SELECT tgname, obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgname LIKE %s"
        )
    cursor.execute(sql, [f"{PREFIX}%"])
    return dict(cursor.fetchall())


def _drop_all(cursor: Any, vendor: str) -> None:
    for name in _marks(cursor, vendor):
        if vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')
