"""What moderation knows about somebody who left.

That something was decided, and why, stays: so does the chain of the log, which needs neither the
judged text nor its salt. Of a text that stays it still proves that it is the one that was judged.
"""

from django.db import transaction
from django.db.models import Q

from forum.accounts.models import User
from forum.moderation import legal
from forum.moderation.models import (
    Appeal,
    Case,
    CaseState,
    Conversation,
    FrozenText,
    Message,
    Report,
    Sanction,
)


@transaction.atomic
def forget_member(member: User) -> None:
    """Judged texts of theirs go; where another's was judged, what they had said beside it goes."""
    FrozenText.objects.filter(decision__member=member).update(
        source="", html="", text="", words_salt="", context={}, context_salt="", salt=""
    )
    # Of the post, not of the case: reports go over to another case where a decision is taken back.
    beside = Q(decision__case__post__reports__reporter=member)
    beside |= Q(decision__case__post__parent__author=member)
    beside |= Q(decision__case__post__parent__replies__author=member)
    beside |= Q(decision__case__post__replies__author=member)
    beside |= Q(decision__case__post__thread__claim__opening__author=member)
    found = FrozenText.objects.filter(beside).values("pk").distinct()
    FrozenText.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(
        context={}, context_salt="", salt=""
    )
    waiting = Appeal.objects.filter(result=None).values("case")
    about = Case.objects.open().filter(member=member).exclude(pk__in=waiting)
    about.update(state=CaseState.CLOSED)
    legal.forget_writer(member)
    Report.objects.filter(reporter=member).update(text="")
    Appeal.objects.filter(appellant=member).update(text="")
    Sanction.objects.filter(member=member).update(message="")
    # That they wrote to each other stays; what, on either side, goes.
    Message.objects.filter(conversation__member=member).update(source="", html="")
    Conversation.objects.filter(member=member).update(lock_reason="", unanswered=0)
