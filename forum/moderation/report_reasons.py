"""Why posts may be reported, as keepers word it. Each change has its line in the history."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from forum.house.history import record_changes
from forum.house.permissions import can_settle
from forum.lib.site_language import in_site_language
from forum.lib.verdict import ensure
from forum.moderation.models import ReportReason
from forum.moderation.permissions import can_keep_reason

OWN_KEY = "own-{}"


@transaction.atomic
def keep_reason(*, by: Any, reason: ReportReason) -> ReportReason:
    """Made, or changed. What was reported under it keeps the name that it had then."""
    ensure(can_settle(by))
    # Held together, so that of two who withdraw one at once not both withdraw the last.
    offered = set(ReportReason.objects.select_for_update().offered().values_list("pk", flat=True))
    ensure(can_keep_reason(reason, others=len(offered - {reason.pk})))
    before = ReportReason.objects.select_related("rule").filter(pk=reason.pk).first()
    if before is None:
        newest = ReportReason.objects.aggregate(newest=Max("pk"))["newest"] or 0
        reason.key = OWN_KEY.format(newest + 1)
    reason.save()
    record_changes(
        by=by, subject=f"reason {reason.pk}", before=_words(before) if before else {},
        after=_words(reason),
    )  # fmt: skip
    return reason


def _words(reason: ReportReason) -> dict[str, Any]:
    return {
        "name": reason.name, "text": reason.text, "rule": in_site_language(str, reason.rule or ""),
        "harm": reason.gravity, "asks for words": reason.asks_for_words, "place": reason.place,
        "is offered": reason.is_offered,
    }  # fmt: skip
