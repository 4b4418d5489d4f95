from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays.actions import quote, raise_version
from essays.anchoring import lies_in_a_paragraph
from essays.models import PASSAGE_LENGTH, Essay
from forum.accounts.models import User
from forum.counterpoints import permissions
from forum.counterpoints.camp_votes import count_vote, read_ballot
from forum.counterpoints.models import (
    ESSAYIST,
    Cause,
    Claim,
    Counterpoint,
    LabelChange,
    Standing,
)
from forum.counterpoints.similar import keep_words
from forum.counterpoints.telling import tell_answered, tell_marked
from forum.counterpoints.weighing import weigh
from forum.lib.nouns import digits
from forum.lib.rendering import Unrenderable
from forum.lib.transactions import joined
from forum.lib.verdict import Refused, ensure
from forum.posts import actions as posts
from forum.posts import votes
from forum.posts.models import Post, ThreadKind
from forum.posts.statuses import PostStatus, StatedRule

MERGED = gettext_lazy(
    "This claim has become part of another one meanwhile. Load the page again, and say it there."
)


@joined
def mark_claim(  # noqa: PLR0913 — a claim and its first counterpoint have that many parts
    *,
    author: User,
    essay: Essay,
    start: int,
    end: int,
    statement: str,
    relation: str | None = None,
    restatement: str = "",
    source: str = "",
    as_author: bool = False,
    now: datetime | None = None,
) -> Claim:
    """Open a claim on the words between two positions of the essay's current text.

    With a relation and a source, the first counterpoint goes with it. Raises `Unrenderable` with a
    sentence where the words cannot carry a claim.
    """
    ensure(permissions.can_mark(author, essay))
    now = now or timezone.now()
    essay = Essay.objects.select_for_update().get(pk=essay.pk)
    revision = essay.current_revision
    if revision is None:
        raise Unrenderable(_("This essay has no text yet."))
    start, end = checked_passage(revision.text, revision.blocks, start, end)
    thread = posts.open_thread(essay=essay, kind=ThreadKind.CLAIM)
    opening = posts.write_opening(
        author=author, thread=thread, source=statement, now=now,
        with_source=source if relation else "",
    )  # fmt: skip
    last = Claim.objects.filter(essay=essay).aggregate(last=Max("number"))["last"] or 0
    claim = Claim.objects.create(
        thread=thread, essay=essay, number=last + 1, opening=opening, created_at=now,
        passage=quote(revision=revision, start=start, end=end), label_since=now,
    )  # fmt: skip
    LabelChange.objects.create(claim=claim, label=claim.label, at=now)
    keep_words(Claim.objects.filter(pk=claim.pk))
    if not opening.is_held:
        raise_version(essay.pk, claim_count=1)
        tell_marked(claim, now=now)
    if relation:
        given: dict[str, Any] = {
            "author": author, "claim": claim, "target": None, "relation": relation,
            "restatement": restatement, "source": source, "now": now,
        }  # fmt: skip
        if opening.is_held:
            # It waits together with the claim, and is let through with it.
            speaks = as_author or essay.author_id == author.pk
            _answer(**given, as_author=speaks, held_by=opening.holding.rule)
        else:
            answer(**given, as_author=as_author)
        claim.refresh_from_db()
    return claim


def checked_passage(
    text: str, blocks: list[dict[str, Any]], start: int, end: int
) -> tuple[int, int]:
    """The places without the white space around them. Raises `Unrenderable` with a sentence."""
    words = text[max(start, 0) : max(end, 0)]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start >= end:
        raise Unrenderable(_("Choose the words that you challenge."))
    if end - start > PASSAGE_LENGTH:
        raise Unrenderable(
            _("A passage has at most %(passage_length)s characters.")
            % {"passage_length": digits(PASSAGE_LENGTH)}
        )
    if not lies_in_a_paragraph(blocks, start, end):
        raise Unrenderable(_("A passage lies within one paragraph."))
    return start, end


@joined
def answer(
    *,
    author: User,
    claim: Claim,
    target: Counterpoint | None,
    relation: str,
    restatement: str,
    source: str,
    as_author: bool = False,
    now: datetime | None = None,
) -> Counterpoint:
    """Post a counterpoint to the claim, or to another counterpoint of it."""
    hold(claim.pk)
    as_author = as_author or claim.essay.author_id == author.pk
    ensure(permissions.can_answer(author, claim, target, as_author=as_author))
    if as_author:
        ensure(permissions.can_speak_as_author(author, claim.essay))
    return _answer(
        author=author, claim=claim, target=target, relation=relation, restatement=restatement,
        source=source, as_author=as_author, now=now or timezone.now(),
    )  # fmt: skip


def _answer(  # noqa: PLR0913 — a counterpoint has that many parts
    *,
    author: User,
    claim: Claim,
    target: Counterpoint | None,
    relation: str,
    restatement: str,
    source: str,
    as_author: bool,
    now: datetime,
    held_by: str = "",
) -> Counterpoint:
    post = posts.write(
        author=author, thread=claim.thread, parent=target.post if target else None,
        source=source, as_author=as_author, now=now, held_by=held_by,
    )  # fmt: skip
    counterpoint = Counterpoint.objects.create(
        post=post, claim=claim, target=target, relation=relation,
        restatement=" ".join(restatement.split()),
        speaker=ESSAYIST if as_author else author.pk,
        target_speaker=target.speaker if target else ESSAYIST, is_counted=not post.is_held,
    )  # fmt: skip
    if not post.is_held:
        _count(counterpoint, 1)
        weigh(counterpoint, Cause.POSTED, now=now, by=author)
        _publish(counterpoint, now)
    return counterpoint


def _publish(counterpoint: Counterpoint, now: datetime) -> None:
    writers = User.objects.filter(pk=counterpoint.post.author_id)
    writers.update(counterpoint_count=F("counterpoint_count") + 1)
    tell_answered(counterpoint, now=now)


@transaction.atomic
def mark_key(*, by: User, claim: Claim, is_key: bool) -> Claim:
    """Say that the essay rests on this claim, or not: key claims head the list."""
    ensure(permissions.can_mark_key(by, claim))
    if Claim.objects.filter(pk=claim.pk, is_key=not is_key).update(is_key=is_key):
        raise_version(claim.essay_id)
    claim.is_key = is_key
    return claim


@joined
def vote(
    *, voter: User, counterpoint: Counterpoint, is_up: bool | None, now: datetime | None = None
) -> Counterpoint:
    hold(counterpoint.claim_id)
    ballot = read_ballot(counterpoint.pk, voter.pk)
    counterpoint.post = votes.vote(voter=voter, post=counterpoint.post, is_up=is_up)
    count_vote(
        counterpoint.pk, ballot, is_up=is_up, weight=votes.weight_of(voter),
        overall=counterpoint.post.best,
    )  # fmt: skip
    weigh(counterpoint, Cause.VOTED, now=now or timezone.now(), by=voter)
    return counterpoint


@transaction.atomic
def withdraw(*, by: User, post: Post, now: datetime | None = None) -> Post:
    """Take a counterpoint back: it stays readable, and carries nothing."""
    hold(post.thread_id)
    post = posts.withdraw(by=by, post=post, now=now)
    _recount(post, now, by)
    return post


@transaction.atomic
def set_status(
    *,
    post: Post,
    status: str,
    url: str = "",
    rule: StatedRule | None = None,
    now: datetime | None = None,
) -> Post:
    """Hide, remove or restore a post of a claim's thread, and move the standing with it."""
    hold(post.thread_id, merged=True)
    opened = Claim.objects.select_related("opening").filter(opening=post.pk).first()
    post = posts.set_status(post=post, status=status, url=url, rule=rule, now=now)
    if opened is not None:
        _count_claim(opened, is_shown=post.is_visible)
    else:
        _recount(post, now)
    if post.is_published_now:
        _let_in(post, opened)
    return post


def _let_in(post: Post, opened: Claim | None) -> None:
    """What was held back until now is told as a new one; a claim brings what came with it."""
    now = post.created_at
    if opened is None:
        found = Counterpoint.objects.select_related("claim__essay", "claim__opening__author")
        counterpoint = found.select_related("target__post__author").get(pk=post.pk)
        counterpoint.post = post
        _publish(counterpoint, now)
        return
    Claim.objects.filter(pk=opened.pk).update(created_at=now, label_since=now)
    opened.opening, opened.created_at, opened.essay = post, now, post.thread.essay
    tell_marked(opened, now=now)
    with_it = Post.objects.filter(thread=post.thread_id, author=post.author_id, depth__gt=0)
    for each in with_it.filter(holding__isnull=False, status=PostStatus.HELD).order_by("pk"):
        each.thread, each.author = post.thread, post.author
        set_status(post=each, status=PostStatus.VISIBLE, now=now)


def _count_claim(claim: Claim, *, is_shown: bool) -> None:
    """A claim counts for its essay while its opening, here as it was before, is there to read."""
    if claim.merged_into_id is not None:
        raise_version(claim.essay_id)
        return
    by = is_shown - claim.opening.is_visible
    waits = claim.label == Standing.UNANSWERED and not claim.is_frozen
    raise_version(claim.essay_id, claim_count=by, open_count=by if waits else 0)


def hold(claim_id: int, *, merged: bool = False) -> None:
    """Lock the claim before anything of it, in every action: then none waits for another's lock.

    Nothing more is said on one that was merged; `merged`: it may be one.
    """
    claim = Claim.objects.select_for_update(of=("self",)).only("pk", "merged_into").get(pk=claim_id)
    if claim.merged_into_id is not None and not merged:
        raise Refused(MERGED)


def _recount(post: Post, now: datetime | None, by: User | None = None) -> None:
    counterpoint = Counterpoint.objects.select_related("post", "claim").filter(pk=post.pk).first()
    if counterpoint is None:
        return
    counts = post.status == PostStatus.VISIBLE
    if counterpoint.is_counted == counts:
        return
    counterpoint.is_counted = counts
    counterpoint.save(update_fields=["is_counted"])
    _count(counterpoint, 1 if counts else -1)
    weigh(counterpoint, _cause(post), now=now or timezone.now(), by=by)


def _cause(post: Post) -> Cause:
    """Why it counts no more, or counts again, or at last."""
    if post.is_visible:
        return Cause.POSTED if post.is_published_now else Cause.RESTORED
    return Cause.WITHDRAWN if post.status == PostStatus.WITHDRAWN else Cause.TAKEN_DOWN


def _count(counterpoint: Counterpoint, by: int) -> None:
    Claim.objects.filter(pk=counterpoint.claim_id).update(
        **{counterpoint.relation: F(counterpoint.relation) + by}
    )
    raise_version(counterpoint.claim.essay_id, counterpoint_count=by)
