"""What was hidden is mended by its author, read again by a moderator, and restored."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.models import User
from forum.lib.verdict import Refused, ensure
from forum.moderation import actions, outcome_permissions, words
from forum.moderation.cases import open_case_of
from forum.moderation.models import Case, Decision, Outcome
from forum.moderation.reasons import AMENDED_GRAVITY
from forum.posts import actions as posts
from forum.posts.diffing import Part, difference
from forum.posts.models import Post

AMENDED = gettext_lazy("Its author has amended it. As it reads now it may stand.")


@transaction.atomic
def amend(*, author: User, post: Post, source: str, now: datetime | None = None) -> Case:
    """The post has an open case again, before all others: somebody did what was asked of them."""
    now = now or timezone.now()
    case = open_case_of(post, now)
    ensure(outcome_permissions.can_amend(author, post))
    if source == post.source:
        raise Refused(_("Nothing is changed yet."))
    posts.amend(by=author, post=post, source=source, now=now)
    decision = Decision.objects.that_hid(post)
    Case.objects.filter(pk=case.pk).update(
        amends=decision, gravity=Greatest("gravity", AMENDED_GRAVITY)
    )
    case.refresh_from_db()
    return case


@transaction.atomic
def restore_amended(
    *, moderator: User, case: Case, seen: str, now: datetime | None = None
) -> Decision:
    """With one press, by whoever holds the case or takes it with the same press."""
    ensure(outcome_permissions.can_restore_amended(moderator, case))
    if case.claimed_by_id != moderator.pk:
        case = actions.claim_case(moderator=moderator, case=case, now=now)
    rule = case.amends.rule  # type: ignore[union-attr]
    return actions.decide(
        moderator=moderator, case=case, outcome=Outcome.RESTORE, rule=rule,
        reason=words.for_log(str, AMENDED), seen=seen, now=now,
    )  # fmt: skip


def then_and_now(case: Case) -> list[list[Part]] | None:
    """What was judged against what the author made of it; None where nothing was amended, or the
    text is gone.
    """
    if case.amends is None:
        return None
    then = _then(case, case.amends)
    frozen = getattr(case, "decision", None)
    now = frozen.frozen.source if frozen is not None else case.post.source
    return difference(then, now) if then and now else None


def _then(case: Case, decision: Decision) -> str:
    if decision.case.post_id == case.post_id:
        return decision.frozen.source
    # Hidden with the branch that it stands in: what was frozen then is another post's text.
    number = decision.branch_posts.filter(post=case.post_id).values("version")[:1]
    versions = case.post.versions.filter(number=number)
    return versions.values_list("source", flat=True).first() or ""
