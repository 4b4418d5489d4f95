"""What became of a member's posts that were taken down: which decision holds, what waits for an
answer, and what they can do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.lib.moments import clock_words, day_words
from forum.moderation.appeal_permissions import appeal_ends
from forum.moderation.models import TAKING_DOWN, Appeal, BranchPost, Case, Decision, Outcome
from forum.moderation.permissions import is_told
from forum.posts.permissions import can_amend
from forum.posts.statuses import PostStatus

TITLES = {
    Outcome.AMEND: gettext_lazy("Hidden until amended"),
    Outcome.BRANCH: gettext_lazy("Hidden by a moderator, with its branch"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A post that was taken down, as its author is told of it."""

    is_hidden: bool
    # None where nobody knows any more why.
    decision: Decision | None
    is_told: bool
    # An amendment of theirs, and an appeal, wait for a moderator.
    is_amended: bool
    is_appealed: bool
    may_amend: bool
    may_appeal: bool

    @property
    def title(self) -> str:
        if self.is_amended:
            return _("A moderator reads what you amended")
        if self.decision is not None and self.decision.outcome in TITLES:
            return str(TITLES[Outcome(self.decision.outcome)])
        return _("Hidden by a moderator") if self.is_hidden else _("Removed by a moderator")

    @property
    def who(self) -> str:
        if self.decision is None:
            return _("A moderator")
        name = {"name": self.decision.moderator.name}
        if self.is_appealed:
            return _("A moderator other than %(name)s, who decided it") % name
        if self.is_amended:
            return _("Any moderator")
        if not self.is_told:
            return _("%(name)s, who decided it and may still take it back") % name
        return self._who_of(self.decision)

    def _who_of(self, decision: Decision) -> str:
        day = {"day": day_words(appeal_ends(decision))}
        if self.may_amend and self.may_appeal:
            return _("You, by amending it; another moderator, by your appeal, until %(day)s") % day
        if self.may_appeal:
            return _("Another moderator, by your appeal, until %(day)s") % day
        if self.may_amend:
            return _("You, by amending it")
        return _("A moderator who looks at it again")

    @property
    def next(self) -> str:
        if self.is_amended:
            return _("It is shown again, or you are told what is still wrong.")
        if self.is_appealed:
            return _("Your appeal waits; you are told what comes of it.")
        if self.decision is None:
            return _("Write to the moderators if you do not know why.")
        if not self.is_told and self.decision.told_at is not None:
            time = {"time": clock_words(self.decision.told_at)}
            return _("At %(time)s you are told of it, and can appeal.") % time
        if self.may_amend:
            return _("What you amend is read again. Until then it stays as it is.")
        return _("It stays as it is until a moderator decides otherwise.")


def judged_of(posts: Iterable[Any], member: Any, now: datetime | None = None) -> dict[int, Judged]:
    """Of each that was taken down; 4 queries, however many they are."""
    shown = [post for post in posts if post.status in {PostStatus.HIDDEN, PostStatus.REMOVED}]
    numbers = [post.pk for post in shown]
    decided = _decided(shown)
    amended = set(Case.objects.open().filter(post__in=numbers, amends__isnull=False).posts())
    appeals = list(Appeal.objects.filter(appellant=member, case__post__in=_judged_in(decided)))
    now = now or timezone.now()
    return {
        post.pk: _judged(post, decided.get(post.pk), appeals, member, now, post.pk in amended)
        for post in shown
    }


def _judged_in(decided: dict[int, Decision]) -> set[int | None]:
    """A reply that went with its branch was judged with another post."""
    return {decision.case.post_id for decision in decided.values()}


def _decided(posts: Iterable[Any]) -> dict[int, Decision]:
    """By post: the decision that it is down by."""
    down = {post.pk: post.status_url for post in posts}
    decided: dict[int, Decision] = {}
    for decision in Decision.objects.standing().on_own(down):
        if decision.outcome in TAKING_DOWN or decision.leaves_down:
            decided[decision.case.post_id] = decision
        elif decision.outcome == Outcome.RESTORE:
            decided.pop(decision.case.post_id, None)
    for each in BranchPost.objects.hidden(down):
        if each.decision.log_entry.get_absolute_url() == down[each.post_id]:
            decided[each.post_id] = each.decision
    return decided


def _judged(
    post: Any,
    decision: Decision | None,
    appeals: list[Appeal],
    member: Any,
    now: datetime,
    is_amended: bool,  # noqa: FBT001
) -> Judged:
    told = decision is not None and is_told(decision, now)
    mine = [one for one in appeals if decision and _is_about(one, decision)]
    is_open = decision is not None and told and now <= appeal_ends(decision)
    return Judged(
        is_hidden=post.status == PostStatus.HIDDEN,
        decision=decision,
        is_told=told,
        is_amended=is_amended,
        is_appealed=any(one.result is None for one in mine),
        may_amend=bool(can_amend(member, post)),
        may_appeal=is_open and not mine,
    )


def _is_about(appeal: Appeal, decision: Decision) -> bool:
    """Against it, or what it was decided on: that is heard once."""
    return decision.pk == appeal.decision_id or decision.case_id == appeal.case_id
