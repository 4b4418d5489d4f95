"""Adding to the public log, and proving that nobody has changed it."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from forum.moderation.chain import link, seal_of
from forum.moderation.models import Decision, FrozenText, LogEntry, LogHead, LogKind, Outcome, Rule
from forum.moderation.models.log import number_at
from forum.moderation.proving import Broken, counted_as, examine
from forum.posts.grounds import Grounds
from forum.posts.statuses import PostStatus, StatedRule

HEAD = 1
LEFT: dict[str, LogKind] = {
    PostStatus.HIDDEN: LogKind.LEFT_HIDDEN,
    PostStatus.REMOVED: LogKind.LEFT_REMOVED,
}


def hold() -> LogHead:
    """Hold the newest end until the transaction ends.

    An action takes its locks in this order: case, log, then what belongs to a thread. So none
    waits for another that waits for it.
    """
    return LogHead.objects.select_for_update().get_or_create(pk=HEAD)[0]


@transaction.atomic
def append(  # noqa: PLR0913 — an entry has that many parts
    *,
    kind: str,
    subject: str,
    subject_url: str,
    rule: Rule,
    reason: str,
    moderator: Any,
    at: datetime,
    frozen: FrozenText | None = None,
    about: int | None = None,
    ruling: str | None = None,
    until: datetime | None = None,
) -> LogEntry:
    """Add an entry: its number, and so its address, is known before anything else is changed."""
    head = hold()
    entry = LogEntry(
        number=head.length + 1,
        kind=kind,
        subject=subject,
        subject_url=subject_url,
        rule_number=rule.number,
        rule_title=rule.title,
        reason=reason,
        moderator_name=moderator.name if moderator else "",
        at=at.astimezone(UTC),
        decision=frozen.decision if frozen else None,
        about_number=about,
        until=until.astimezone(UTC) if until else None,
        ruling=ruling,
        private_hash=seal_of(frozen.parts()) if frozen else "",
        previous_hash=head.hash,
    )
    entry.hash = link(entry.previous_hash, entry.public(), entry.private_hash)
    entry.save()
    head.length, head.hash = entry.number, entry.hash
    for name in counted_as(kind, rule.number, ruling):
        head.counts[name] = head.counts.get(name, 0) + 1
    head.save()
    return entry


def grounds_of(entry: LogEntry) -> Grounds:
    """What a thread keeps of it beside the measure that it tells of."""
    return Grounds(
        rule=entry.rule_number, title=entry.rule_title, by=entry.moderator_name,
        since=entry.at.isoformat(), entry=entry.number, url=entry.get_absolute_url(),
    )  # fmt: skip


def rule_at(address: str) -> StatedRule | None:
    """Which rule the entry at this address names."""
    number = number_at(address)
    entry = None if number is None else LogEntry.objects.filter(pk=number).first()
    return StatedRule(entry.rule_number, entry.rule_title) if entry else None


def counts() -> dict[str, int]:
    """Entries by kind, by rule ("rule-2"), by what came of appeals, and in all ("all")."""
    return counts_and_version()[0]


def counts_and_version() -> tuple[dict[str, int], str]:
    """The same, and what changes with every entry: the log itself never does."""
    head = LogHead.objects.filter(pk=HEAD).first()
    if head is None:
        return {"all": 0}, ""
    return {**head.counts, "all": head.length}, head.hash


def first_broken() -> int | None:
    """The number of the first entry that is not what it was when it was written, if any is."""
    broken = find_broken()
    return broken.number if broken else None


def find_broken() -> Broken | None:
    """Reads the whole log. What was erased cannot be checked any more; all else still can."""
    entries = LogEntry.objects.with_judged().order_by("number").iterator()
    return examine(entries, LogHead.objects.filter(pk=HEAD).first() or LogHead())


def outcome_count(totals: dict[str, int]) -> int:
    """How many cases have been decided: every decision has its entry."""
    kinds = [*Outcome.values, *LEFT.values()]
    return sum(totals.get(kind, 0) for kind in kinds)


def kind_of(decision: Decision) -> str:
    """What the log calls it."""
    return LEFT[decision.status_before] if decision.leaves_down else decision.outcome
