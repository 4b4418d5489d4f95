from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone

from forum.guard.limits import Deed, count
from forum.guard.models import FormKey
from forum.lib.prepared import PreparedUpdate
from forum.lib.prepared_insert import PreparedInsert

# Nobody sends the same form again after a week.
KEY_LIFE = timedelta(days=7)

# PostgreSQL ends one of two transactions that wait for each other, say of two people who answer
# each other in the same instant. Nothing of it is left, so it can simply be done again.
DEADLOCK_DETECTED = "40P01"
DEADLOCK_TRIES = 3


_used = PreparedInsert(FormKey, once=True)
_led_to = PreparedUpdate(lambda pk, url: (FormKey.objects.filter(pk=pk), {"result_url": url}))


def run_once(
    *, user: Any, key: UUID, action: str, work: Callable[[], str], deed: Deed | None = None
) -> str:
    """Do the work of a form and return the address it leads to; the same key again only returns it.

    The key and what the work changes are one transaction: if the work is refused, the key is free.
    `action` names what the form does to what ("answer:12"), so that one page may share a key.
    The `deed` is counted if it was done; raises `Spent` where it was once too often.
    """
    for attempt in range(1, DEADLOCK_TRIES + 1):
        try:
            return _run(user, key, action, work, deed)
        except OperationalError as error:
            code = getattr(error.__cause__, "sqlstate", None)
            if code != DEADLOCK_DETECTED or attempt == DEADLOCK_TRIES:
                raise
    raise AssertionError("unreachable")


def done_before(*, user: Any, key: UUID, action: str) -> str:
    """Where the work of this very form led to, if it was done: of one that would be refused as
    nonsense the second time.
    """
    known = FormKey.objects.filter(user=user, key=key, action=action)
    return known.values_list("result_url", flat=True).first() or ""


@transaction.atomic
def _run(user: Any, key: UUID, action: str, work: Callable[[], str], deed: Deed | None) -> str:
    use = FormKey(user=user, key=key, action=action)
    if not _used(use):
        return FormKey.objects.get(user=user, key=key, action=action).result_url
    use.result_url = work()
    if use.result_url:
        _led_to(pk=use.pk, url=use.result_url)
    if deed is not None:
        count(deed)
    return use.result_url


def forget_old_keys(*, now: datetime | None = None) -> int:
    """Drop the keys that nobody will send again; periodic work. Returns how many."""
    limit = (now or timezone.now()) - KEY_LIFE
    return FormKey.objects.filter(used_at__lt=limit).delete()[0]
