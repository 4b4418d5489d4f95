"""What moderators do with claims and the links between them. All of it is in the public log."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.counterpoints import linking
from forum.counterpoints.models import ClaimLink
from forum.lib.verdict import ensure
from forum.moderation import log, permissions
from forum.moderation.models import LogEntry, LogKind, Rule
from forum.notifications.actions import notify


@transaction.atomic
def remove_link(
    *, moderator: User, link: ClaimLink, rule: Rule, reason: str, now: datetime | None = None
) -> LogEntry:
    """Nobody can propose it again. Whoever did is told why it is gone."""
    log.hold()
    ensure(permissions.can_remove_link(moderator, link))
    now = now or timezone.now()
    link = linking.remove_link(by=moderator, link=link, now=now)
    what = linking.said(link)
    entry = log.append(
        kind=LogKind.UNLINK, subject=f"That {what}", subject_url=link.source.get_absolute_url(),
        rule=rule, reason=reason, moderator=moderator, at=now,
    )  # fmt: skip
    if link.proposed_by is not None:
        notify(
            recipient=link.proposed_by, kind="decided", sign="scales", now=now, excerpt=reason,
            sentence=f"The link that you proposed was removed: {what}. Rule {rule}.",
            url=entry.get_absolute_url(),
        )  # fmt: skip
    return entry
