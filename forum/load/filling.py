"""Fills an empty database with believable load, in one transaction."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from essays.models import Essay, Passage
from forum.accounts.models import User
from forum.counterpoints.models import Claim, Counterpoint, LabelChange, Relation, Standing
from forum.counterpoints.similar import keep_words
from forum.load import shapes, verdicts, words, writing
from forum.load.people import Span, make_essays, make_members, make_passage, next_pk
from forum.load.plan import YIELDING, Conversation, Planner, in_order_of_writing
from forum.posts.models import Post, Thread, ThreadKind

RESTATEMENTS = 100
TOLD_EVERY = 20_000

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Amounts:
    """`posts` are remarks and counterpoints; a claim's statement comes on top."""

    essays: int
    members: int
    claims: int
    posts: int


@transaction.atomic
def fill(amounts: Amounts, *, seed: int, span: Span, tell: Tell) -> None:
    """`tell(stage, number)` hears of every stage, and of the long one as it goes on."""
    rng = random.Random(seed)  # noqa: S311 — it guards nothing
    members = make_members(rng, amounts.members, span)
    tell("members", len(members))
    essays = make_essays(rng, amounts.essays, members, span)
    tell("essays", len(essays))
    texts = writing.write_texts(rng)
    tell("texts", len(texts))
    discussions, debates = _plan(rng, amounts, essays, members, span)
    conversations = [*discussions, *debates]
    entries = in_order_of_writing(conversations, next_pk(Post))
    writing.count_up(conversations, members)
    Thread.objects.bulk_create(conversation.thread for conversation in conversations)
    for stored in writing.store_posts(entries, texts):
        if stored % TOLD_EVERY == 0 or stored == len(entries):
            tell("posts", stored)
    tell("votes", writing.store_votes(rng, entries, members, span.end))
    _store_claims(rng, debates, tell)
    _count_essays(essays, discussions)
    # Creating sets the present moment, and the same seed is to give the same data.
    Thread.objects.update(created_at=span.start)
    Passage.objects.update(created_at=span.start)
    _go_on_after(User, Thread, Post, Claim, Counterpoint)


def _plan(
    rng: random.Random, amounts: Amounts, essays: Sequence[Essay], members: list[User], span: Span
) -> tuple[list[Conversation], list[Conversation]]:
    sizes, claim_sizes = shapes.thread_sizes(
        rng, posts=amounts.posts, essays=amounts.essays, claims=amounts.claims
    )
    planner = Planner(rng, members, span, writing.DISTINCT_TEXTS, writing.DISTINCT_STATEMENTS)
    first_pk = next_pk(Thread)
    discussions = []
    for pk, (essay, size) in enumerate(zip(essays, sizes, strict=True), start=first_pk):
        thread = Thread(pk=pk, essay=essay, kind=ThreadKind.DISCUSSION)
        discussions.append(Conversation(thread, essay, _published(essay)))
        planner.discuss(discussions[-1], size)
    numbers = shapes.claims_by_essay(rng, claims=amounts.claims, essays=amounts.essays)
    challenged = chain.from_iterable(
        [essay] * number for essay, number in zip(essays, numbers, strict=True)
    )
    debates: list[Conversation] = []
    first_pk += len(discussions)
    for pk, (essay, size) in enumerate(zip(challenged, claim_sizes, strict=True), start=first_pk):
        thread = Thread(pk=pk, essay=essay, kind=ThreadKind.CLAIM)
        room = span.end - _published(essay)
        started = (_published(essay) + room * rng.random() / 2).replace(microsecond=0)
        # The busiest debate stays undecided.
        is_yielding = bool(debates) and rng.random() < YIELDING
        debates.append(Conversation(thread, essay, started, is_yielding))
        planner.debate(debates[-1], size)
    return discussions, debates


def _published(essay: Essay) -> datetime:
    assert essay.published_at is not None  # noqa: S101 — set when it was made
    return essay.published_at


def _store_claims(rng: random.Random, debates: Sequence[Conversation], tell: Tell) -> None:
    restatements = [words.sentence(rng) for _ in range(RESTATEMENTS)]
    numbers: Counter[int] = Counter()
    weighed = []
    # In order of marking, as the numbers go.
    for conversation in sorted(debates, key=lambda one: one.started):
        numbers[conversation.essay.pk] += 1
        passage = make_passage(rng, conversation.essay)
        weighed.append(
            verdicts.weigh(conversation, passage, numbers[conversation.essay.pk], restatements)
        )
    claims = [one.claim for one in weighed]
    deciding = [claim.decided_by_id for claim in claims]
    for claim in claims:
        claim.decided_by_id = None
    Claim.objects.bulk_create(claims)
    tell("claims", len(weighed))
    stored = Counterpoint.objects.bulk_create(
        chain.from_iterable(one.counterpoints for one in weighed)
    )
    tell("counterpoints", len(stored))
    # Only now: while a key leads nowhere yet, SQLite searches the table anew for every row.
    for claim, pk in zip(claims, deciding, strict=True):
        claim.decided_by_id = pk
    Claim.objects.bulk_update(claims, ["decided_by"])
    LabelChange.objects.bulk_create(chain.from_iterable(one.changes for one in weighed))
    keep_words(Claim.objects.all())


def _count_essays(essays: Sequence[Essay], discussions: Sequence[Conversation]) -> None:
    claims = Claim.objects.values_list("essay_id", "label", *Relation.values)
    for essay, discussion in zip(essays, discussions, strict=True):
        essay.post_count = len(discussion.entries)
    by_pk = {essay.pk: essay for essay in essays}
    for essay_id, label, *counts in claims:
        essay = by_pk[essay_id]
        essay.claim_count += 1
        essay.open_count += label == Standing.UNANSWERED
        essay.counterpoint_count += sum(counts)
    for essay in essays:
        essay.version += essay.post_count + essay.claim_count + essay.counterpoint_count
    names = ["post_count", "claim_count", "open_count", "counterpoint_count", "version"]
    Essay.objects.bulk_update(essays, names)


def _go_on_after(*models: type[Model]) -> None:
    """The rows were numbered here: whatever is written next takes the numbers after them."""
    statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
