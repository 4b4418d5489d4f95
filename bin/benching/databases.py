"""Generated databases, one a size: kept as files between runs, or made anew on PostgreSQL."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / "var" / "bench"
FILE = "counterpoint.sqlite3"
# Whatever decides what a generated database holds.
DECIDING = (
    "*/**/migrations/*.py",
    "forum/load/*.py",
    "forum/management/commands/generate.py",
    "forum/posts/cards.py",
    "forum/posts/fragments.py",
    "forum/posts/paths.py",
    "forum/posts/ranking.py",
    "forum/counterpoints/standing*.py",
    "forum/lib/markdown.py",
    "forum/lib/rendering.py",
    "templates/posts/_card.html",
)
PREFIX = "counterpoint_bench_"
BUSIEST = "FROM posts_thread WHERE kind = 'discussion' ORDER BY post_count DESC LIMIT 1"
CHANGES = (
    # It says one word more, and the next time no more: the index of words follows it.
    f"""UPDATE posts_post SET folded = CASE WHEN folded LIKE '% again'
            THEN substr(folded, 1, length(folded) - 6) ELSE folded || ' again' END
        WHERE id = (SELECT max(id) FROM posts_post WHERE thread_id = (SELECT id {BUSIEST}))
    """,  # noqa: S608 — constants only
    f"""UPDATE essays_essay SET version = version + 1
        WHERE id = (SELECT essay_id {BUSIEST})
    """,  # noqa: S608 — constants only
)


def key() -> str:
    told = hashlib.sha256()
    for pattern in DECIDING:
        for path in sorted(ROOT.glob(pattern)):
            told.update(path.read_bytes())
    return told.hexdigest()[:12]


def manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)


def fill(environment: dict[str, str], posts: int) -> None:
    manage(environment, "migrate", "-v0")
    manage(environment, "createcachetable", "-v0")
    manage(environment, "generate", "--posts", str(posts))


def with_database(environment: dict[str, str], folder: Path, posts: int) -> dict[str, str]:
    """The environment in which the site finds a generated database of this size."""
    folder.mkdir(parents=True)
    here = {**environment, "DATA_DIR": str(folder)}
    if url := os.environ.get("DATABASE_URL"):
        here["DATABASE_URL"] = make_postgres(url, f"{PREFIX}{posts}")
        fill(here, posts)
        tidy(here["DATABASE_URL"])
        return here
    kept = KEPT / f"{key()}-{posts}"
    if not (kept / FILE).exists():
        forget_older(posts)
        unfinished = kept.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        fill({**here, "DATA_DIR": str(unfinished)}, posts)
        unfinished.rename(kept)
    # A copy: measuring writes into it.
    shutil.copy2(kept / FILE, folder / FILE)
    return here


def changer(environment: dict[str, str]) -> Callable[[], None]:
    """Changes the newest post on the essay that is debated most, and raises its version: whatever
    was kept of its pages is not asked for again, nor what searches found before they looked there.
    """
    connection: Any
    if url := environment.get("DATABASE_URL"):
        import psycopg  # noqa: PLC0415 — only where PostgreSQL is asked for

        connection = psycopg.connect(url, autocommit=True)
    else:
        file = Path(environment["DATA_DIR"]) / FILE
        connection = sqlite3.connect(file, isolation_level=None, timeout=20)

    def change() -> None:
        for statement in CHANGES:
            connection.execute(statement)

    return change


def forget_older(posts: int) -> None:
    for old in KEPT.glob(f"*-{posts}"):
        shutil.rmtree(old)


def make_postgres(url: str, name: str) -> str:
    import psycopg  # noqa: PLC0415 — only where PostgreSQL is asked for
    from psycopg import sql  # noqa: PLC0415

    with psycopg.connect(url, autocommit=True) as connection:
        quoted = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def tidy(url: str) -> None:
    """Do PostgreSQL's housekeeping now, that it may not happen while somebody measures."""
    import psycopg  # noqa: PLC0415

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def postgres_processes() -> list[int]:
    """The server's first process, if it runs on this machine: its CPU counts too."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return []
    import psycopg  # noqa: PLC0415

    with psycopg.connect(url) as connection:
        pid = connection.info.backend_pid
    return [parent] if (parent := _parent(pid)) else []


def _parent(pid: int) -> int | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    name, _, rest = stat.partition("(")[2].rpartition(")")
    return int(rest.split()[1]) if "postgres" in name else None
