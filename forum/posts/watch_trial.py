"""What an entry of the watch list would have found among the last posts."""

from dataclasses import dataclass

from forum.guard.judging import is_hit
from forum.guard.models import WatchEntry
from forum.guard.patterns import read
from forum.posts.models import Post

# A second's work, and enough to see a pattern that finds half of all that is written.
LOOKED_AT = 1_000
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Trial:
    looked_at: int
    hits: int
    # The newest of them.
    shown: list[Post]


def try_out(entry: WatchEntry) -> Trial:
    """1 query, however much was written."""
    posts = Post.objects.select_related("author").order_by("-pk")
    last = posts.only("text", "html", "created_at", "author__username", "author__display_name")
    looked_at, found = 0, []
    for post in last[:LOOKED_AT]:
        looked_at += 1
        if is_hit(entry, read(post.text, post.html)):
            found.append(post)
    return Trial(looked_at, len(found), found[:SHOWN])
