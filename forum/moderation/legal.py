"""Legal notices: what somebody says is against the law, answered by a decision and a letter."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.languages import present
from forum.lib.verdict import ensure
from forum.moderation.cases import open_case_of
from forum.moderation.legal_letters import acknowledge, answer, answer_again
from forum.moderation.models import Case, Decision, LegalNotice
from forum.moderation.permissions import can_be_noticed
from forum.moderation.reasons import LEGAL_GRAVITY
from forum.posts.actions import keep_words
from forum.posts.models import Post

ANSWERED_WITHIN = timedelta(days=7)
# So long after the answer somebody may still ask what became of it.
KEPT_FOR = timedelta(days=366)


@transaction.atomic
def give_notice(
    *,
    post: Post,
    name: str,
    email: str,
    explanation: str,
    member: User | None = None,
    now: datetime | None = None,
) -> LegalNotice:
    """It waits in the queue before all else, and whoever wrote it has a letter that it is there."""
    ensure(can_be_noticed(post))
    now = now or timezone.now()
    case = open_case_of(post, now)
    kept = keep_words(post=post, now=now)
    made = LegalNotice.objects.create(
        post=post, case=case, member=member, name=name, email=email, explanation=explanation,
        version=kept.edit_count + 1, received_at=now, due_at=now + ANSWERED_WITHIN,
        language=present(),
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(gravity=Greatest("gravity", LEGAL_GRAVITY))
    acknowledge.enqueue(made.pk)
    return made


def settle(decision: Decision) -> None:
    """Each waits for its letter as long as the decision may be taken back."""
    waiting = LegalNotice.objects.filter(case=decision.case_id, decision=None)
    for pk in list(waiting.values_list("pk", flat=True)):
        answer.using(run_after=decision.told_at).enqueue(pk, decision.pk)
    waiting.update(decision=decision)


def tell_again(decision: Decision) -> None:
    """Something else was decided than what those were told who had given notice of it before."""
    told = LegalNotice.objects.filter(
        post=decision.case.post_id, decision__isnull=False, decision__undone_at=None
    ).exclude(decision=decision)
    for pk in list(told.exclude(email="").values_list("pk", flat=True)):
        answer_again.using(run_after=decision.told_at).enqueue(pk, decision.pk)


def unsettle(decision: Decision, case: Case) -> None:
    """The decision was taken back before anybody was told: they wait in this case again."""
    LegalNotice.objects.filter(decision=decision, answered_at=None).update(decision=None, case=case)


def forget_writer(member: User) -> None:
    """Of what they gave notice of stays only that they did, and what was decided."""
    theirs = Q(member=member)
    if member.email:
        theirs |= Q(email__iexact=member.email)
    LegalNotice.objects.filter(theirs).update(name="", email="", explanation="", member=None)


def forget_old_writers(*, now: datetime | None = None) -> int:
    """Periodic work; gives how many were emptied."""
    ended = (now or timezone.now()) - KEPT_FOR
    old = LegalNotice.objects.filter(answered_at__lt=ended).exclude(email="")
    return old.update(name="", email="", explanation="", member=None)
