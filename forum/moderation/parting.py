"""A merger of claims is taken back as any decision: by a rule, for a reason, in the public log."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.accounts.models import User
from forum.counterpoints import unmerging
from forum.counterpoints.models import Merger
from forum.lib.site_language import in_each_language
from forum.lib.verdict import ensure
from forum.moderation import log, permissions, words
from forum.moderation.claim_actions import call_off_news, tell_markers
from forum.moderation.models import LogEntry, LogKind, Rule


@transaction.atomic
def part_claims(
    *, moderator: User, merger: Merger, rule: Rule, reason: str, now: datetime | None = None
) -> LogEntry:
    """Whoever marked one of them is told, if they were told of the merger."""
    log.hold()
    ensure(permissions.can_part(moderator, merger))
    now = now or timezone.now()
    claim = unmerging.part_claims(by=moderator, merger=merger, now=now)
    entry = log.append(
        kind=LogKind.PART, subject=words.for_log(_subject, merger),
        subject_url=claim.get_absolute_url(), rule=rule, reason=reason, moderator=moderator, at=now,
        about=merger.log_number,
    )  # fmt: skip
    claims = [merger.claim, merger.into]
    if merger.log_number is None or not call_off_news(claims, merger.log_number):
        tell_markers(claims, in_each_language(_parted, merger, rule), entry)
    return entry


def _named(merger: Merger) -> dict[str, object]:
    claim, into = merger.claim, merger.into
    return {"claim": claim.number, "essay": claim.essay.title, "into": into.number}


def _subject(merger: Merger) -> str:
    return _("Claim %(claim)s of %(essay)s, from claim %(into)s") % _named(merger)


def _parted(merger: Merger, rule: Rule) -> str:
    told = _named(merger) | {"rule": rule}
    return (
        _("Claim %(claim)s of %(essay)s was parted again from claim %(into)s. Rule %(rule)s.")
        % told
    )


def show_parting(entries: Iterable[LogEntry]) -> None:
    """On each line of the log that merged two claims which are merged still, for moderators: the
    claim that can be parted from the other; 1 query, and none where nothing was merged."""
    merged = {entry.number: entry for entry in entries if entry.kind == LogKind.MERGE}
    if not merged:
        return
    standing = Merger.objects.filter(log_number__in=list(merged), parted_at=None)
    to_part = dict(standing.values_list("log_number", "claim"))
    for number, entry in merged.items():
        entry.to_part = to_part.get(number)  # type: ignore[attr-defined]
