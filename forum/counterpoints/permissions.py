from typing import Any

from django.utils.translation import gettext as _

from essays.models import Essay
from essays.notices import Part
from essays.permissions import can_edit, is_open_to, speaks_as_author
from forum.counterpoints.models import ESSAYIST, Claim, Counterpoint, Merger, Reconsideration
from forum.guard.permissions import can_write
from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.posts.paths import MAX_DEPTH
from forum.posts.permissions import can_add, can_post, can_reply, is_unlocked


def can_mark(user: Any, essay: Essay) -> Verdict:
    """Its author and the editors also mark what it asserts while nobody else may."""
    return can_add(user, essay, Part.CLAIMS, as_author=speaks_as_author(user, essay))


def may_be_marked(user: Any, essay: Essay) -> Verdict:
    """Whether marking is offered to this reader, who may have to log in or to wait for it."""
    return is_open_to(user, essay, Part.CLAIMS, as_author=speaks_as_author(user, essay))


def can_mark_key(user: Any, claim: Claim) -> Verdict:
    """Say of a claim that the essay rests on it."""
    return can_edit(user, claim.essay)


def can_answer(
    user: Any, claim: Claim, target: Counterpoint | None, *, as_author: bool = False
) -> Verdict:
    if not claim.opening.is_visible:
        return denied(_("This claim is no longer open to answers."))
    if target is None:
        return can_post(user, claim.thread, as_author=as_author)
    if target.claim_id != claim.pk:
        return denied(_("That counterpoint belongs to another claim."))
    if target.post.depth >= MAX_DEPTH:
        return denied(_("This branch is as deep as it gets. Answer a post further up."))
    return can_reply(user, target.post, as_author=as_author)


def can_speak_as_author(user: Any, essay: Essay) -> Verdict:
    if speaks_as_author(user, essay):
        return ALLOWED
    return denied(_("Only the essay’s author, or an editor, speaks for the essay."))


def can_take_stance(user: Any, claim: Claim) -> Verdict:
    """Say where they stand, say something else, or take it back."""
    essay = claim.essay
    if not user.is_authenticated:
        return denied(_("Log in to say where you stand."))
    if not claim.opening.is_visible:
        return denied(_("This claim is no longer here."))
    if claim.thread.is_locked:
        return denied(_("This debate is closed."))
    if not essay.is_published:
        return denied(_("This essay is not published yet."))
    if essay.retired_at is not None:
        return denied(_("This essay was retired: who stands where is counted."))
    return can_write(user)


def can_credit(user: Any, counterpoint: Counterpoint) -> Verdict:
    """Say that it changed their mind about the claim."""
    if user.is_authenticated and counterpoint.post.author_id == user.pk:
        return denied(_("Nobody’s mind is changed by what they wrote themselves."))
    if not counterpoint.post.is_visible:
        return denied(_("This counterpoint is no longer here."))
    return can_take_stance(user, counterpoint.claim)


def can_reconsider(
    user: Any, counterpoint: Counterpoint, question: Reconsideration | None
) -> Verdict:
    """Say whether it still applies, edit it or take it back, now that its passage has changed."""
    if counterpoint.post.author_id != user.pk:
        return denied(_("Only its author says whether a counterpoint still applies."))
    if question is None:
        return denied(_("The words that this counterpoint is about have not been edited since."))
    if not counterpoint.post.is_visible:
        return denied(_("This counterpoint is not public any more."))
    return can_write(user)


def can_see_restatement(user: Any, counterpoint: Counterpoint) -> Verdict:
    """The page on which whoever it answers says whether it restates them fairly."""
    if not counterpoint.restatement:
        return denied(_("This counterpoint restates nothing."))
    if counterpoint.target_speaker == ESSAYIST:
        if speaks_as_author(user, counterpoint.claim.essay):
            return ALLOWED
        return denied(
            _("Only the essay’s author, or an editor, says whether it is fairly restated.")
        )
    if counterpoint.target_speaker != user.pk:
        return denied(_("Only who is answered says whether they are fairly restated."))
    return ALLOWED


def can_judge_restatement(user: Any, counterpoint: Counterpoint) -> Verdict:
    seen = can_see_restatement(user, counterpoint)
    if not seen:
        return seen
    if counterpoint.post.author_id == user.pk:
        return denied(_("Nobody judges how they restate others themselves."))
    if not counterpoint.post.is_visible:
        return denied(_("This counterpoint is not public any more."))
    return is_unlocked(counterpoint.claim.thread) and can_write(user)


def can_merge(user: Any, claim: Claim, into: Claim) -> Verdict:
    """Make the one part of the other. That the user is a moderator in good standing, and what of
    the log, is moderation's to say."""
    if not getattr(user, "is_moderator", False):
        return denied(_("Only moderators merge claims."))
    if claim.pk == into.pk:
        return denied(_("A claim is not merged into itself."))
    if claim.merged_into_id is not None or into.merged_into_id is not None:
        return denied(_("One of them has been merged already."))
    if claim.essay_id != into.essay_id:
        return denied(_("Claims of two essays are linked, not merged: each essay keeps its own."))
    if not (claim.opening.is_visible and into.opening.is_visible):
        return denied(_("A claim that was taken down is neither merged nor merged into."))
    if into.is_frozen and not claim.is_frozen:
        return denied(
            _(
                "The words of claim %(number)s are gone from the essay, those of claim "
                "%(number_2)s "
                "are not: merge it the other way round."
            )
            % {"number": into.number, "number_2": claim.number}
        )
    if user.pk in {claim.opening.author_id, into.opening.author_id}:
        return denied(_("You marked one of them: another moderator decides."))
    return can_write(user)


def can_part(user: Any, merger: Merger | None) -> Verdict:
    """Take a merger back; None: it was made before any was written down. As of `can_merge`, the
    rest is moderation's to say."""
    if not getattr(user, "is_moderator", False):
        return denied(_("Only moderators part claims."))
    if merger is None:
        return denied(
            _("They were merged before it was written down which posts came with which claim.")
        )
    if merger.parted_at is not None:
        return denied(_("They have been parted already."))
    if user.pk in {merger.claim.opening.author_id, merger.into.opening.author_id}:
        return denied(_("You marked one of them: another moderator decides."))
    return _can_stand_again(merger) and can_write(user)


def _can_stand_again(merger: Merger) -> Verdict:
    claim, into = merger.claim, merger.into
    if into.merged_into is not None:
        return denied(
            _(
                "Claim %(number)s has become part of claim %(number_2)s itself: part those two "
                "first."
            )
            % {"number": into.number, "number_2": into.merged_into.number}
        )
    if not claim.opening.is_visible:
        return denied(
            _(
                "The statement of claim %(number)s was taken down: on a claim of its own, nobody "
                "could read what was said on it."
            )
            % {"number": claim.number}
        )
    return ALLOWED
