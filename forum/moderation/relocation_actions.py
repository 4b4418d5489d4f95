from datetime import datetime

from django.db import transaction

from forum.accounts.models import User
from forum.moderation import actions
from forum.moderation.destinations import Destination
from forum.moderation.models import Decision, Outcome, Rule
from forum.posts.models import Post


@transaction.atomic
def relocate(
    *, moderator: User, post: Post, to: Destination, rule: Rule, reason: str,
    now: datetime | None = None,
) -> Decision:  # fmt: skip
    """It decides the post's open case, if there is one: else there is one from now on. Whether it
    may be moved there is asked where it is decided; if not, no case was opened.
    """
    case = actions.open_case(moderator=moderator, post=post, now=now)
    if case.claimed_by_id != moderator.pk:
        case = actions.claim_case(moderator=moderator, case=case, now=now)
    return actions.decide(
        moderator=moderator, case=case, outcome=Outcome.MOVE, rule=rule, reason=reason, to=to,
        now=now,
    )  # fmt: skip
