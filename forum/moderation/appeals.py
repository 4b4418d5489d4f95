"""Appeals: asked for once by whom a decision concerns, decided by another moderator."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import ensure
from forum.moderation import appeal_permissions, log, words
from forum.moderation.cases import open_case_of
from forum.moderation.models import (
    TAKING_DOWN,
    Appeal,
    AppealResult,
    Case,
    Decision,
    LogKind,
    Outcome,
    Sanction,
)
from forum.moderation.reasons import GRAVE
from forum.moderation.sanction_limits import bring_into_force


@transaction.atomic
def appeal(
    *, appellant: User, decision: Decision, text: str, now: datetime | None = None
) -> Appeal:
    """Ask for another moderator: the post has an open case again, and the log says so."""
    post = decision.case.post
    now = now or timezone.now()
    case = open_case_of(post, now)
    ensure(appeal_permissions.can_appeal(appellant, decision, now))
    made = Appeal.objects.create(
        decision=decision, appellant=appellant, text=text, case=case, made_at=now
    )
    Case.objects.filter(pk=case.pk).update(gravity=Greatest(F("gravity"), GRAVE))
    if case.claimed_by_id == decision.moderator_id:
        # Whoever decided first is no judge of it any more.
        Case.objects.filter(pk=case.pk).update(claimed_by=None, claimed_at=None)
    log.append(
        kind=LogKind.APPEAL, subject=words.for_log(words.subject_of, post),
        subject_url=post.get_absolute_url(), rule=decision.rule,
        reason=words.for_log(words.of_appeal, decision, appellant), moderator=None, at=now,
        about=decision.log_entry.number,
    )  # fmt: skip
    return made


def settle(appeals: list[Appeal], decision: Decision, *, lift: bool) -> None:
    """Say of each what came of it, and take back the sanctions if that was decided."""
    for one in appeals:
        sanction = getattr(one.decision, "sanction", None)
        if lift and sanction is not None:
            _set_lifted(sanction, decision.created_at)
        is_reversed = _is_reversed(one, decision, lift=lift and sanction is not None)
        one.result = AppealResult.REVERSED if is_reversed else AppealResult.HELD
        one.save(update_fields=["result"])


def _is_reversed(one: Appeal, decision: Decision, *, lift: bool) -> bool:
    first = one.decision.outcome
    if first in TAKING_DOWN:
        return lift or decision.outcome == Outcome.RESTORE
    if first == Outcome.MOVE:
        return lift or decision.outcome == Outcome.MOVE
    if one.decision.leaves_down:
        return lift or decision.outcome == Outcome.RESTORE
    if one.appellant_id == decision.member_id:
        return lift or (first == Outcome.NOTE and decision.outcome == Outcome.KEEP)
    return decision.outcome in TAKING_DOWN


def unsettle(appeals: Iterable[Appeal], decision: Decision) -> None:
    """That decision was taken back: they wait again, and what it lifted holds again."""
    for one in appeals:
        sanction = getattr(one.decision, "sanction", None)
        if sanction is not None and sanction.lifted_at == decision.created_at:
            _set_lifted(sanction, None)
        one.result = None
        one.save(update_fields=["result"])


def _set_lifted(sanction: Sanction, at: datetime | None) -> None:
    sanction.lifted_at = at
    sanction.save(update_fields=["lifted_at"])
    bring_into_force(sanction.member_id, timezone.now())
