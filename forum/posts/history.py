"""What a post said before each of its edits, the newest change first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.lib.converters import number_in
from forum.posts.diffing import Part, difference
from forum.posts.models import Post

# Each is a comparison of two texts: a page stays quick however often somebody edits.
CHANGES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    source: str
    written_at: datetime
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    version: Version
    paragraphs: list[list[Part]]
    # A version that was taken down is named, not shown.
    is_readable: bool


@dataclass(frozen=True, slots=True)
class History:
    changes: list[Change]
    # The oldest version, whole, on the page that ends with it.
    first: Version | None = None
    next_before: int | None = None


def changes_of(post: Post, user: Any, *, before: str = "") -> History:
    """A page of changes, those that made the versions below number `before`; 1 query."""
    limit = number_in(before)
    may_read_all = getattr(user, "is_moderator", False) or post.author_id == user.pk
    earlier = post.versions.order_by("-number")
    if limit is not None:
        earlier = earlier.filter(number__lt=limit)
    versions = [
        Version(row.number, row.source, row.written_at, row.is_public or may_read_all)
        for row in earlier[: CHANGES_SHOWN + 2]
    ]
    if limit is None or limit > post.edit_count + 1:
        now = Version(post.edit_count + 1, post.source, post.edited_at or post.created_at)
        versions.insert(0, now)
    pairs = list(zip(versions, versions[1:], strict=False))
    changes = [_change(old, new) for new, old in pairs[:CHANGES_SHOWN]]
    if len(pairs) > CHANGES_SHOWN:
        return History(changes, next_before=versions[CHANGES_SHOWN].number + 1)
    return History(changes, first=versions[-1] if versions else None)


def _change(old: Version, new: Version) -> Change:
    is_readable = old.is_readable and new.is_readable
    return Change(new, difference(old.source, new.source) if is_readable else [], is_readable)
