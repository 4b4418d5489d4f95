"""Stores the posts of a plan as the actions would have left them, many at a time."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from forum.accounts.models import User
from forum.lib.folding import fold
from forum.lib.rendering import RENDERER_VERSION, render_post
from forum.load import words
from forum.load.plan import Conversation, Entry
from forum.posts.cards import store_card
from forum.posts.models import Post, PostVersion, Vote
from forum.posts.statuses import PostStatus

# So many texts are rendered, once; every post says one of them.
DISTINCT_TEXTS = 600
# And so many statements of claims, of one sentence each.
DISTINCT_STATEMENTS = 200
# Posts held in memory at once.
BATCH = 2_000
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Text:
    source: str
    html: str
    text: str
    folded: str


def write_texts(rng: random.Random) -> list[Text]:
    """The posts' texts, and after them the statements'."""
    sources = [words.post(rng) for _ in range(DISTINCT_TEXTS)]
    sources += [words.sentence(rng) for _ in range(DISTINCT_STATEMENTS)]
    texts = []
    for source in sources:
        rendered = render_post(source)
        texts.append(Text(source, rendered.html, rendered.text, fold(rendered.text)))
    return texts


def store_posts(entries: Sequence[Entry], texts: Sequence[Text]) -> Iterator[int]:
    """Yields how many are stored by now."""
    remaining = iter(entries)
    stored = 0
    while batch := list(islice(remaining, BATCH)):
        Post.objects.bulk_create(_post(entry, texts) for entry in batch)
        PostVersion.objects.bulk_create(
            _version(entry, texts[entry.earlier_words])
            for entry in batch
            if entry.earlier_words is not None
        )
        stored += len(batch)
        yield stored


def _post(entry: Entry, texts: Sequence[Text]) -> Post:
    said, node = texts[entry.words], entry.node
    post = Post(
        pk=entry.pk, thread=entry.conversation.thread, author=entry.author,
        source=said.source, html=said.html, text=said.text, folded=said.folded,
        renderer_version=RENDERER_VERSION, status=entry.status, as_author=entry.as_author,
        created_at=entry.at, up=entry.up, down=entry.down,
    )  # fmt: skip
    if node is None:
        post.path, post.depth = "", 0
    else:
        post.parent_id = node.parent.pk if node.parent else None
        post.branch_id = node.branch.pk
        post.path, post.depth = node.path, node.depth
        post.place_in_branch, post.branch_count = node.place_in_branch, node.branch_count
        post.reply_count = node.reply_count
    if entry.earlier_words is not None:
        post.edit_count, post.edited_at = 1, entry.at + AN_HOUR
    if entry.status != PostStatus.VISIBLE:
        post.status_since = entry.at + 2 * AN_HOUR
    post.rank()
    store_card(post)
    return post


def _version(entry: Entry, said: Text) -> PostVersion:
    return PostVersion(
        post_id=entry.pk, number=1, source=said.source, html=said.html, written_at=entry.at
    )


def store_votes(
    rng: random.Random, entries: Sequence[Entry], members: Sequence[User], cast_at: datetime
) -> int:
    votes = (vote for entry in entries for vote in _votes(rng, entry, members))
    stored = 0
    while batch := list(islice(votes, 5 * BATCH)):
        stored += len(Vote.objects.bulk_create(batch))
    # Creating sets the present moment, and the same seed is to give the same data.
    Vote.objects.update(created_at=cast_at)
    return stored


def _votes(rng: random.Random, entry: Entry, members: Sequence[User]) -> Iterator[Vote]:
    number = entry.up + entry.down
    if not number:
        return
    drawn = rng.sample(members, number + 1)
    voters = [member.pk for member in drawn if member.pk != entry.author.pk][:number]
    for place, voter in enumerate(voters):
        yield Vote(post_id=entry.pk, voter_id=voter, is_up=place < entry.up)


def count_up(conversations: Sequence[Conversation], members: Sequence[User]) -> None:
    """The totals that the actions keep on threads, essays and members."""
    for conversation in conversations:
        thread = conversation.thread
        said = [entry for entry in conversation.entries if entry.node]
        thread.post_count = len(said)
        thread.top_count = sum(entry.parent is None for entry in said)
        thread.last_post_at = said[-1].at if said else None
        thread.version = 1 + len(said)
        for entry in conversation.entries:
            entry.author.post_count += 1
            entry.author.counterpoint_count += bool(entry.relation)
    User.objects.bulk_update(members, ["post_count", "counterpoint_count"], batch_size=200)
