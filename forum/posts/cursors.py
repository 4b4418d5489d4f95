"""Where a page of a thread begins, as its address says it."""

from math import isfinite
from typing import NamedTuple

from forum.lib.converters import number_in
from forum.posts import paths

# The orders by a number; in the others the path tells the place.
RANKED = ("best", "contested")


class Top(NamedTuple):
    """A top-level post; `ranked_by` is its number in an order by one."""

    pk: int
    ranked_by: float
    path: str
    branch_count: int


class Cursor(NamedTuple):
    """Where a page begins: after this post. `kept` had its place on the first page already."""

    ranked_by: float = 0.0
    pk: int = 0
    path: str = ""
    kept: int = 0


def after_of(order: str, top: Top, kept: int) -> str:
    if order not in RANKED:
        return top.path
    # repr: the very same number again, so that no tie is broken otherwise on the next page.
    return f"{top.ranked_by!r}~{top.pk}" + (f"~{kept}" if kept else "")


def cursor_of(order: str, raw: str) -> Cursor | None:
    """Where the page begins; what no link of ours says means the first page."""
    if order not in RANKED:
        return Cursor(path=raw) if is_path(raw) else None
    number, _, rest = raw.partition("~")
    first, _, second = rest.partition("~")
    # Votes are whole: compared with anything else, they would not be looked up in their index.
    rank = number_in(number) if order == "contested" else share_in(number)
    pk, kept = number_in(first), number_in(second or "0")
    if rank is None or pk is None or kept is None:
        return None
    return Cursor(ranked_by=rank, pk=pk, kept=kept)


def share_in(raw: str) -> float | None:
    """The bound that an address says; None if that is no number."""
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if isfinite(value) else None


def is_path(raw: str) -> bool:
    return 0 < len(raw) <= paths.PATH_LENGTH and all(char in paths.DIGITS for char in raw)
