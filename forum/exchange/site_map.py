"""The pages that everybody may read, for whoever looks for them: a list of lists, each of rows
whose numbers lie between two thousands. No list is ever counted or skipped through.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from taggit.models import Tag

from essays.models import Essay
from forum.counterpoints.models import Claim
from forum.posts.models import Thread, ThreadKind
from forum.posts.statuses import PostStatus

# Rows to a list; it may have 50,000, and this many make a few hundred kB.
SIZE = 5_000
# No table has more rows than this many lists hold.
MOST_LISTS = 10**9
PAGES = "pages"
STANDING_PAGES = ("home", "open-questions", "discussion:index", "standing-rule", "moderation:log")


class Place(NamedTuple):
    path: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`rows` have a `changed`; `view` is the page of one, by the value of its `key`."""

    rows: Callable[[], "QuerySet[Any]"]
    view: str
    key: str


def _essays() -> "QuerySet[Essay]":
    """What strangers are offered: the rule for everything below."""
    listed: QuerySet[Essay] = Essay.objects.listed_for(AnonymousUser()).order_by()
    return listed


def _talked_about() -> "QuerySet[Thread]":
    threads = Thread.objects.filter(kind=ThreadKind.DISCUSSION, last_post_at__isnull=False)
    return threads.filter(essay__in=_essays()).annotate(changed=F("last_post_at"))


def _claims() -> "QuerySet[Claim]":
    claims = Claim.objects.filter(
        opening__status=PostStatus.VISIBLE, merged_into=None, essay__in=_essays()
    )
    return claims.annotate(changed=Coalesce("thread__last_post_at", "created_at"))


def _tags() -> "QuerySet[Tag]":
    tags = Tag.objects.exclude(slug="").filter(essay_tags__content_object__in=_essays())
    return tags.annotate(changed=Max("essay_tags__content_object__published_at"))


SECTIONS = {
    "essays": Section(
        lambda: _essays().annotate(changed=F("current_revision__created_at")), "essay", "slug"
    ),
    "discussions": Section(_talked_about, "discussion:thread", "essay__slug"),
    "claims": Section(_claims, "counterpoints:claim", "pk"),
    "tags": Section(_tags, "tag", "slug"),
}


def lists() -> Iterator[tuple[str, int]]:
    """Section and number of each list that has something in it; one query a section."""
    yield PAGES, 0
    for name, section in SECTIONS.items():
        rows = section.rows().annotate(of_list=(F("pk") - 1) / SIZE).order_by("of_list")
        for number in rows.values_list("of_list", flat=True).distinct():
            yield name, int(number)


def places(name: str, number: int) -> list[Place]:
    """Empty where there is no such list."""
    if name == PAGES and number == 0:
        return [Place(reverse(view)) for view in STANDING_PAGES]
    if name not in SECTIONS or number >= MOST_LISTS:
        return []
    section, first = SECTIONS[name], number * SIZE
    rows = section.rows().filter(pk__gt=first, pk__lte=first + SIZE).order_by("pk")
    return [
        Place(reverse(section.view, args=[key]), changed)
        for key, changed in rows.values_list(section.key, "changed")
    ]
