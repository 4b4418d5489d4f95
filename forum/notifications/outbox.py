"""Writes letters into the outbox, in the transaction of the notices that they carry."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from forum.accounts.clock import zone_called
from forum.lib.prepared_insert import PreparedInsert
from forum.notifications.choosing import Wish
from forum.notifications.kinds import DIGESTS, LETTER_WAYS, Way
from forum.notifications.models import Letter, Notice
from forum.notifications.orders import order_delivery
from forum.notifications.times import STALE_AFTER, digest_due

_at_once_letter = PreparedInsert(Letter)
_digest = PreparedInsert(Letter, shared=["gathers"])


def address_letters(
    notices: Sequence[Notice], wishes: Mapping[int, Wish], *, now: datetime
) -> None:
    """Give the notices, which are not stored yet, the letters that they go out with.

    `wishes` are by recipient. The worker is ordered for when the first of them is due.
    """
    fresh = [notice for notice in notices if now - notice.created_at < STALE_AFTER]
    for notice in fresh:
        way = wishes[notice.recipient_id].ways[notice.kind]
        notice.way = way.value if way in LETTER_WAYS else ""
    dues = _at_once([each for each in fresh if each.way == Way.AT_ONCE], now)
    gathered = {(each.recipient_id, each.way) for each in fresh if each.way in DIGESTS}
    dues += _digests(gathered, wishes, now)
    if dues:
        order_delivery(at=min(dues), now=now)


def _at_once(notices: list[Notice], now: datetime) -> list[datetime]:
    letters = [
        Letter(recipient_id=each.recipient_id, way=each.way, created_at=now, due_at=now)
        for each in notices
    ]
    _at_once_letter.together(letters)
    for notice, letter in zip(notices, letters, strict=True):
        notice.letter = letter
    return [letter.due_at for letter in letters]


def _digests(
    wanted: set[tuple[int, str]], wishes: Mapping[int, Wish], now: datetime
) -> list[datetime]:
    """One waits for each member and rhythm, whoever of many writers was the first.

    Where it waits already its row is written all the same: that holds it until this transaction
    ends, so that nobody takes the letter away between its row and the notice that it shall carry.
    """
    letters = [
        Letter(
            recipient_id=member, way=way, gathers=f"{way}:{member}", created_at=now,
            due_at=digest_due(way, now, zone_called(wishes[member].time_zone)),
        )
        for member, way in sorted(wanted)
    ]  # fmt: skip
    _digest.together(letters)
    return [letter.due_at for letter in letters]
