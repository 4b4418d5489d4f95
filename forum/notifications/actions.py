from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.text import Truncator

from forum.accounts.models import User
from forum.notifications.models import Notice

# The width of the columns; a notice is a line and a half, and the page behind it says the rest.
SENTENCE_LENGTH = EXCERPT_LENGTH = 300


@transaction.atomic
def notify(
    *,
    recipient: User,
    kind: str,
    sentence: str,
    url: str,
    actor: User | None = None,
    excerpt: str = "",
    sign: str = "reply",
    now: datetime | None = None,
) -> Notice | None:
    """Tell a member. Nobody is told of what they did themselves: then it gives `None`."""
    if actor is not None and actor.pk == recipient.pk:
        return None
    notice = _notice(News(recipient.pk, sentence, url, excerpt, sign), kind, actor, now)
    notice.save()
    User.objects.filter(pk=recipient.pk).update(unread_notices=F("unread_notices") + 1)
    return notice


@dataclass(frozen=True, slots=True)
class News:
    """What one of many is told."""

    recipient_id: int
    sentence: str
    url: str
    excerpt: str = ""
    sign: str = "reply"


@transaction.atomic
def notify_each(
    *, news: Iterable[News], kind: str, actor: User | None = None, now: datetime | None = None
) -> None:
    """The same for many at once: what it costs the database hardly grows with their number."""
    own = actor.pk if actor is not None else None
    others = [each for each in news if each.recipient_id != own]
    Notice.objects.bulk_create(_notice(each, kind, actor, now) for each in others)
    told: dict[int, list[int]] = defaultdict(list)
    for recipient, number in Counter(each.recipient_id for each in others).items():
        told[number].append(recipient)
    for number, recipients in told.items():
        User.objects.filter(pk__in=recipients).update(unread_notices=F("unread_notices") + number)


def _notice(news: News, kind: str, actor: User | None, now: datetime | None) -> Notice:
    if not news.url.startswith("/"):
        raise ValueError(f"A notice leads to a page of this site, not to {news.url!r}.")
    return Notice(
        recipient_id=news.recipient_id,
        kind=kind,
        actor=actor,
        sentence=Truncator(news.sentence).chars(SENTENCE_LENGTH),
        excerpt=Truncator(" ".join(news.excerpt.split())).chars(EXCERPT_LENGTH),
        url=news.url,
        sign=news.sign,
        created_at=now or timezone.now(),
    )


def forget_words(*, actor: User, url: str) -> None:
    """What was said there was taken down: who did what, and where, still stands."""
    Notice.objects.filter(actor=actor, url=url).exclude(excerpt="").update(excerpt="")


@transaction.atomic
def mark_read(*, user: User, upto_id: int, now: datetime | None = None) -> int:
    """Up to the newest that the member had on the screen: what came since stays new."""
    read = Notice.objects.unread(user, upto=upto_id).update(read_at=now or timezone.now())
    if read:
        User.objects.filter(pk=user.pk).update(
            unread_notices=Greatest(F("unread_notices") - read, 0)
        )
    return read
