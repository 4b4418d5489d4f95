"""What can be appealed, by whom and until when. Each answer is a Verdict with its reason."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.moderation.models import TAKING_DOWN, Decision, Outcome, Report
from forum.moderation.permissions import gave_notice, is_told, was_decided_again
from forum.posts.statuses import PostStatus

# Six months, as the Digital Services Act asks in its Article 20.
APPEALED_WITHIN = timedelta(days=183)

# After which decisions on the same post nothing of one holds any more: it is shown again, or the
# later one is why it is not. A note stands beside all that leaves the post where it is, and so does
# a move beside all that moves it no further.
_FROM_SIGHT = TAKING_DOWN | {Outcome.KEEP, Outcome.RESTORE}
REPLACED_BY = {
    **dict.fromkeys(Outcome, _FROM_SIGHT),
    Outcome.NOTE: TAKING_DOWN | {Outcome.NOTE},
    Outcome.MOVE: frozenset({Outcome.MOVE}),
}


def is_against(decision: Decision) -> bool:
    """Whether it takes anything from the author of the post, or says that they did wrong."""
    if decision.outcome in TAKING_DOWN or decision.outcome in {Outcome.NOTE, Outcome.MOVE}:
        return True
    return decision.leaves_down or getattr(decision, "sanction", None) is not None


def can_appeal(user: Any, decision: Decision, now: datetime | None = None) -> Verdict:
    """Once, within half a year, and only against what holds and was not decided on appeal."""
    verdict = _is_concerned(user, decision)
    if not verdict:
        return verdict
    now = now or timezone.now()
    if not is_told(decision, now):
        return denied(_("This decision is so new that it may still be taken back."))
    if now > appeal_ends(decision):
        return denied(_("A decision can be appealed for six months, and they are over."))
    if decision.appeals.filter(appellant=user).exists():
        return denied(_("You have appealed this decision. You will be told what comes of it."))
    # By itself, whatever became of the post: not even an appeal has dealt with it yet.
    if user.pk == decision.member_id and _binds(decision, now):
        return ALLOWED
    if _was_on_appeal(user, decision):
        return denied(_("This was decided on appeal, by a second moderator: it is final."))
    return _holds(user, decision)


def appeal_ends(decision: Decision) -> datetime:
    return decision.created_at + APPEALED_WITHIN


def _is_concerned(user: Any, decision: Decision) -> Verdict:
    if not user.is_authenticated:
        return denied(_("Log in to appeal."))
    if user.pk == decision.member_id:
        if is_against(decision):
            return ALLOWED
        return denied(_("This decision took nothing from you."))
    if _has_lost_a_reply(user, decision):
        return ALLOWED
    if Report.objects.answered_by(decision).filter(reporter=user).exists():
        return _unless_followed(decision, _("Your report was followed."))
    if gave_notice(user, decision):
        return _unless_followed(decision, _("Your notice was followed."))
    return denied(_("Only whom a decision concerns can appeal it."))


def _unless_followed(decision: Decision, words: str) -> Verdict:
    return denied(words) if is_followed(decision) else ALLOWED


def is_followed(decision: Decision) -> bool:
    """Whether somebody who asked for it has what they asked for."""
    is_down = decision.outcome in TAKING_DOWN or decision.leaves_down
    return is_down or decision.outcome == Outcome.MOVE


def _has_lost_a_reply(user: Any, decision: Decision) -> bool:
    """With the post that was judged: then they are heard as its author is."""
    if decision.outcome != Outcome.BRANCH:
        return False
    return decision.branch_posts.filter(post__author=user).exists()


def _was_on_appeal(user: Any, decision: Decision) -> bool:
    """Whoever loses only now has not been heard yet: an author whose post others appealed."""
    appeals = decision.case.appeals.all()
    if user.pk == decision.member_id or _has_lost_a_reply(user, decision):
        return appeals.filter(appellant=user).exists()
    return appeals.exists()


def _binds(decision: Decision, now: datetime) -> bool:
    """Whether its sanction runs, or is on record as a warning."""
    sanction = getattr(decision, "sanction", None)
    return sanction is not None and sanction.can_end(now)


def _holds(user: Any, decision: Decision) -> Verdict:
    if decision.case.is_about_member:
        return _is_on_record(decision)
    if user.pk == decision.member_id:
        last = _replacement(decision)
        if last is None:
            return ALLOWED
        if last.outcome == Outcome.RESTORE:
            return denied(_("Nothing of this decision holds any more: the post is shown again."))
    elif _has_lost_a_reply(user, decision):
        if _keeps_a_reply_down(user, decision):
            return ALLOWED
        return denied(_("Nothing of this decision holds any more for what you replied."))
    elif not was_decided_again(decision):
        return ALLOWED
    return denied(_("The post was decided on again since: that decision is the one to appeal."))


def _is_on_record(decision: Decision) -> Verdict:
    """A sanction that is over by itself stays there; one that was ended does not."""
    sanction = getattr(decision, "sanction", None)
    if sanction is None or sanction.lifted_at is not None:
        return denied(_("Nothing of this decision holds any more: its sanction was ended."))
    return ALLOWED


def _replacement(decision: Decision) -> Decision | None:
    later = Decision.objects.standing().filter(
        case__post=decision.case.post_id, pk__gt=decision.pk,
        outcome__in=REPLACED_BY[Outcome(decision.outcome)],
    )  # fmt: skip
    found: Decision | None = later.order_by("-pk").first()
    return found


def _keeps_a_reply_down(user: Any, decision: Decision) -> bool:
    """Not what was shown again since, nor what was decided on by itself."""
    url = decision.log_entry.get_absolute_url()
    return decision.branch_posts.filter(
        post__author=user, post__status=PostStatus.HIDDEN, post__status_url=url
    ).exists()
