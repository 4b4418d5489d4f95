"""Orders the worker to look whether a webhook has something to be told. Nothing is lost without
one: `tidy` does the same once, and all that happened waits in its tables.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forum.exchange.hook_models import Webhook

# So soon after it happened another program is told of it.
EVERY = timedelta(seconds=20)


@task
def deliver_hooks_when_due() -> None:
    from forum.exchange.hook_sending import deliver_hooks  # noqa: PLC0415 — which gathers first

    forget_finished_orders()
    deliver_hooks()
    go_on()


def go_on() -> None:
    """As long as anybody is to be told."""
    if Webhook.objects.filter(is_active=True).exists():
        order_hooks(at=timezone.now() + EVERY)


def order_hooks(*, at: datetime) -> None:
    """One order waits at a time, whoever gives it."""
    if not _orders().filter(status=TaskResultStatus.READY).exists():
        deliver_hooks_when_due.using(run_after=at).enqueue()


def forget_finished_orders() -> None:
    """There are thousands in a day, and none says anything."""
    _orders().filter(status=TaskResultStatus.SUCCESSFUL).delete()


def _orders() -> "QuerySet[DBTaskResult]":
    return DBTaskResult.objects.filter(task_path=deliver_hooks_when_due.module_path)
