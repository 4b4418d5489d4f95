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
    if not url.startswith("/"):
        raise ValueError(f"A notice leads to a page of this site, not to {url!r}.")
    if actor is not None and actor.pk == recipient.pk:
        return None
    notice = Notice.objects.create(
        recipient=recipient,
        kind=kind,
        actor=actor,
        sentence=Truncator(sentence).chars(SENTENCE_LENGTH),
        excerpt=Truncator(" ".join(excerpt.split())).chars(EXCERPT_LENGTH),
        url=url,
        sign=sign,
        created_at=now or timezone.now(),
    )
    User.objects.filter(pk=recipient.pk).update(unread_notices=F("unread_notices") + 1)
    return notice


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
