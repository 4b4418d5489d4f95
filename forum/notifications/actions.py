from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.text import Truncator

from forum.accounts.models import User
from forum.lib.one_line import one_line
from forum.lib.prepared import PreparedUpdate
from forum.lib.prepared_insert import PreparedInsert
from forum.lib.transactions import joined
from forum.notifications.choosing import wishes_of
from forum.notifications.kinds import Way
from forum.notifications.models import PLACE_LENGTH, Notice
from forum.notifications.outbox import address_letters

# The width of the columns; a notice is a line and a half, and the page behind it says the rest.
SENTENCE_LENGTH = EXCERPT_LENGTH = 300


_store = PreparedInsert(Notice)
_more_unread = PreparedUpdate(
    lambda recipients, number: (
        User.objects.filter(pk__in=recipients),
        {"unread_notices": F("unread_notices") + number},
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a notice says and where it leads, whoever is told of it."""

    # By language, where it is told to readers of several.
    sentence: str | Mapping[str, str]
    url: str
    excerpt: str = ""
    sign: str = "reply"
    # What goes on there ("thread:12"), and the title of the essay: see Notice.
    about: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News(Matter):
    """What one of many is told; the kind where it is not that of all."""

    recipient_id: int
    kind: str = ""


def notify(
    *,
    recipient: User,
    kind: str,
    actor: User | None = None,
    now: datetime | None = None,
    matter: Matter | None = None,
    **said: Any,
) -> Notice | None:
    """Tell a member; `said` are the parts of a `Matter`.

    It gives `None` where nobody is told: of what they did themselves, or of what they chose not to
    hear of.
    """
    matter = matter or Matter(**said)
    news = News(recipient_id=recipient.pk, **_parts(matter))
    return next(iter(notify_each(news=[news], kind=kind, actor=actor, now=now)), None)


def _parts(matter: Matter) -> dict[str, Any]:
    return {name: getattr(matter, name) for name in Matter.__dataclass_fields__}


@joined
def notify_each(
    *, news: Iterable[News], kind: str, actor: User | None = None, now: datetime | None = None
) -> list[Notice]:
    """The same for many at once: what it costs the database hardly grows with their number."""
    own = actor.pk if actor is not None else None
    others = [each for each in news if each.recipient_id != own]
    if not others:
        return []
    wishes = wishes_of(
        {each.recipient_id for each in others}, {each.kind or kind for each in others}, actor
    )
    at = now or timezone.now()
    wanted = [
        _notice(each, kind, actor, at, wishes[each.recipient_id].language)
        for each in others
        if wishes[each.recipient_id].ways[each.kind or kind] != Way.OFF
    ]
    address_letters(wanted, wishes, now=timezone.now())
    _store.together(wanted)
    _count(wanted)
    return wanted


def _count(notices: Iterable[Notice]) -> None:
    told: dict[int, list[int]] = defaultdict(list)
    for recipient, number in Counter(notice.recipient_id for notice in notices).items():
        told[number].append(recipient)
    for number, recipients in told.items():
        _more_unread(recipients=recipients, number=number)


def _notice(news: News, kind: str, actor: User | None, now: datetime, language: str) -> Notice:
    return Notice(
        recipient_id=news.recipient_id,
        kind=news.kind or kind,
        actor=actor,
        created_at=now,
        **columns_of(news, language),
    )


def columns_of(matter: Matter, language: str = "") -> dict[str, str]:
    """Cut to the columns, each on one line, whatever stands in the titles that it names."""
    if not matter.url.startswith("/"):
        raise ValueError(f"A notice leads to a page of this site, not to {matter.url!r}.")
    return {
        "sentence": _cut(one_line(_said(matter.sentence, language)), SENTENCE_LENGTH),
        "excerpt": _cut(one_line(matter.excerpt), EXCERPT_LENGTH),
        "url": matter.url,
        "sign": matter.sign,
        "about": matter.about,
        "place": _cut(one_line(matter.place), PLACE_LENGTH),
    }


def _cut(words: str, most: int) -> str:
    """Hardly any need it, and to look for a place to cut takes its time."""
    return words if len(words) <= most else Truncator(words).chars(most)


def _said(sentence: str | Mapping[str, str], language: str) -> str:
    if isinstance(sentence, str):
        return sentence
    return sentence.get(language) or sentence[settings.LANGUAGE_CODE]


def forget_words(*, actor: User, url: str) -> None:
    """What was said there was taken down: who did what, and where, still stands."""
    Notice.objects.filter(actor=actor, url=url).exclude(excerpt="").update(excerpt="")


def forget_words_at(urls: Any) -> None:
    """The same of many pages at once; `urls` may be a query."""
    Notice.objects.filter(url__in=urls).exclude(excerpt="").update(excerpt="")


@transaction.atomic
def mark_read(*, user: User, upto_id: int, now: datetime | None = None) -> int:
    """Up to the newest that the member had on the screen: what came since stays new."""
    read = Notice.objects.unread(user, upto=upto_id).update(read_at=now or timezone.now())
    _count_down(user, read)
    return read


@transaction.atomic
def mark(*, user: User, pk: int, is_read: bool, now: datetime | None = None) -> None:
    """One notice, read or new again. Said twice, or by two at once, it counts once."""
    notices = Notice.objects.filter(recipient=user, pk=pk)
    if is_read:
        _count_down(user, notices.filter(read_at=None).update(read_at=now or timezone.now()))
    elif notices.exclude(read_at=None).update(read_at=None):
        User.objects.filter(pk=user.pk).update(unread_notices=F("unread_notices") + 1)


def _count_down(user: User, read: int) -> None:
    if read:
        User.objects.filter(pk=user.pk).update(
            unread_notices=Greatest(F("unread_notices") - read, 0)
        )
