"""Webhooks: registered by the keepers, and what is to be told to each, gathered from what the
database wrote down in the transactions in which it happened.
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from forum.exchange.change_list import changes_after, cursor_since, moment_of
from forum.exchange.hook_models import Delivery, Happening, Webhook
from forum.exchange.hook_orders import order_hooks
from forum.exchange.models import Change, Kind
from forum.exchange.permissions import can_keep_hooks
from forum.house.history import record_changes
from forum.lib.verdict import ensure
from forum.moderation.models import LogEntry

# Of the list of changes and of the log, in one transaction.
PAGE = 200
# Pages for one webhook in one run: whoever has fallen far behind does not hold up the others.
PAGES = 20

# Who makes what happen: kind and act in the list of changes.
TOLD = {
    (Kind.POST, "made"): Happening.POST,
    (Kind.CLAIM, "made"): Happening.POST,
    (Kind.CLAIM, "relabelled"): Happening.STANDING,
    (Kind.REVISION, "made"): Happening.REVISION,
}
SHOWN = ("name", "url", "happenings", "is_active")


@transaction.atomic
def add_webhook(
    *, by: Any, name: str, url: str, happenings: list[str], now: datetime | None = None
) -> Webhook:
    """It is told of what happens from now on."""
    ensure(can_keep_hooks(by))
    now = now or timezone.now()
    hook = Webhook.objects.create(
        name=name, url=url, happenings=happenings, created_by=by, created_at=now,
        secret=secrets.token_hex(32), cursor=cursor_since(now), log_number=_newest_entry(),
    )  # fmt: skip
    _record(by, hook, {})
    order_hooks(at=now)
    return hook


@transaction.atomic
def change_webhook(*, by: Any, webhook: Webhook, **values: Any) -> Webhook:
    """What happened while it was not told, it is never told of."""
    ensure(can_keep_hooks(by))
    hook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    before = {part: getattr(hook, part) for part in SHOWN}
    for part in SHOWN:
        setattr(hook, part, values.get(part, before[part]))
    if hook.is_active and not before["is_active"]:
        hook.cursor, hook.log_number = cursor_since(timezone.now()), _newest_entry()
    hook.save()
    _record(by, hook, before)
    order_hooks(at=timezone.now())
    return hook


def gather(*, now: datetime | None = None) -> int:
    """Write down what is to be told to whom. Gives how many there were."""
    now = now or timezone.now()
    told = 0
    for pk in Webhook.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True):
        for _ in range(PAGES):
            number, has_more = _gather_page(pk, now)
            told += number
            if not has_more:
                break
    return told


@transaction.atomic
def _gather_page(pk: int, now: datetime) -> tuple[int, bool]:
    """How far it was told and what it is told are one transaction: nothing is lost or doubled."""
    hook = Webhook.objects.select_for_update().get(pk=pk)
    changes = changes_after(hook.cursor, size=PAGE)
    entries = list(LogEntry.objects.filter(number__gt=hook.log_number).order_by("number")[:PAGE])
    made = [
        Delivery(
            webhook=hook, source=source, happening=happening, body=json.dumps(body),
            made_at=now, due_at=now,
        )
        for source, happening, body in (*_of_changes(changes.rows), *_of_log(entries))
        if happening in hook.happenings
    ]  # fmt: skip
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    hook.cursor = changes.cursor
    hook.log_number = entries[-1].number if entries else hook.log_number
    hook.save(update_fields=["cursor", "log_number"])
    return len(made), changes.has_more or len(entries) == PAGE


def _of_changes(rows: Iterable[Change]) -> Iterator[tuple[str, Happening, dict[str, Any]]]:
    """Which thing, and what was done to it; whoever wants its words asks the read API, which knows
    whether they may still be read."""
    for row in rows:
        happening = TOLD.get((Kind(row.kind), row.act))
        if happening is not None:
            yield (
                f"change-{row.pk}",
                happening,
                {
                    "happening": happening,
                    "at": moment_of(row).isoformat(),
                    "kind": row.kind,
                    "id": row.object_id,
                    "act": row.act,
                    "site": settings.SITE_ADDRESS,
                },
            )


def _of_log(entries: Iterable[LogEntry]) -> Iterator[tuple[str, Happening, dict[str, Any]]]:
    for entry in entries:
        yield (
            f"log-{entry.number}",
            Happening.DECISION,
            {
                "happening": Happening.DECISION,
                "at": entry.at.isoformat(),
                "entry": entry.public(),
                "site": settings.SITE_ADDRESS,
            },
        )


def _newest_entry() -> int:
    return LogEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _record(by: Any, hook: Webhook, before: dict[str, Any]) -> None:
    after = {part: getattr(hook, part) for part in SHOWN}
    record_changes(by=by, subject=f"webhook {hook.pk}", before=before, after=after)
