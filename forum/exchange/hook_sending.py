"""Tells webhooks what is due: each delivery held first, then sent, then marked. No transaction is
open while another program is spoken to."""

import hmac
import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from forum.exchange.hook_models import Delivery, DeliveryState
from forum.exchange.hook_orders import order_hooks
from forum.exchange.hooks import gather
from forum.lib import outbound
from forum.lib.outbound import Unsendable

logger = logging.getLogger(__name__)

# Of one run, so that no webhook that hangs keeps the worker from the letters for long.
MOST = 20
# Longer than any delivery may take.
HOLD = timedelta(minutes=5)
# After the first failure, the second …; after the last it is given up, two days later.
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 15 * 60, 24 * 60)
)
REASON_LENGTH = 200
KEPT_FOR = timedelta(days=30)

Send = Callable[[str, bytes, dict[str, str]], int]


def deliver_hooks(*, send: Send = outbound.post, now: datetime | None = None) -> int:
    """Gather, and send what is due; gives how many were sent."""
    now = now or timezone.now()
    gather(now=now)
    return sum(_handle(delivery, send, now) for delivery in _due(now))


def signature(secret: str, moment: int, body: bytes) -> str:
    """Over the moment too: a receiver can refuse what somebody has recorded and sends again."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, "sha256").hexdigest()
    return f"t={moment},v1={digest}"


@transaction.atomic
def send_again(deliveries: "QuerySet[Delivery]") -> int:
    """Whatever became of them; gives how many."""
    now = timezone.now()
    number = deliveries.exclude(state=DeliveryState.WAITING).update(
        state=DeliveryState.WAITING, due_at=now, tries=0, ended_at=None, reason=""
    )
    if number:
        order_hooks(at=now)
    return number


def forget_old_deliveries(*, now: datetime | None = None) -> int:
    ended = (now or timezone.now()) - KEPT_FOR
    return Delivery.objects.filter(ended_at__lt=ended).delete()[0]


def _due(now: datetime) -> Iterator[Delivery]:
    free = Q(held_until=None) | Q(held_until__lt=now)
    due = Delivery.objects.filter(
        free, state=DeliveryState.WAITING, due_at__lte=now, webhook__is_active=True
    )
    for pk in list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:MOST]):
        taken = Delivery.objects.filter(free, pk=pk, state=DeliveryState.WAITING).update(
            held_until=timezone.now() + HOLD, tries=F("tries") + 1
        )
        if taken:
            yield Delivery.objects.select_related("webhook").get(pk=pk)


def _handle(delivery: Delivery, send: Send, now: datetime) -> bool:
    body = delivery.body.encode()
    moment = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Counterpoint",
        "Counterpoint-Delivery": str(delivery.pk),
        "Counterpoint-Happening": delivery.happening,
        "Counterpoint-Signature": signature(delivery.webhook.secret, moment, body),
    }
    try:
        status = send(delivery.webhook.url, body, headers)
    except Unsendable as why:
        return _fail(delivery, str(why), now)
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return _fail(delivery, _answered(status), now)
    _end(delivery, DeliveryState.SENT, f"Answered {status}.")
    return True


def _answered(status: int) -> str:
    is_elsewhere = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    return f"Answered {status}." + (" We follow nobody elsewhere." if is_elsewhere else "")


def _fail(delivery: Delivery, reason: str, now: datetime) -> bool:
    logger.warning("Delivery %s failed, try %s: %s", delivery.pk, delivery.tries, reason)
    if delivery.tries > len(WAITS):
        _end(delivery, DeliveryState.FAILED, reason)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(
        due_at=now + WAITS[delivery.tries - 1], held_until=None, reason=reason[:REASON_LENGTH]
    )
    return False


def _end(delivery: Delivery, state: DeliveryState, reason: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, reason=reason[:REASON_LENGTH], ended_at=timezone.now(), held_until=None
    )
