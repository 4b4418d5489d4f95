"""Which legal notices have to be answered soon, and which should have been."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import ngettext

from forum.lib.nouns import count_word
from forum.moderation.models import LegalNotice

# Of the seven days that there are: time enough to read, and to ask another moderator.
NEAR = timedelta(days=2)
COUNTED_UP_TO = 100


@dataclass(frozen=True, slots=True)
class Deadlines:
    late: int = 0
    near: int = 0

    def __bool__(self) -> bool:
        return bool(self.late or self.near)

    def __str__(self) -> str:
        said = []
        if self.late:
            late = ngettext(
                "%(words)s legal notice is late.", "%(words)s legal notices are late.", self.late
            )
            said.append(late % {"words": capfirst(count_word(self.late))})
        if self.near:
            near = ngettext(
                "%(words)s legal notice has to be answered within two days.",
                "%(words)s legal notices have to be answered within two days.",
                self.near,
            )
            said.append(near % {"words": capfirst(count_word(self.near))})
        return " ".join(said)


def deadlines(*, now: datetime | None = None, reader: Any = None) -> Deadlines:
    """One query. A moderator hears nothing of notices about their own posts."""
    now = now or timezone.now()
    waiting = LegalNotice.objects.filter(decision=None, answered_at=None, due_at__lt=now + NEAR)
    if reader is not None:
        waiting = waiting.exclude(post__author=reader.pk)
    dues = waiting.order_by("due_at").values_list("due_at", flat=True)[:COUNTED_UP_TO]
    late = [due < now for due in dues]
    return Deadlines(late=sum(late), near=len(late) - sum(late))
