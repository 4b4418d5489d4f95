"""What a measure on a thread rests on: kept beside it, as the public log has it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from forum.lib.seeded_words import as_read


class Grounds(NamedTuple):
    """The app that owns the log is above this one, and no page of a thread asks it. Whoever acted
    is a name here as it is there: it stands when their account is gone.
    """

    rule: int
    title: str
    by: str
    since: str
    # The number of its entry in the log, and where that is read.
    entry: int
    url: str

    @classmethod
    def of(cls, stored: dict[str, Any] | None) -> "Grounds | None":
        return cls(**stored) if stored else None

    @property
    def began_at(self) -> datetime:
        return datetime.fromisoformat(self.since)

    @property
    def shown_title(self) -> str:
        return as_read(self.title)


def is_over(until: datetime | None) -> bool:
    """Of what has no end: never. Asked at every turn, so that nothing waits for a worker."""
    return until is not None and until <= timezone.now()
