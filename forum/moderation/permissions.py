"""Who may report, judge and sanction. Each answer is a Verdict with its reason."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forum.counterpoints import permissions as counterpoints
from forum.counterpoints.link_permissions import is_live
from forum.counterpoints.models import Claim, ClaimLink, Merger
from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.moderation.models import (
    Case,
    Decision,
    LegalNotice,
    Report,
    ReportReason,
    Rule,
    Sanction,
)
from forum.moderation.party_permissions import is_no_party
from forum.posts.models import Post, Thread
from forum.posts.pace import branch_pace, branch_paces
from forum.posts.statuses import PostStatus

# Whoever takes a case and goes away does not keep it from the others for ever.
HOLD_LASTS = timedelta(hours=24)
# Each is told of at the head of its thread.
MOST_SLOW_BRANCHES = 5


def can_report(user: Any, post: Post) -> Verdict:
    """Whoever is silenced can still call for help; whoever is suspended cannot."""
    if not user.is_authenticated:
        return denied(_("Log in to report a post."))
    if not user.is_active or user.is_suspended():
        return denied(_("Your account is suspended: it cannot report."))
    if post.author_id == user.pk:
        return denied(_("This post is your own: you can edit or withdraw it."))
    if post.status not in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}:
        return denied(_("This post has been taken down already."))
    if Report.objects.pending(post=post, reporter=user).exists():
        return denied(_("You have reported this post. You will be told what is decided."))
    return ALLOWED


def can_be_noticed(post: Post) -> Verdict:
    """By anybody at all, as being against the law."""
    if post.status not in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}:
        return denied(_("This post has been taken down already."))
    return ALLOWED


def can_moderate(user: Any) -> Verdict:
    if not user.is_authenticated:
        return denied(_("Log in as a moderator."))
    if not user.is_moderator:
        return denied(_("Only moderators may do this."))
    if not user.is_active or user.is_suspended():
        return denied(_("Your account is suspended."))
    return ALLOWED


def can_open_case(user: Any, post: Post) -> Verdict:
    verdict = can_moderate(user)
    if verdict and post.author_id == user.pk:
        return denied(_("Your own post is judged by another moderator."))
    return verdict


def can_read_case(user: Any, case: Case) -> Verdict:
    verdict = can_moderate(user)
    if verdict and case.accused_id == user.pk:
        if case.is_about_member:
            return denied(_("What is about you is judged by another moderator."))
        return denied(_("Your own post is judged by another moderator."))
    return verdict


def can_judge(user: Any, case: Case) -> Verdict:
    """What claiming and deciding have in common: an open case in which they are no party."""
    verdict = can_read_case(user, case)
    if not verdict:
        return verdict
    if case.is_closed and case.is_about_member:
        return denied(_("The account was erased: there is nothing to decide."))
    if case.is_closed:
        return denied(_("Its author has taken the post back: there is nothing to decide."))
    if not case.is_open:
        return denied(_("This case has been decided already."))
    return is_no_party(user, case)


def can_claim(user: Any, case: Case, now: datetime | None = None) -> Verdict:
    verdict = can_judge(user, case)
    if not verdict:
        return verdict
    if case.claimed_by_id == user.pk:
        return denied(_("You hold this case already."))
    if case.claimed_at is not None and (now or timezone.now()) < case.claimed_at + HOLD_LASTS:
        return denied(_("Another moderator holds this case."))
    return ALLOWED


def can_release(user: Any, case: Case) -> Verdict:
    verdict = can_moderate(user)
    if not verdict:
        return verdict
    if not case.is_open:
        return denied(_("This case has been decided already."))
    if case.claimed_by_id != user.pk:
        return denied(_("You do not hold this case."))
    return ALLOWED


def can_decide(user: Any, case: Case) -> Verdict:
    verdict = can_judge(user, case)
    if not verdict:
        return verdict
    if case.claimed_by_id is None:
        return denied(_("Take the case before you decide it."))
    if case.claimed_by_id != user.pk:
        return denied(_("Another moderator holds this case."))
    return ALLOWED


def can_sanction(user: Any, member: Any) -> Verdict:
    verdict = can_moderate(user)
    if not verdict:
        return verdict
    if member.pk == user.pk:
        return denied(_("Nobody sanctions themselves."))
    if member.is_moderator or member.is_superuser:
        return denied(_("A moderator is not sanctioned by another: ask who runs the site."))
    return ALLOWED


def can_end_sanction(user: Any, sanction: Sanction, now: datetime | None = None) -> Verdict:
    """Whoever decided on it, too: to see that one was wrong is no favour to anybody."""
    verdict = can_moderate(user)
    if not verdict:
        return verdict
    if sanction.member_id == user.pk:
        return denied(_("What was laid upon you is ended by another moderator."))
    if not is_told(sanction.decision, now):
        return denied(_("Nobody has been told of it yet: whoever decided can take it back."))
    if not sanction.can_end(now or timezone.now()):
        return denied(_("It is over already."))
    return ALLOWED


def is_told(decision: Decision, now: datetime | None = None) -> bool:
    """Neither taken back nor to be taken back any more."""
    is_final = decision.told_at is None or decision.told_at <= (now or timezone.now())
    return is_final and decision.undone_at is None


def can_read_statement(user: Any, decision: Decision) -> Verdict:
    if not user.is_authenticated:
        return denied(_("Log in to read it."))
    if can_moderate(user):
        return ALLOWED
    if not is_told(decision):
        return denied(_("Nobody has been told of this decision: it may be taken back."))
    if concerns(user, decision):
        return ALLOWED
    return denied(_("This decision does not concern you. What was done is in the public log."))


def concerns(user: Any, decision: Decision) -> bool:
    """The author, those who reported the post or gave notice of it, those whose replies went with
    it or came back, and who asked again.
    """
    return (
        user.pk == decision.member_id
        or Report.objects.answered_by(decision).filter(reporter=user).exists()
        or gave_notice(user, decision)
        or decision.case.appeals.filter(appellant=user).exists()
        or decision.branch_posts.filter(post__author=user).exists()
    )


def gave_notice(user: Any, decision: Decision) -> bool:
    """As a member, before it was decided."""
    notices = LegalNotice.objects.filter(post=decision.case.post_id, case__lte=decision.case_id)
    return notices.filter(member=user).exists()


def was_decided_again(decision: Decision) -> bool:
    """Of the same post. Another case about a member is about something else that they did."""
    if decision.case.is_about_member:
        return False
    later = Decision.objects.standing().filter(case__post=decision.case.post_id)
    return later.filter(pk__gt=decision.pk).exists()


def can_lock(user: Any, thread: Thread) -> Verdict:
    verdict = can_moderate(user)
    if verdict and thread.is_locked:
        return denied(
            _("This thread is locked already. Open it first to lock it for another time.")
        )
    return verdict


def can_merge(user: Any, claim: Claim, into: Claim) -> Verdict:
    return can_moderate(user) and counterpoints.can_merge(user, claim, into)


def can_part(user: Any, merger: Merger | None) -> Verdict:
    return can_moderate(user) and counterpoints.can_part(user, merger)


def can_reattach(user: Any, claim: Claim) -> Verdict:
    """Put a claim on other words of its essay."""
    verdict = can_moderate(user)
    if not verdict:
        return verdict
    if claim.opening.author_id == user.pk:
        return denied(_("You marked this claim: another moderator decides."))
    if claim.merged_into_id is not None:
        return denied(_("This claim has become part of another one."))
    if not claim.opening.is_visible:
        return denied(_("A claim that was taken down stands on no other words."))
    if claim.essay.current_revision_id is None:
        return denied(_("This essay has no text."))
    return ALLOWED


def can_remove_link(user: Any, link: ClaimLink) -> Verdict:
    verdict = can_moderate(user) and is_live(link)
    if verdict and link.proposed_by_id == user.pk:
        return denied(_("What you proposed yourself is judged by another moderator."))
    return verdict


def can_unlock(user: Any, thread: Thread) -> Verdict:
    verdict = can_moderate(user)
    if verdict and not thread.is_locked:
        return denied(_("This thread is not locked."))
    return verdict


def can_slow(user: Any, thread: Thread) -> Verdict:
    verdict = can_moderate(user)
    if verdict and thread.is_locked:
        return denied(_("This thread is locked: nobody writes in it."))
    return verdict


def can_unslow(user: Any, thread: Thread) -> Verdict:
    verdict = can_moderate(user)
    if verdict and not thread.is_slow:
        return denied(_("This thread is not slowed down."))
    return verdict


def can_slow_branch(user: Any, top: Post) -> Verdict:
    verdict = can_slow(user, top.thread)
    if verdict and (top.depth != 1 or not top.is_visible):
        return denied(_("Only a branch that everybody can read is slowed down, from its top on."))
    slow = branch_paces(top.thread)
    if verdict and top.pk not in slow and len(slow) >= MOST_SLOW_BRANCHES:
        return denied(_("So many branches here are slow already: slow the whole thread down."))
    return verdict


def can_unslow_branch(user: Any, top: Post) -> Verdict:
    verdict = can_moderate(user)
    if verdict and branch_pace(top.thread, top.pk) is None:
        return denied(_("This branch is not slowed down."))
    return verdict


def can_keep_reason(reason: ReportReason, *, others: int) -> Verdict:
    """Of `others` members may choose besides."""
    if not reason.is_offered and not others:
        return denied(_("This is the last reason: without one, nobody could report anything."))
    return ALLOWED


def can_retire_rule(rule: Rule, *, in_force: int) -> Verdict:
    if rule.is_retired:
        return denied(_("Rule %(number)s holds no longer already.") % {"number": rule.number})
    if in_force == 1:
        return denied(_("This is the last rule: without one, nothing could be decided."))
    return ALLOWED
