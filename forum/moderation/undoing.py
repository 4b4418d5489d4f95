"""Taking a decision back before anybody was told of it: it is as if it had not been made, but for
the log, which keeps both.
"""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import ensure
from forum.moderation import (
    appeals,
    effects,
    legal,
    log,
    outcome_permissions,
    reversing,
    telling,
    words,
)
from forum.moderation.cases import locked, open_again
from forum.moderation.locking import unlock_thread
from forum.moderation.models import Case, Decision, LogKind, Report
from forum.moderation.sanction_limits import bring_into_force


@transaction.atomic
def undo(*, moderator: User, decision: Decision, now: datetime | None = None) -> Case:
    """Gives the open case in which its reports and appeals wait again, held by the moderator."""
    now = now or timezone.now()
    locked(decision.case)
    log.hold()
    decision = Decision.objects.for_statement().get(pk=decision.pk)
    ensure(outcome_permissions.can_undo(moderator, decision, now))
    telling.call_off(decision)
    decision.undone_at = now
    decision.save(update_fields=["undone_at"])
    reversing.unmark(decision)
    log.append(
        kind=LogKind.UNDO, subject=words.for_log(words.subject_of, decision.case.judged),
        subject_url=decision.case.public_url, rule=decision.rule,
        reason=words.for_log(str, words.TAKEN_BACK), moderator=moderator, at=now,
        about=decision.log_entry.number,
    )  # fmt: skip
    _end_sanction(decision)
    _unlock(decision, moderator, now)
    effects.take_back(decision, now)
    return _reopen(decision, moderator, now)


def _end_sanction(decision: Decision) -> None:
    """Nobody was told of it: nothing of it stays in the member's record."""
    sanction = getattr(decision, "sanction", None)
    if sanction is not None:
        sanction.delete()
        bring_into_force(sanction.member_id, timezone.now())


def _unlock(decision: Decision, moderator: User, now: datetime) -> None:
    if not decision.locks:
        return
    thread = decision.case.post.thread
    if thread.is_locked:
        unlock_thread(
            moderator=moderator, thread=thread, rule=decision.rule,
            reason=words.for_log(str, words.TAKEN_BACK), now=now,
        )  # fmt: skip


def _reopen(decision: Decision, moderator: User, now: datetime) -> Case:
    """A case that was opened since takes it all up; else there is a new one."""
    old = decision.case
    case = open_again(old, old.opened_at, opened_by=old.opened_by)
    if case.claimed_by_id is None:
        case.claimed_by, case.claimed_at = moderator, now
    case.continues = old
    case.held_by_rule = case.held_by_rule or old.held_by_rule
    case.flagged_by = case.flagged_by or old.flagged_by
    case.amends = case.amends or old.amends
    case.save(
        update_fields=[
            "claimed_by", "claimed_at", "continues", "held_by_rule", "flagged_by", "amends"
        ]
    )  # fmt: skip
    again = Report.objects.filter(case=case).values_list("reporter", flat=True)
    Report.objects.filter(case=old).exclude(reporter__in=list(again)).update(case=case)
    waiting = list(old.appeals.select_related("decision__sanction"))
    appeals.unsettle(waiting, decision)
    old.appeals.update(case=case)
    legal.unsettle(decision, case)
    Case.objects.filter(pk=case.pk).update(
        gravity=Greatest("gravity", old.gravity),
        report_count=Report.objects.filter(case=case).count(),
    )
    return case
