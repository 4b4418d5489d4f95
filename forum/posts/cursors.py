"""Where a page of a thread begins, as its address says it."""

from math import isfinite
from typing import NamedTuple

from forum.lib.converters import number_in
from forum.posts import paths


class Top(NamedTuple):
    pk: int
    best: float
    path: str
    branch_count: int


class Cursor(NamedTuple):
    """Where a page begins: after this post. `kept` had its place on the first page already."""

    best: float = 0.0
    pk: int = 0
    path: str = ""
    kept: int = 0


def after_of(order: str, top: Top, kept: int) -> str:
    if order != "best":
        return top.path
    # repr: the very same number again, so that no tie is broken otherwise on the next page.
    return f"{top.best!r}~{top.pk}" + (f"~{kept}" if kept else "")


def cursor_of(order: str, raw: str) -> Cursor | None:
    """Where the page begins; what no link of ours says means the first page."""
    if order != "best":
        return Cursor(path=raw) if is_path(raw) else None
    best, _, rest = raw.partition("~")
    first, _, second = rest.partition("~")
    pk, kept = number_in(first), number_in(second or "0")
    try:
        value = float(best)
    except ValueError:
        return None
    if pk is None or kept is None or not isfinite(value):
        return None
    return Cursor(best=value, pk=pk, kept=kept)


def is_path(raw: str) -> bool:
    return 0 < len(raw) <= paths.PATH_LENGTH and all(char in paths.DIGITS for char in raw)
