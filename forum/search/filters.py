"""What a search is narrowed by besides its words, and the marks that the index has of it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from forum.search.listed import OfListed

KINDS = {
    "essay": _("Essays"),
    "claim": _("Claims"),
    "counterpoint": _("Counterpoints"),
    "comment": _("Posts"),
}
# Essays and claims are few and lead; all else follows in the order of writing.
LEADING = ("essay", "claim")

# Of more essays than this the index is not asked by name: then they are so many that walking
# through all that has the words meets them soon.
MOST_ESSAYS_NAMED = 300
MONTHS_NAMED = 24
# Whoever asks for more by one name gets these.
MOST_NAMESAKES = 20
FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever goes by a name: members, or the name that essays carry."""

    name: str
    members: tuple[int, ...] = ()
    essay_name: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.essay_name,) if self.essay_name else ()


def by_whom(members: Sequence[int], names: Sequence[str]) -> Q:
    """Of essays: theirs."""
    return Q(author__in=members) | Q(author_name__in=names)


@dataclass(frozen=True, slots=True)
class Filters:
    kind: str = ""
    standing: str = ""
    author: Author | None = None
    tag: Tag | None = None
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def kinds(self) -> tuple[str, ...]:
        """What can be found at all: a standing is had by claims only."""
        if self.standing:
            return ("claim",)
        return (self.kind,) if self.kind else tuple(KINDS)

    @property
    def first_moment(self) -> datetime | None:
        return None if self.since is None else _moment(self.since, time.min)

    @property
    def last_moment(self) -> datetime | None:
        return None if self.until is None else _moment(self.until, time.max)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at)).astimezone(UTC)


# By one more it is seen that there are too many.
_LOOKED_FOR = MOST_ESSAYS_NAMED + 1
_written = OfListed(
    lambda essays, members, names: essays.filter(by_whom(members, names)).values_list("pk")[
        :_LOOKED_FOR
    ]
)
_tagged = OfListed(
    lambda essays, tag: essays.filter(essaytag__tag=tag).values_list("pk")[:_LOOKED_FOR]
)

# Groups of marks: an entry has one of each group.
Marks = list[list[str]]


def marks_of(user: Any, filters: Filters) -> Marks:
    """They narrow the walk through the index; whoever asks it still asks for the rest itself."""
    marks: Marks = []
    if len(filters.kinds) == 1 and filters.kinds[0] not in LEADING:
        marks.append([f"k{filters.kinds[0]}"])
    if filters.author is not None:
        members, names = filters.author.members, filters.author.names
        theirs = _named(_written(user, members=[*members], names=[*names]))
        if theirs is not None:
            marks.append([*(f"m{pk}" for pk in members), *(f"s{pk}" for pk in theirs)])
    if filters.tag is not None:
        tagged = _named(_tagged(user, tag=filters.tag.pk))
        if tagged is not None:
            marks.append([f"e{pk}" for pk in tagged])
    return [*marks, *_months(filters)]


def _named(found: list[tuple[int]]) -> list[int] | None:
    return None if len(found) > MOST_ESSAYS_NAMED else [pk for (pk,) in found]


def _months(filters: Filters) -> Marks:
    if filters.since is None and filters.until is None:
        return []
    start = filters.first_moment or datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    end = filters.last_moment or timezone.now() + timedelta(days=1)
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    if last - first < MONTHS_NAMED:
        return [[f"n{at // 12:04}{at % 12 + 1:02}" for at in range(first, last + 1)]]
    return [[f"y{year:04}" for year in range(start.year, end.year + 1)]]
