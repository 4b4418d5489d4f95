"""What can be decided of a post, taken back, and made good. Each answer is a Verdict."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.moderation.models import OF_MEMBERS, Case, Decision, Outcome
from forum.moderation.permissions import can_claim, can_judge, can_moderate, was_decided_again
from forum.posts import permissions as posts
from forum.posts.models import Post
from forum.posts.statuses import PostStatus

# What can be decided of a post, by what it is now. To keep is to leave it as it is, and a post that
# was held back is not left waiting for ever.
OUTCOMES: dict[str, tuple[Outcome, ...]] = {
    PostStatus.VISIBLE: (
        Outcome.KEEP,
        Outcome.NOTE,
        Outcome.AMEND,
        Outcome.HIDE,
        Outcome.BRANCH,
        Outcome.REMOVE,
    ),
    PostStatus.WITHDRAWN: (
        Outcome.KEEP,
        Outcome.NOTE,
        Outcome.HIDE,
        Outcome.BRANCH,
        Outcome.REMOVE,
    ),
    PostStatus.HELD: (Outcome.RESTORE, Outcome.AMEND, Outcome.HIDE, Outcome.REMOVE),
    PostStatus.HIDDEN: (
        Outcome.KEEP,
        Outcome.RESTORE,
        Outcome.AMEND,
        Outcome.BRANCH,
        Outcome.REMOVE,
    ),
    PostStatus.REMOVED: (Outcome.KEEP, Outcome.RESTORE),
    PostStatus.ERASED: (Outcome.KEEP,),
}


NOT_OF = {
    PostStatus.VISIBLE: gettext_lazy("That cannot be decided of a post that is visible."),
    PostStatus.WITHDRAWN: gettext_lazy("That cannot be decided of a post that is withdrawn."),
    PostStatus.HELD: gettext_lazy("That cannot be decided of a post that is held."),
    PostStatus.HIDDEN: gettext_lazy("That cannot be decided of a post that is hidden."),
    PostStatus.REMOVED: gettext_lazy("That cannot be decided of a post that is removed."),
    PostStatus.ERASED: gettext_lazy("That cannot be decided of a post that is erased."),
}


def can_choose(outcome: str, post: Post) -> Verdict:
    if outcome not in OUTCOMES[post.status]:
        return denied(str(NOT_OF[PostStatus(post.status)]))
    if outcome == Outcome.BRANCH and not has_branch(post):
        return denied(_("Nobody has replied to it: there is no branch to hide."))
    return ALLOWED


def can_come_to(case: Case, outcome: str, sanction: str | None) -> Verdict:
    """What is decided of a member is a sanction, or that there is none."""
    if not case.is_about_member:
        return can_choose(outcome, case.post)
    if outcome not in OF_MEMBERS:
        return denied(_("That cannot be decided of a member."))
    if bool(sanction) != (outcome == Outcome.CENSURE):
        return denied(_("Say what follows for the member, or that nothing does."))
    return ALLOWED


def outcomes_for(post: Post) -> list[Outcome]:
    return [outcome for outcome in OUTCOMES[post.status] if can_choose(outcome, post)]


def has_branch(post: Post) -> bool:
    # All that a claim’s debate holds answers the statement; to take that down is enough.
    return post.reply_count > 0 and not post.is_statement


def can_amend(user: Any, post: Post) -> Verdict:
    if not user.is_authenticated:
        return denied(_("Log in to amend your post."))
    return posts.can_amend(user, post)


def can_restore_amended(user: Any, case: Case) -> Verdict:
    verdict = can_judge(user, case)
    if not verdict:
        return verdict
    if case.amends_id is None:
        return denied(_("Its author has amended nothing."))
    if case.claimed_by_id not in {None, user.pk} and not can_claim(user, case):
        return denied(_("Another moderator holds this case."))
    return can_choose(Outcome.RESTORE, case.post)


def can_undo(user: Any, decision: Decision, now: datetime | None = None) -> Verdict:
    """Take a decision of theirs back, while nobody has been told of it."""
    verdict = can_moderate(user)
    if not verdict:
        return verdict
    if decision.moderator_id != user.pk:
        return denied(_("Only who decided takes it back. Open a new case to change it."))
    if decision.undone_at is not None:
        return denied(_("This decision was taken back already."))
    if decision.told_at is None or (now or timezone.now()) >= decision.told_at:
        return denied(_("Whom it concerns has been told. Open a new case to change it."))
    if was_decided_again(decision):
        return denied(_("The post was decided on again since."))
    return ALLOWED
