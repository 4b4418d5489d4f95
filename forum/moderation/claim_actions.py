"""What moderators do with claims and the links between them. All of it is in the public log."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from essays.models import Revision
from forum.accounts.models import User
from forum.counterpoints import linking, merging
from forum.counterpoints.models import Claim, ClaimLink
from forum.counterpoints.reattaching import reattach
from forum.lib.verdict import ensure
from forum.moderation import log, permissions
from forum.moderation.models import LogEntry, LogKind, Rule
from forum.notifications.actions import News, notify, notify_each
from forum.posts.mentioning import excerpt

# As much of each as the log's line holds.
QUOTED, SUBJECT = 90, 100


@transaction.atomic
def merge_claims(
    *, moderator: User, claim: Claim, into: Claim, rule: Rule, reason: str,
    now: datetime | None = None,
) -> LogEntry:  # fmt: skip
    """For good. Whoever marked one of them is told."""
    log.hold()
    ensure(permissions.can_merge(moderator, claim, into))
    now = now or timezone.now()
    into = merging.merge_claims(by=moderator, claim=claim, into=into, now=now)
    essay = into.essay
    what = f"claim {claim.number} of {essay.title}, into claim {into.number}"
    entry = log.append(
        kind=LogKind.MERGE, subject=f"C{what[1:]}", subject_url=into.get_absolute_url(),
        rule=rule, reason=reason, moderator=moderator, at=now,
    )  # fmt: skip
    sentence = f"Claim {claim.number} of {essay.title} became part of claim {into.number}."
    markers = sorted({claim.opening.author_id, into.opening.author_id})
    notify_each(
        news=[
            News(
                recipient_id=marker,
                sentence=f"{sentence} Rule {rule}.",
                excerpt=reason,
                url=entry.get_absolute_url(),
                sign="scales",
                place=essay.title,
            )
            for marker in markers
        ],
        kind="decided",
        now=now,
    )
    return entry


@transaction.atomic
def reattach_claim(
    *, moderator: User, claim: Claim, revision: Revision, start: int, end: int, rule: Rule,
    reason: str, now: datetime | None = None,
) -> LogEntry:  # fmt: skip
    """Put it on other words of the essay. The log keeps both, so it can be put back the same way;
    whoever marked it is told.
    """
    log.hold()
    ensure(permissions.can_reattach(moderator, claim))
    now = now or timezone.now()
    before = claim.passage.exact
    claim = reattach(claim=claim, revision=revision, start=start, end=end, now=now)
    after = claim.passage.exact
    what = f"claim {claim.number} of {claim.essay.title}"
    entry = log.append(
        kind=LogKind.ANCHOR, subject=_from_to(f"C{what[1:]}", before, after),
        subject_url=claim.get_absolute_url(), rule=rule, reason=reason, moderator=moderator, at=now,
    )  # fmt: skip
    notify(
        recipient=claim.opening.author, kind="decided", sign="scales", now=now, excerpt=reason,
        sentence=f"The {what} stands on other words now. Rule {rule}.",
        url=entry.get_absolute_url(), place=claim.essay.title,
    )  # fmt: skip
    return entry


def _from_to(what: str, before: str, after: str) -> str:
    was, became = (excerpt(words, QUOTED) for words in (before, after))
    return f"{excerpt(what, SUBJECT)}: from “{was}” to “{became}”"


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
