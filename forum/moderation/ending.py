"""Ending a sanction before its time: by hand, or by what is decided on appeal. The log says so."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.site_language import in_each_language
from forum.lib.verdict import ensure
from forum.moderation import log, permissions, words
from forum.moderation.models import (
    Appeal,
    Decision,
    LogEntry,
    LogKind,
    Outcome,
    Rule,
    Sanction,
    SanctionKind,
)
from forum.moderation.sanction_limits import bring_into_force
from forum.moderation.sanction_words import ENDED
from forum.notifications.actions import notify
from forum.notifications.kinds import NoticeKind
from forum.posts.mentioning import excerpt


@transaction.atomic
def end_sanction(
    *, moderator: User, sanction: Sanction, rule: Rule, reason: str, now: datetime | None = None
) -> LogEntry:
    """At once and for good: from then on it is as if it had not been."""
    log.hold()
    rows = Sanction.objects.select_for_update(of=("self",)).select_related("member")
    sanction = rows.get(pk=sanction.pk)
    now = now or timezone.now()
    ensure(permissions.can_end_sanction(moderator, sanction, now))
    decision = Decision.objects.for_statement().get(pk=sanction.decision_id)
    lift(sanction, now)
    entry = _log(sanction, decision, moderator, rule, reason, now)
    told = ENDED[SanctionKind(sanction.kind)]
    notify(
        recipient=sanction.member, kind=NoticeKind.DECIDED, now=now,
        sentence=in_each_language(str, told), url=decision.get_absolute_url(),
        sign="scales", excerpt=excerpt(reason), about=f"case:{decision.case_id}",
        place=words.place_words(decision.case),
    )  # fmt: skip
    return entry


def can_lift(decision: Decision, at: datetime) -> bool:
    """On appeal. Where the sanction is all that was decided of a member, it goes from their record
    even if it is over by itself: nothing else could be reversed.
    """
    sanction = getattr(decision, "sanction", None)
    if sanction is None:
        return False
    if decision.outcome == Outcome.CENSURE:
        return sanction.lifted_at is None
    return bool(sanction.can_end(at))


def lift(sanction: Sanction, at: datetime | None) -> None:
    """None: it goes on."""
    sanction.lifted_at, sanction.ending = at, None
    sanction.save(update_fields=["lifted_at", "ending"])
    bring_into_force(sanction.member_id, timezone.now())


def log_lifted(appealed: Iterable[Appeal], decision: Decision) -> None:
    """Of those that this decision ended, an entry of its own: the decision's is about the post."""
    for sanction in _lifted_by(appealed, decision):
        first = Decision.objects.for_statement().get(pk=sanction.decision_id)
        _log(
            sanction, first, decision.moderator, decision.rule, decision.reason,
            decision.created_at,
        )  # fmt: skip


def lay_on_again(appealed: Iterable[Appeal], decision: Decision) -> None:
    """That decision was taken back: what it ended goes on, and the log says that, too."""
    for sanction in _lifted_by(appealed, decision):
        entry = sanction.ending
        lift(sanction, None)
        if entry is not None:
            log.append(
                kind=LogKind.RESUME, subject=entry.subject, subject_url=entry.subject_url,
                rule=decision.rule, reason=words.for_log(str, words.TAKEN_BACK),
                moderator=decision.moderator, at=decision.undone_at or timezone.now(),
                about=entry.number,
            )  # fmt: skip


def _lifted_by(appealed: Iterable[Appeal], decision: Decision) -> list[Sanction]:
    found: dict[int, Sanction] = {}
    for one in appealed:
        sanction = getattr(one.decision, "sanction", None)
        if sanction is not None and sanction.lifted_at == decision.created_at:
            found[sanction.pk] = sanction
    return list(found.values())


def _log(
    sanction: Sanction,
    decision: Decision,
    moderator: Any,
    rule: Rule,
    reason: str,
    at: datetime,
) -> LogEntry:
    """Not what it was, nor whose: it leads to the decision that brought it."""
    case = decision.case
    entry = log.append(
        kind=LogKind.END, subject=words.for_log(words.subject_of, case.judged),
        subject_url=case.public_url, rule=rule, reason=reason, moderator=moderator, at=at,
        about=decision.log_entry.number,
    )  # fmt: skip
    sanction.ending = entry
    sanction.save(update_fields=["ending"])
    return entry
