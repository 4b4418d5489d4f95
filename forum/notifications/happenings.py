"""What happened to things that members follow. The happening is stored with what happened, and the
worker tells the followers of it afterwards, some at a time: what a post costs its writer does not
grow with those who follow its thread.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from forum.accounts.models import User
from forum.lib.prepared import Prepared
from forum.lib.prepared_insert import PreparedInsert
from forum.lib.transactions import joined
from forum.notifications.actions import Matter, News, columns_of, notify, notify_each
from forum.notifications.choosing import ways_chosen
from forum.notifications.kinds import Way
from forum.notifications.models import Follow, Happening
from forum.notifications.orders import order_delivery

logger = logging.getLogger(__name__)

# Followers told in one transaction: on SQLite others wait that long to write.
BATCH = 200
TRY_AGAIN_AFTER = timedelta(hours=1)

_happened = PreparedInsert(Happening)


@dataclass(frozen=True, slots=True)
class Audience:
    """All who follow one thing, and as which kind of news they hear of it."""

    follow: str
    thing: int
    kind: str


@joined
def announce(
    *,
    matter: Matter | Callable[[], Matter],
    audiences: Sequence[Audience],
    actor: User | None = None,
    told: Iterable[int] = (),
    key: str | None = None,
    was: str = "",
    not_before: datetime | None = None,
    now: datetime | None = None,
) -> None:
    """To be told to all who follow one of the audiences: to each of them once, in the words of
    the first that they want to hear of. Not to `actor`, nor to the members `told` already.

    What makes the `matter` is only called where it is told: hardly any post has followers, and to
    say it in each language takes its time.

    With a key, it takes the place of the one with that key, if that still waits.
    """
    now = now or timezone.now()
    knowing = {*told, *([actor.pk] if actor else [])}
    is_later = not_before is not None and not_before > now
    if not is_later and not _has_followers(audiences, knowing):
        return
    _store(
        key, kind=audiences[0].kind, actor=actor, created_at=now, due_at=not_before or now,
        audiences=[[each.follow, each.thing, each.kind] for each in audiences],
        told=sorted(knowing), was=was, **_columns(matter() if callable(matter) else matter),
    )  # fmt: skip


@transaction.atomic
def notify_later(
    *,
    recipient: User,
    kind: str,
    matter: Matter,
    not_before: datetime,
    actor: User | None = None,
    key: str | None = None,
    now: datetime | None = None,
) -> None:
    """Tell one member, but not yet: until then `call_off` of the same key undoes it."""
    _store(
        key, kind=kind, actor=actor, recipient=recipient, created_at=now or timezone.now(),
        due_at=not_before, **_columns(matter),
    )  # fmt: skip


@transaction.atomic
def notify_each_later(
    *, news: Iterable[News], kind: str, not_before: datetime, key: str, now: datetime | None = None
) -> None:
    """The same for many, each in their own words; `call_off_each` of the same key undoes it all.

    Whoever is among them twice is told once, in the first words.
    """
    first: dict[int, News] = {}
    for each in news:
        first.setdefault(each.recipient_id, each)
    Happening.objects.bulk_create(
        [
            Happening(
                key=f"{key}:{each.recipient_id}", kind=each.kind or kind, due_at=not_before,
                recipient_id=each.recipient_id, created_at=now or timezone.now(),
                **_columns(each),
            )
            for each in first.values()
        ],
        batch_size=BATCH,
    )  # fmt: skip
    order_delivery(at=not_before, now=timezone.now())


def call_off_each(*, key: str) -> int:
    """None of them will be told whom nobody has told yet; gives how many."""
    waiting = Happening.objects.filter(key__startswith=f"{key}:", done_at=None)
    return int(waiting.delete()[0])


def call_off(*, key: str) -> bool:
    """Nothing will be told of it; False where that is too late, or there was nothing to tell."""
    return bool(Happening.objects.filter(key=key, done_at=None, told_upto=0).delete()[0])


def _store(key: str | None, **columns: Any) -> None:
    if key is None:
        _happened(Happening(**columns))
    else:
        rows = Happening.objects.select_for_update()
        waiting, is_new = rows.get_or_create(key=key, defaults=columns)
        if not is_new and not _put_in_its_place(waiting, columns):
            return
    order_delivery(at=columns["due_at"], now=timezone.now())


def _put_in_its_place(waiting: Happening, columns: dict[str, Any]) -> bool:
    if waiting.done_at is None and not waiting.told_upto:
        # What it was at first still says whether anything has come of it all.
        columns["was"] = waiting.was
        for name, value in columns.items():
            setattr(waiting, name, value)
        waiting.save()
        return True
    return False


def has_followers(audiences: Iterable[Audience]) -> bool:
    return _has_followers(audiences, ())


def _has_followers(audiences: Iterable[Audience], knowing: Iterable[int]) -> bool:
    """Asked with every post."""
    audiences = list(audiences)
    query = _any_follower(tuple(each.follow for each in audiences))
    return bool(audiences) and bool(
        query(things=[each.thing for each in audiences], knowing=list(knowing))
    )


@cache
def _any_follower(follows: tuple[str, ...]) -> Prepared:
    def build(things: list[int], knowing: list[int]) -> Any:
        audiences = [Audience(*each, "") for each in zip(follows, things, strict=True)]
        return _followers(audiences, knowing).values_list("pk")[:1]

    return Prepared(build)


def _followers(audiences: Iterable[Audience], knowing: Iterable[int]) -> "QuerySet[Follow]":
    rule = Q(pk__in=[])
    for each in audiences:
        rule |= Q(kind=each.follow, thing=each.thing)
    return Follow.objects.filter(rule, is_on=True).exclude(member__in=list(knowing))


def tell_due(*, now: datetime | None = None) -> int:
    """Make notices of all happenings whose time has come; gives how many were told of."""
    now = now or timezone.now()
    due = Happening.objects.filter(done_at=None, due_at__lte=now).order_by("due_at", "pk")
    return sum(_tell(pk, now) for pk in list(due.values_list("pk", flat=True)))


def _tell(pk: int, now: datetime) -> bool:
    try:
        while (left := _tell_some(pk, now)) is True:
            pass
    except Exception:
        # One that cannot be told keeps none of the others back.
        logger.exception("Happening %s was not told", pk)
        Happening.objects.filter(pk=pk).update(due_at=now + TRY_AGAIN_AFTER)
        return False
    return left is False


@transaction.atomic
def _tell_some(pk: int, now: datetime) -> bool | None:
    """The next followers, under a lock on the happening: another worker goes on where this one
    stopped. Whether any are left; None where there was nothing to tell.
    """
    rows = Happening.objects.select_for_update(of=("self",)).select_related("actor", "recipient")
    happening = rows.filter(pk=pk, done_at=None, due_at__lte=now).first()
    if happening is None:
        return None
    if not _is_news(happening):
        happening.delete()
        return None
    matter = _matter(happening)
    if happening.recipient is not None:
        notify(
            recipient=happening.recipient, kind=happening.kind, actor=happening.actor,
            now=happening.created_at, matter=matter,
        )  # fmt: skip
        return _go_on(happening, [], now)
    follows = _next_follows(happening)
    news = list(_news(matter, _audiences(happening), follows, happening.actor))
    notify_each(news=news, kind=happening.kind, actor=happening.actor, now=happening.created_at)
    return _go_on(happening, follows, now)


def _is_news(happening: Happening) -> bool:
    """Still, and for whoever may read what it is about: it may be hidden, or undone, by now."""
    if happening.was and happening.was == happening.sign:
        return False
    readable = import_string(settings.NEWS_READABLE)
    return happening.url in readable([happening.url])


def _columns(matter: Matter) -> dict[str, Any]:
    sentence = matter.sentence
    return columns_of(matter) | {"sentences": None if isinstance(sentence, str) else sentence}


def _matter(happening: Happening) -> Matter:
    parts = {name: getattr(happening, name) for name in Matter.__dataclass_fields__}
    return Matter(**parts | {"sentence": happening.sentences or happening.sentence})


def _audiences(happening: Happening) -> list[Audience]:
    return [Audience(*each) for each in happening.audiences]


def _next_follows(happening: Happening) -> list[tuple[int, str, int]]:
    """So many rows; the last member's are left for the next time, where some may be missing."""
    found = _followers(_audiences(happening), happening.told).filter(
        member__gt=happening.told_upto, member__is_active=True
    )
    rows = list(found.order_by("member").values_list("member", "kind", "thing")[:BATCH])
    if len(rows) == BATCH:
        rows = [row for row in rows if row[0] != rows[-1][0]]
    return rows


def _news(
    matter: Matter,
    audiences: list[Audience],
    follows: list[tuple[int, str, int]],
    actor: User | None,
) -> Iterable[News]:
    """One for each member: of the first audience, in their order, of whose kind they will hear."""
    kinds = {each.kind for each in audiences}
    ways = ways_chosen({member for member, *_ in follows}, kinds, actor)
    parts = {name: getattr(matter, name) for name in Matter.__dataclass_fields__}
    followed = set(follows)
    for member in dict.fromkeys(member for member, *_ in follows):
        for each in audiences:
            is_theirs = (member, each.follow, each.thing) in followed
            if is_theirs and ways[member][each.kind] != Way.OFF:
                yield News(recipient_id=member, kind=each.kind, **parts)
                break


def _go_on(happening: Happening, follows: list[tuple[int, str, int]], now: datetime) -> bool:
    is_done = not follows
    if is_done:
        happening.done_at = now
    else:
        happening.told_upto = follows[-1][0]
    if happening.was:
        # What changes may change again: from here on that is another happening.
        happening.key = None
    happening.save(update_fields=["done_at", "told_upto", "key"])
    return not is_done
