"""Orders the worker for the post. Nothing is lost without one: what is due waits in its tables."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forum.lib.newest import Newest
from forum.lib.prepared import Prepared

# Orders for later are not given twice for the same minute.
MINUTE = timedelta(minutes=1)


@task
def deliver_when_due() -> None:
    """For the worker. It looks for all that is due, not only for what it was ordered for."""
    from forum.notifications.delivery import deliver  # noqa: PLC0415 — which orders the next run

    deliver()


# The minutes for which this process has seen an order: each stands until its minute comes.
_seen: Newest[bool] = Newest(1_000)
_waiting = Prepared(
    lambda at: DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=deliver_when_due.module_path, run_after=at
    ).values_list("pk")[:1]
)


def order_delivery(*, at: datetime, now: datetime) -> None:
    """In the transaction of what shall be delivered: one without the other is never there."""
    if at <= now:
        deliver_when_due.enqueue()
        return
    at = at.replace(second=0, microsecond=0) + MINUTE
    if _seen.get(at):
        return
    if not _waiting(at=at):
        deliver_when_due.using(run_after=at).enqueue()
    # What is given here may yet be taken back.
    transaction.on_commit(partial(_seen.put, at, value=True))
