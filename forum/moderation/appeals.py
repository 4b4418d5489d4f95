"""Appeals: asked for once by whom a decision concerns, decided by another moderator."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import ensure
from forum.moderation import appeal_permissions, ending, log, words
from forum.moderation.cases import open_again
from forum.moderation.models import Appeal, AppealResult, Case, Decision, LogKind, Ruling
from forum.moderation.reasons import GRAVE
from forum.moderation.reversing import ruling_of


@transaction.atomic
def appeal(
    *, appellant: User, decision: Decision, text: str, now: datetime | None = None
) -> Appeal:
    """Ask for another moderator: there is an open case again, and the log says so."""
    now = now or timezone.now()
    case = open_again(decision.case, now)
    ensure(appeal_permissions.can_appeal(appellant, decision, now))
    made = Appeal.objects.create(
        decision=decision, appellant=appellant, text=text, case=case, made_at=now
    )
    Case.objects.filter(pk=case.pk).update(gravity=Greatest(F("gravity"), GRAVE))
    if case.claimed_by_id == decision.moderator_id:
        # Whoever decided first is no judge of it any more.
        Case.objects.filter(pk=case.pk).update(claimed_by=None, claimed_at=None)
    log.append(
        kind=LogKind.APPEAL, subject=words.for_log(words.subject_of, case.judged),
        subject_url=case.public_url, rule=decision.rule,
        reason=words.for_log(words.of_appeal, decision, appellant), moderator=None, at=now,
        about=decision.log_entry.number,
    )  # fmt: skip
    return made


def settle(appeals: Iterable[Appeal], decision: Decision, *, lift: bool) -> None:
    """Say of each what came of it, and end the sanctions if that was decided."""
    for one in appeals:
        if lift and ending.can_lift(one.decision, decision.created_at):
            ending.lift(one.decision.sanction, decision.created_at)
        has_held = ruling_of(one, decision) == Ruling.HELD
        one.result = AppealResult.HELD if has_held else AppealResult.REVERSED
        one.save(update_fields=["result"])


def unsettle(appeals: Iterable[Appeal], decision: Decision) -> None:
    """That decision was taken back: they wait again, and what it ended holds again."""
    waiting = list(appeals)
    ending.lay_on_again(waiting, decision)
    for one in waiting:
        one.result = None
        one.save(update_fields=["result"])
