"""What moderators do with claims and the links between them. All of it is in the public log."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from essays.models import Revision
from forum.accounts.models import User
from forum.counterpoints import linking, merging
from forum.counterpoints.models import Claim, ClaimLink
from forum.counterpoints.reattaching import reattach
from forum.lib.site_language import in_each_language
from forum.lib.verdict import ensure
from forum.moderation import log, permissions, words
from forum.moderation.models import LogEntry, LogKind, Rule
from forum.moderation.telling import told_at
from forum.notifications.actions import News, notify, notify_each
from forum.notifications.happenings import call_off_each, notify_each_later
from forum.posts.mentioning import excerpt

# As much of each as the log's line holds.
QUOTED, SUBJECT = 90, 100


@transaction.atomic
def merge_claims(
    *, moderator: User, claim: Claim, into: Claim, rule: Rule, reason: str,
    now: datetime | None = None,
) -> LogEntry:  # fmt: skip
    """Whoever marked one of them is told. What takes it back is in parting.py."""
    log.hold()
    ensure(permissions.can_merge(moderator, claim, into))
    now = now or timezone.now()
    entry = log.append(
        kind=LogKind.MERGE, subject=words.for_log(_merger, claim, into),
        subject_url=into.get_absolute_url(), rule=rule, reason=reason, moderator=moderator, at=now,
    )  # fmt: skip
    merging.merge_claims(by=moderator, claim=claim, into=into, log_number=entry.number, now=now)
    tell_markers([claim, into], in_each_language(_merged, claim, into, rule), entry)
    return entry


def tell_markers(claims: Iterable[Claim], sentence: Mapping[str, str], entry: LogEntry) -> None:
    """Whoever marked one of these claims of an essay: not before it can be taken back no more."""
    titles = {claim.opening.author_id: claim.essay.title for claim in claims}
    news = [
        News(
            recipient_id=marker, sentence=sentence, excerpt=entry.reason, sign="scales",
            url=entry.get_absolute_url(), place=title,
        )
        for marker, title in sorted(titles.items())
    ]  # fmt: skip
    later = told_at(entry.at)
    if later is None:
        notify_each(news=news, kind="decided", now=entry.at)
    else:
        notify_each_later(
            news=news, kind="decided", not_before=later, key=_key(entry.number), now=entry.at
        )


def call_off_news(claims: Iterable[Claim], entry: int) -> bool:
    """Of what is taken back before anybody was told of it; False where one of them was."""
    markers = {claim.opening.author_id for claim in claims}
    return call_off_each(key=_key(entry)) == len(markers)


def _key(entry: int) -> str:
    return f"log:{entry}"


def _merger(claim: Claim, into: Claim) -> str:
    named = {"claim": claim.number, "essay": into.essay.title, "into": into.number}
    return _("Claim %(claim)s of %(essay)s, into claim %(into)s") % named


def _merged(claim: Claim, into: Claim, rule: Rule) -> str:
    named = {"claim": claim.number, "essay": into.essay.title, "into": into.number, "rule": rule}
    return _("Claim %(claim)s of %(essay)s became part of claim %(into)s. Rule %(rule)s.") % named


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
    entry = log.append(
        kind=LogKind.ANCHOR, subject=words.for_log(_from_to, claim, before, after),
        subject_url=claim.get_absolute_url(), rule=rule, reason=reason, moderator=moderator, at=now,
    )  # fmt: skip
    tell_markers([claim], in_each_language(_reattached, claim, rule), entry)
    return entry


def _from_to(claim: Claim, before: str, after: str) -> str:
    named = {"number": claim.number, "essay": claim.essay.title}
    told = {
        "claim": excerpt(_("Claim %(number)s of %(essay)s") % named, SUBJECT),
        "was": excerpt(before, QUOTED),
        "became": excerpt(after, QUOTED),
    }
    return _("%(claim)s: from “%(was)s” to “%(became)s”") % told


def _reattached(claim: Claim, rule: Rule) -> str:
    named = {"claim": claim.number, "essay": claim.essay.title, "rule": rule}
    return _("The claim %(claim)s of %(essay)s stands on other words now. Rule %(rule)s.") % named


@transaction.atomic
def remove_link(
    *, moderator: User, link: ClaimLink, rule: Rule, reason: str, now: datetime | None = None
) -> LogEntry:
    """Nobody can propose it again. Whoever did is told why it is gone."""
    log.hold()
    ensure(permissions.can_remove_link(moderator, link))
    now = now or timezone.now()
    link = linking.remove_link(by=moderator, link=link, now=now)
    entry = log.append(
        kind=LogKind.UNLINK, subject=words.for_log(_that, link),
        subject_url=link.source.get_absolute_url(), rule=rule, reason=reason, moderator=moderator,
        at=now,
    )  # fmt: skip
    if link.proposed_by is not None:
        notify(
            recipient=link.proposed_by, kind="decided", sign="scales", now=now, excerpt=reason,
            sentence=in_each_language(_unlinked, link, rule),
            url=entry.get_absolute_url(),
        )  # fmt: skip
    return entry


def _that(link: ClaimLink) -> str:
    return _("That %(link)s") % {"link": linking.said(link)}


def _unlinked(link: ClaimLink, rule: Rule) -> str:
    told = {"link": linking.said(link), "rule": rule}
    return _("The link that you proposed was removed: %(link)s. Rule %(rule)s.") % told
