"""What a stated rule or a watch list makes of a post: a case, opened by nobody."""

from django.utils import timezone

from forum.guard.judging import Judgement
from forum.moderation.actions import open_held
from forum.moderation.cases import open_case_of
from forum.posts.models import Post


def flag(post: Post, judged: Judgement) -> None:
    now = timezone.now()
    if judged.held_by:
        open_held(post, judged.held_by, now)
        return
    case = open_case_of(post, now)
    case.flagged_by = judged.reported_by
    case.save(update_fields=["flagged_by"])
