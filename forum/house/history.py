"""Writes down what was settled anew. For every table that staff edit, of whatever app."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from forum.house.models import Change


def record_changes(
    *,
    by: Any,
    subject: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    now: datetime | None = None,
) -> list[Change]:
    """One row for each part that differs; in the transaction of the change itself."""
    at = now or timezone.now()
    return Change.objects.bulk_create(
        Change(
            subject=subject, part=part, by=by, at=at,
            before=_words(before.get(part)), after=_words(after[part]),
        )
        for part in after
        if _words(before.get(part)) != _words(after[part])
    )  # fmt: skip


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
