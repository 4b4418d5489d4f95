"""How the site is: what waits, what failed, what was lost. Each fact is one bounded statement."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from essays.models import Essay, Place
from essays.models.passage import PlaceState
from forum.accounts.models import User
from forum.exchange.hook_models import Delivery, DeliveryState
from forum.lib.nouns import counted, counted_as
from forum.lib.timing import TALLY, Pace
from forum.moderation.legal_deadlines import deadlines
from forum.moderation.models import Case
from forum.notifications.models import Letter, LetterState

# "99+" tells as much as a number that takes a whole table to count.
COUNTED_UP_TO = 100
# What waits longer than this needs somebody.
CASE_WAITS, WORKER_WAITS = timedelta(days=2), timedelta(minutes=10)
LATELY = timedelta(days=30)
BACKUP_WAITS = timedelta(hours=36)
# Of a folder with more files than that the newest may be missed: nobody keeps so many.
FILES_LOOKED_AT = 2_000
PAGES_SHOWN = 12
# A request in twenty that takes longer, in milliseconds; of a few requests nothing is told.
SLOW_PAGE, ENOUGH = 2_000, 20


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    words: str
    needs_somebody: bool
    url: str = ""


def facts(*, now: datetime | None = None) -> list[Fact]:
    now = now or timezone.now()
    return [
        _queue(now),
        _legal_notices(now),
        _worker(now),
        _letters_waiting(now),
        _letters_failed(now),
        _hooks(),
        _lost(),
        _backup(now),
        _pages(),
    ]


def _queue(now: datetime) -> Fact:
    opened = list(
        Case.objects.open().order_by("pk").values_list("opened_at", flat=True)[:COUNTED_UP_TO]
    )
    url = reverse("moderation:queue")
    if not opened:
        return Fact(_("Moderation"), _("No case waits."), needs_somebody=False, url=url)
    words = _("%(number)s waiting, the oldest since %(age)s.") % {
        "number": _number(len(opened), "case"),
        "age": _age(now - opened[0]),
    }
    return Fact(_("Moderation"), words, now - opened[0] > CASE_WAITS, url)


def _legal_notices(now: datetime) -> Fact:
    soon = deadlines(now=now)
    words = str(soon) or _("None is late or due soon.")
    return Fact(_("Legal notices"), words, bool(soon), reverse("moderation:legal-notices"))


def _worker(now: datetime) -> Fact:
    """Its oldest order that is due: where no worker runs, they grow old."""
    dues = DBTaskResult.objects.filter(status=TaskResultStatus.READY).aggregate(
        later=Min("run_after", filter=Q(run_after__lte=now)),
        # What was ordered for at once bears the end of time.
        at_once=Min("enqueued_at", filter=Q(run_after=get_date_max())),
    )
    oldest = min(filter(None, dues.values()), default=None)
    if oldest is None or now - oldest <= WORKER_WAITS:
        return Fact(_("Worker"), _("It keeps up."), needs_somebody=False)
    words = _("Nothing has been done for %(age)s: is manage.py db_worker running?") % {
        "age": _age(now - oldest)
    }
    return Fact(_("Worker"), words, needs_somebody=True)


def _letters_waiting(now: datetime) -> Fact:
    late = Letter.objects.filter(state=LetterState.WAITING, due_at__lt=now - WORKER_WAITS)
    number = _count(late)
    url = reverse("admin:notifications_letter_changelist") + "?state__exact=waiting"
    if not number:
        return Fact(_("Letters"), _("None is late."), needs_somebody=False, url=url)
    return Fact(
        _("Letters"),
        _("%(number)s late.") % {"number": _number(number, "letter")},
        needs_somebody=True,
        url=url,
    )


def _letters_failed(now: datetime) -> Fact:
    failed = _count(Letter.objects.filter(state=LetterState.FAILED, ended_at__gt=now - LATELY))
    url = reverse("admin:notifications_letter_changelist") + "?state__exact=failed"
    words = (
        _("%(number)s given up within a month.") % {"number": _number(failed, "letter")}
        if failed
        else _("None failed.")
    )
    return Fact(_("Letters that failed"), words, bool(failed), url)


def _hooks() -> Fact:
    failed = _count(Delivery.objects.filter(state=DeliveryState.FAILED))
    url = reverse("admin:exchange_delivery_changelist") + "?state__exact=failed"
    words = (
        _("%(number)s given up.") % {"number": _number(failed, "delivery,deliveries")}
        if failed
        else _("None failed.")
    )
    return Fact(_("Webhooks"), words, bool(failed), url)


def _lost() -> Fact:
    """In the texts that readers see now, without an editor's word on why."""
    read_now = Essay.objects.filter(published_at__isnull=False).values("current_revision")
    lost = Place.objects.filter(state=PlaceState.ORPHANED, revision__in=read_now, reason="")
    number = _count(lost)
    words = (
        _("%(number)s lost without a reason.") % {"number": _number(number, "passage")}
        if number
        else _("None was lost.")
    )
    return Fact(_("Passages"), words, bool(number), reverse("admin:essays_essay_changelist"))


def _backup(now: datetime) -> Fact:
    """By the newest file that lies where backups are put."""
    newest, folder = _newest_in(settings.BACKUPS_DIR), str(settings.BACKUPS_DIR)
    if newest is None:
        first = User.objects.order_by("pk").values_list("date_joined", flat=True).first()
        # Of a site that begins there is little to keep.
        is_new = first is None or now - first < BACKUP_WAITS
        words = _("None lies in %(folder)s.") % {"folder": folder}
        return Fact(_("Backup"), words, needs_somebody=not is_new)
    age = max(now - newest, timedelta())
    words = _("The newest in %(folder)s is %(age)s old.") % {"folder": folder, "age": _age(age)}
    return Fact(_("Backup"), words, needs_somebody=age > BACKUP_WAITS)


def _newest_in(folder: Path) -> datetime | None:
    try:
        with os.scandir(folder) as entries:
            seen = islice(entries, FILES_LOOKED_AT)
            times = [each.stat().st_mtime for each in seen if not each.name.startswith(".")]
    except OSError:
        return None
    return datetime.fromtimestamp(max(times), tz=UTC) if times else None


def _pages() -> Fact:
    """Of the process that answers, lately."""
    slowest = TALLY.slowest(PAGES_SHOWN)
    slow = [pace for pace in slowest if pace.requests >= ENOUGH and pace.slow > SLOW_PAGE]
    if not slow:
        return Fact(_("Pages"), _("None is slow."), needs_somebody=False)
    words = _("Of %(view)s one in twenty takes %(seconds).1f seconds or more.") % {
        "view": slow[0].view, "seconds": slow[0].slow / 1_000,
    }  # fmt: skip
    return Fact(_("Pages"), words, needs_somebody=True)


def paces() -> list[Pace]:
    """The slowest, by what one request in twenty takes."""
    return TALLY.slowest(PAGES_SHOWN)


def _count(rows: "QuerySet[Any]") -> int:
    return rows.order_by()[:COUNTED_UP_TO].count()


def _number(number: int, nouns: str) -> str:
    if number < COUNTED_UP_TO:
        return capfirst(counted(number, nouns))
    return counted_as(f"{COUNTED_UP_TO - 1}+", number, nouns)


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    if hours >= 48:  # noqa: PLR2004 — two days
        return counted(hours // 24, "day")
    return counted(hours, "hour") if hours else counted(int(age.total_seconds() // 60), "minute")
