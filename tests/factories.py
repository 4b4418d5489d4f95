"""What a test needs, saying only what matters: the rest is made up."""

from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from django.utils import timezone

from essays.actions import make_current
from essays.models import Essay, Revision
from forum.accounts.models import MEMBER, NEW, User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Claim, Counterpoint
from forum.discussion import actions as discussion
from forum.posts import votes
from forum.posts.models import Post

_numbers = count(1)

SOURCE = """\
## Straw

The horse choked before the collar came. Nobody knew why. Everybody blamed the horse.

Then a ring of straw changed the fields. It was cheap, and any saddler could make it.

## Oats

Towns grew where horses pulled. The lord counted silver. He did not count days any more.
"""


def make_user(username: str = "", **fields) -> User:
    username = username or f"member{next(_numbers)}"
    fields.setdefault("email", f"{username}@example.org")
    # Their votes count.
    fields.setdefault("trust_level", MEMBER)
    return User.objects.create_user(username=username, password="a long pass phrase", **fields)


def make_newcomer(username: str = "", **fields) -> User:
    """Whose account is new: their votes do not count, and their limits are the tightest."""
    fields.setdefault("trust_level", NEW)
    return make_user(username, **fields)


def make_moderator(username: str = "", **fields) -> User:
    return make_user(username, is_moderator=True, **fields)


def make_editor(username: str = "", **fields) -> User:
    return make_user(username, is_editor=True, is_staff=True, **fields)


def make_essay(title: str = "", source: str = SOURCE, *, published: bool = True, **fields) -> Essay:
    number = next(_numbers)
    fields.setdefault("slug", f"essay-{number}")
    fields.setdefault("author_name", "Septimus Thornapple")
    fields.setdefault("summary", "An essay about straw.")
    if published:
        fields.setdefault("published_at", datetime(2026, 1, 1, 9, tzinfo=UTC))
    essay = Essay.objects.create(title=title or f"Essay {number}", **fields)
    revision = Revision.objects.create(
        essay=essay, number=1, source=source, created_at=timezone.now()
    )
    make_current(essay, revision)
    return essay


def place_of(essay: Essay, words: str) -> tuple[int, int]:
    start = essay.current_revision.text.index(words)
    return start, start + len(words)


def make_claim(
    essay: Essay | None = None, words: str = "Nobody knew why.", *, author: User | None = None,
    statement: str = "Nobody knew why the horse choked.", **fields,
) -> Claim:  # fmt: skip
    """A claim that nobody has answered yet."""
    essay = essay or make_essay()
    start, end = place_of(essay, words)
    return counterpoints.mark_claim(
        author=author or make_user(), essay=essay, start=start, end=end, statement=statement,
        **fields,
    )  # fmt: skip


def make_counterpoint(
    claim: Claim, relation: str = "rebuts", *, target: Counterpoint | None = None,
    author: User | None = None, source: str = "It is not so.", restatement: str = "", **fields,
) -> Counterpoint:  # fmt: skip
    return counterpoints.answer(
        author=author or make_user(), claim=claim, target=target, relation=relation,
        restatement=restatement, source=source, **fields,
    )  # fmt: skip


def make_comment(
    essay: Essay | None = None, *, parent: Post | None = None, author: User | None = None,
    source: str = "A remark on the whole.", **fields,
) -> Post:  # fmt: skip
    author = author or make_user()
    if parent is not None:
        return discussion.reply(author=author, parent=parent, source=source, **fields)
    return discussion.comment(author=author, essay=essay or make_essay(), source=source, **fields)


def cast_votes(post: Post, up: int = 0, down: int = 0) -> None:
    """So many members find it convincing, so many do not, through the product's own action."""
    counterpoint = Counterpoint.objects.select_related("post").filter(pk=post.pk).first()
    for is_up in [True] * up + [False] * down:
        if counterpoint is not None:
            counterpoints.vote(voter=make_user(), counterpoint=counterpoint, is_up=is_up)
        else:
            votes.vote(voter=make_user(), post=post, is_up=is_up)


def sent(**fields: str) -> dict[str, str]:
    """What a form sends that was loaded just now: a key that nobody has used, and the fields."""
    return {"form_key": str(uuid4()), **fields}
