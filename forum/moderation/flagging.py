"""What a stated rule, a watch list or a later edit makes of a post: a case, opened by nobody."""

from django.db.models.functions import Greatest
from django.utils import timezone

from forum.guard.judging import Judgement
from forum.moderation.actions import open_held
from forum.moderation.cases import open_case_of
from forum.moderation.models import Case, Decision, Outcome
from forum.posts.actions import keep_words
from forum.posts.models import Post

# What left the words for everybody to read, or gave them back.
LET_STAND = frozenset({Outcome.KEEP, Outcome.NOTE, Outcome.RESTORE})


def flag(post: Post, judged: Judgement) -> None:
    now = timezone.now()
    if judged.held_by:
        open_held(post, judged.held_by, now)
        return
    case = open_case_of(post, now)
    case.flagged_by = judged.reported_by
    case.save(update_fields=["flagged_by"])
    keep_words(post=post, now=now)


def look_again(post: Post) -> None:
    """Its author edited what a moderator had let stand: the case is open again, with what was
    judged beside what it says now. Once: until that is decided, further edits open nothing.
    """
    last = Decision.objects.last_on(post)
    if last is None or last.outcome not in LET_STAND or last.frozen.source == post.source:
        return
    case = open_case_of(post, timezone.now())
    if case.amends_id is None:
        Case.objects.filter(pk=case.pk).update(
            amends=last, gravity=Greatest("gravity", last.case.gravity)
        )
