"""The watch list, as moderators keep it: an entry is tried on past posts before it is on."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forum.guard.admin import subject_of
from forum.guard.models import WatchEntry
from forum.guard.rules import forget_rules
from forum.house.history import record_changes
from forum.lib.verdict import Refused, ensure
from forum.moderation.permissions import can_moderate

PARTS = ("kind", "pattern", "does", "reason")
# What decides on what is found: whoever changes it tries it again.
DECIDING = ("kind", "pattern", "does")


@transaction.atomic
def keep_entry(*, by: Any, entry: WatchEntry) -> WatchEntry:
    """Made, or changed. It is off until it is tried, and again once it finds something else."""
    ensure(can_moderate(by))
    known = WatchEntry.objects.select_for_update().filter(pk=entry.pk).first()
    others = WatchEntry.objects.exclude(pk=entry.pk)
    if others.filter(kind=entry.kind, pattern=entry.pattern).exists():
        raise Refused(_("There is such an entry already."))
    before = {part: getattr(known, part) for part in (*PARTS, "is_on")} if known else {}
    is_same = known is not None and all(getattr(entry, part) == before[part] for part in DECIDING)
    entry.is_on = bool(before.get("is_on")) and is_same
    entry.save()
    after = {part: getattr(entry, part) for part in PARTS} | {"is_on": entry.is_on}
    record_changes(by=by, subject=subject_of(entry), before=before, after=after)
    forget_rules()
    return entry


@transaction.atomic
def switch_entry(*, by: Any, entry: WatchEntry, is_on: bool) -> WatchEntry:
    ensure(can_moderate(by))
    held = WatchEntry.objects.select_for_update().get(pk=entry.pk)
    record_changes(
        by=by, subject=subject_of(held), before={"is_on": held.is_on}, after={"is_on": is_on}
    )
    held.is_on = is_on
    held.save(update_fields=["is_on"])
    forget_rules()
    return held


@transaction.atomic
def remove_entry(*, by: Any, entry: WatchEntry) -> None:
    """The history of settings keeps what it was."""
    ensure(can_moderate(by))
    before = {part: getattr(entry, part) for part in PARTS}
    record_changes(by=by, subject=subject_of(entry), before=before, after=dict.fromkeys(PARTS, ""))
    WatchEntry.objects.filter(pk=entry.pk).delete()
    forget_rules()
