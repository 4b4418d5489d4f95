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
from forum.lib.moments import day_words
from forum.lib.seeded_words import as_read
from forum.moderation import words
from forum.moderation.appeal_permissions import appeal_ends
from forum.moderation.models import (
    TAKING_DOWN,
    Appeal,
    Case,
    Decision,
    Outcome,
    Report,
    Sanction,
)
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
        .select_related("decision__rule")
        .order_by("-pk")[:100]
    )
    in_force = [one for one in found if one.is_in_force(now)]
    return in_force, [one for one in found if not one.is_in_force(now)]


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
    """3 queries, however many they are."""
    shown = list(posts)
    numbers = [post.pk for post in shown]
    decided: dict[int, Decision] = {}
    decisions = Decision.objects.standing().filter(case__post__in=numbers)
    for decision in decisions.select_related("case", "rule", "moderator").order_by("pk"):
        if decision.outcome in TAKING_DOWN or decision.leaves_down:
            decided[decision.case.post_id] = decision
        elif decision.outcome == Outcome.RESTORE:
            decided.pop(decision.case.post_id, None)
    held = dict(Case.objects.filter(post__in=numbers).open().values_list("post", "held_by_rule"))
    appealed = set(
        Appeal.objects.filter(appellant=member, result=None, case__post__in=numbers).values_list(
            "case__post", flat=True
        )
    )
    return [
        _held(post, held.get(post.pk, ""))
        if post.status == PostStatus.HELD
        else _taken_down(post, decided.get(post.pk), is_appealed=post.pk in appealed)
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


def _taken_down(post: Any, decision: Decision | None, *, is_appealed: bool) -> State:
    is_hidden = post.status == PostStatus.HIDDEN
    return State(
        post, words.subject_of(post), post.opening_words, is_held=False,
        title=_("Hidden by a moderator") if is_hidden else _("Removed by a moderator"),
        why=_why(decision) if decision else "",
        who=_who(decision, is_appealed=is_appealed), next=_next(decision, is_appealed=is_appealed),
        url=decision.get_absolute_url() if decision else "",
    )  # fmt: skip


def _why(decision: Decision) -> str:
    rule = _("Rule %(rule)s.") % {"rule": decision.rule}
    return f"{rule} {decision.reason}"


def _who(decision: Decision | None, *, is_appealed: bool) -> str:
    if decision is None:
        return _("A moderator")
    if is_appealed:
        name = {"name": decision.moderator.name}
        return _("A moderator other than %(name)s, who decided it") % name
    if decision.outcome == Outcome.AMEND:
        return _("You, by amending it; another moderator, if you appeal")
    return _("Another moderator, if you appeal")


def _next(decision: Decision | None, *, is_appealed: bool) -> str:
    if is_appealed:
        return _("Your appeal waits; you are told what comes of it.")
    if decision is None:
        return _("Write to the moderators if you do not know why.")
    day = {"day": day_words(appeal_ends(decision))}
    return _("The decision says what you can do, until %(day)s.") % day


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
