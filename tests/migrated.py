"""Migrated tables, kept as a file between runs: all migrations take longer than most tests' files.

For SQLite, where a database is a file and a copy takes no time.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
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


def bring(path: Path) -> Callable[[], None]:
    """Put the migrated tables where the test database will be, if they are kept; and give what to
    call once it is migrated, which keeps them if they were not.

    Of several that start at once one migrates, and the others wait until it is done or has ended.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{key()}.sqlite3"
    # Held until this process ends, unless it is given back before.
    lock = os.open(KEPT / "lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    if kept.exists():
        shutil.copyfile(kept, path)
        os.close(lock)
        return lambda: None

    def keep() -> None:
        _keep(path, kept)
        os.close(lock)

    return keep


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
