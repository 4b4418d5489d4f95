"""Migrated tables, kept as a file between runs: all migrations take longer than most tests' files.

For SQLite, where a database is a file and a copy takes no time.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "tests"
# Whatever decides what the migrations make.
DECIDING = ("*/migrations/*.py", "forum/*/migrations/*.py", "requirements-test.txt")


def key() -> str:
    told = hashlib.sha256()
    for pattern in DECIDING:
        for path in sorted(ROOT.glob(pattern)):
            told.update(path.relative_to(ROOT).as_posix().encode())
            told.update(path.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def brought_to(path: Path) -> Iterator[None]:
    """Within, whoever migrates the file at this path finds it done, or does it for all who follow.

    Of several that start at once one migrates and the others wait for it.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{key()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            fcntl.flock(lock, fcntl.LOCK_UN)
            shutil.copyfile(kept, path)
            yield
            return
        yield
        _keep(path, kept)


def _keep(path: Path, kept: Path) -> None:
    unfinished = kept.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    source, copy = sqlite3.connect(path), sqlite3.connect(unfinished)
    source.backup(copy)
    source.close()
    copy.close()
    for older in KEPT.glob("*.sqlite3"):
        older.unlink()
    unfinished.rename(kept)
