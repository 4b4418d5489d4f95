"""What moderation is to one member: what is kept from them, what of theirs is not public, and what
came of their reports.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from forum.accounts.models import User
from forum.lib.seeded_words import as_read
from forum.moderation import words
from forum.moderation.models import (
    Case,
    Decision,
    Report,
    Sanction,
)
from forum.moderation.own_states import Judged, judged_of
from forum.moderation.permissions import is_told
from forum.posts.models import Post
from forum.posts.statuses import PostStatus

NOT_PUBLIC = (PostStatus.HELD, PostStatus.HIDDEN, PostStatus.REMOVED)
OPENING_LENGTH = 160


@dataclass(frozen=True, slots=True)
class State:
    """A post that is not public: by which rule, who can act, and what comes next."""

    post: Post
    subject: str
    opening_words: str
    is_held: bool
    title: str
    why: str
    who: str
    next: str
    url: str = ""
    # Somebody is to decide on it again.
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """A report, and what came of it."""

    report: Report
    subject: str
    # None while it waits.
    decision: Decision | None
    became: str
    # What was decided on the post since, where that is something else.
    since: Any = None
    became_since: str = ""


def sanctions_of(member: User, now: datetime) -> tuple[list[Sanction], list[Sanction]]:
    """In force, and others; the newest first. Few members have more than a handful."""
    found = list(
        Sanction.objects.filter(member=member)
        .select_related("decision__rule", "decision__moderator")
        .order_by("-pk")[:100]
    )
    in_force = [one for one in found if one.is_in_force(now)]
    return in_force, [one for one in found if not one.is_in_force(now)]


def untold(decisions: Iterable[Decision], now: datetime) -> set[int]:
    """Of these, what may still be taken back. It has its effect, and so it is shown; but it has no
    statement yet to read.
    """
    return {decision.pk for decision in decisions if not is_told(decision, now)}


def not_public(member: User, *, before: int | None = None) -> "QuerySet[Post]":
    """Of what they wrote, the newest first; `before` is the last one seen."""
    posts = (
        Post.objects.filter(author=member, status__in=NOT_PUBLIC)
        .select_related("thread__essay", "thread__claim")
        .defer("source", "html", "text", "folded", "card_html", "thread__essay__folded")
        .annotate(opening_words=Left("text", OPENING_LENGTH))
        .order_by("-pk")
    )
    return posts if before is None else posts.filter(pk__lt=before)


def states_of(posts: Iterable[Any], member: User) -> list[State]:
    """5 queries, however many they are."""
    shown = list(posts)
    judged = judged_of(shown, member)
    numbers = [post.pk for post in shown]
    held = dict(Case.objects.filter(post__in=numbers).open().values_list("post", "held_by_rule"))
    return [
        _held(post, held.get(post.pk, ""))
        if post.status == PostStatus.HELD
        else _taken_down(post, judged[post.pk])
        for post in shown
    ]


def _held(post: Any, rule: str) -> State:
    return State(
        post, words.subject_of(post), post.opening_words, is_held=True,
        title=_("Waits for a moderator"),
        why=as_read(rule) or _("A rule of this site held it back."),
        who=_("Any moderator"),
        next=_("It is shown, or you are told why not. You can edit it meanwhile."),
    )  # fmt: skip


def _taken_down(post: Any, judged: Judged) -> State:
    decision = judged.decision
    return State(
        post, words.subject_of(post), post.opening_words, is_held=False,
        title=judged.title, why=_why(decision) if decision else "", who=judged.who,
        next=judged.next, url=decision.get_absolute_url() if decision and judged.is_told else "",
        is_waiting=judged.is_amended or judged.is_appealed,
    )  # fmt: skip


def _why(decision: Decision) -> str:
    rule = _("Rule %(rule)s.") % {"rule": decision.rule}
    return f"{rule} {decision.reason}"


def reports_of(member: User, *, before: int | None = None) -> "QuerySet[Report]":
    """The newest first; `before` is the last one seen."""
    reports = (
        Report.objects.filter(reporter=member)
        .select_related("post__thread__essay", "post__thread__claim", "case__decision__rule")
        .defer(
            *(f"post__{name}" for name in ("source", "html", "text", "folded", "card_html")),
            "post__thread__essay__folded",
        )
        .order_by("-pk")
    )
    return reports if before is None else reports.filter(pk__lt=before)


def followed(reports: Iterable[Report], now: datetime) -> list[Followed]:
    """One query, however many they are."""
    shown = list(reports)
    last: dict[int, Decision] = {}
    for decision in Decision.objects.on_posts({report.post_id for report in shown}, now):
        last[decision.case.post_id] = decision
    return [_followed(report, last.get(report.post_id), now) for report in shown]


def _followed(report: Report, last: Decision | None, now: datetime) -> Followed:
    subject = words.subject_of(report.post)
    decision = getattr(report.case, "decision", None)
    if decision is None or not is_told(decision, now):
        return Followed(report, subject, None, "")
    became = words.became(decision)
    if last is None or last.pk <= decision.pk or words.became(last) == became:
        return Followed(report, subject, decision, became)
    return Followed(report, subject, decision, became, last, words.became(last))
