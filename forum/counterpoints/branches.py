"""A whole branch of a claim's debate is hidden, or shown again, and the standing moves once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, QuerySet

from essays.actions import raise_version
from forum.counterpoints.actions import hold
from forum.counterpoints.ancestry import Node, read_branch, write_line
from forum.counterpoints.models import OBJECTIONS, Claim, Counterpoint, Relation
from forum.counterpoints.standing import is_answer
from forum.counterpoints.weighing import floor, settle
from forum.posts import branches
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus, StatedRule


@transaction.atomic
def hide_posts(
    *,
    rows: "QuerySet[Post]",
    thread: Thread,
    url: str,
    rule: StatedRule | None = None,
    now: datetime,
) -> int:
    """Those below a post that goes with them: nothing above it changes until it does."""
    hold(thread.pk, merged=True)
    counted = Counterpoint.objects.filter(post__in=rows.values("pk"), is_counted=True)
    _count(counted, thread, -1)
    counted.update(is_counted=False)
    return branches.hide_posts(rows=rows, thread=thread, url=url, rule=rule, now=now)


@transaction.atomic
def show_posts(
    *, top: Post, rows: "QuerySet[Post]", statuses: Mapping[int, str], now: datetime
) -> None:
    """Those below `top`, which is shown after them and then carries the change up to the claim."""
    thread = top.thread
    hold(thread.pk, merged=True)
    numbers = list(rows.values_list("pk", flat=True))
    branches.show_posts(rows=rows, statuses=statuses, thread=thread, now=now)
    visible = Counterpoint.objects.filter(post__status=PostStatus.VISIBLE, is_counted=False)
    for start in range(0, len(numbers), branches.AT_ONCE):
        found = visible.filter(pk__in=numbers[start : start + branches.AT_ONCE])
        _count(found, thread, 1)
        found.update(is_counted=True)
    settle_below(top)


def _count(counterpoints: "QuerySet[Counterpoint]", thread: Thread, by: int) -> None:
    rows = counterpoints.order_by().values_list("relation").annotate(number=Count("pk"))
    numbers = {relation: number * by for relation, number in rows}
    changes = {relation: F(relation) + number for relation, number in numbers.items()}
    if changes:
        Claim.objects.filter(pk=thread.pk).update(**changes)
        raise_version(thread.essay_id, counterpoint_count=sum(numbers.values()))


def settle_below(top: Post) -> None:
    """The values of all below it, deepest first: 1 query, and 1 for all that is written."""
    nodes = read_branch(top.thread_id, top.path)
    answers: defaultdict[int | None, list[Node]] = defaultdict(list)
    for node in nodes:
        _hear(node, answers[node.pk])
        settle(node, None)
        answers[node.target_id].append(node)
    write_line(nodes)


def _hear(node: Node, answers: Iterable[Node]) -> None:
    """What the replies to it that count come to; they have been settled already."""
    heard = [answer for answer in answers if answer.is_counted]

    def strongest(relation: str) -> float:
        return max((one.effect for one in heard if one.relation == relation), default=0.0)

    node.supports, node.concedes = strongest(Relation.SUPPORTS), strongest(Relation.CONCEDES)
    node.rebuts, node.undercuts = strongest(Relation.REBUTS), strongest(Relation.UNDERCUTS)
    conceded = {one.relation for one in heard if one.is_conceded}
    node.has_conceded_rebuttal = Relation.REBUTS in conceded
    node.has_conceded_undercut = Relation.UNDERCUTS in conceded
    node.has_answer = any(
        one.relation in OBJECTIONS and is_answer(one.base, floor()) for one in heard
    )
    node.has_concession = any(
        one.relation == Relation.CONCEDES and one.speaker == node.target_speaker for one in heard
    )
