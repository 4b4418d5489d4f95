"""What the home page and the tag pages read: essays with their standings, claims, and tags."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from taggit.models import Tag

from essays.models import Essay, Place
from forum.counterpoints.models import Claim, Standing
from forum.lib.keyset import Order, PreparedPage
from forum.lib.prepared import Prepared
from forum.lib.prepared_objects import PreparedObjects
from forum.lib.spelled import Spelled
from forum.posts.statuses import PostStatus

PAGE_SIZE = 20
QUESTIONS_A_PAGE = 25
# Beside a list of essays: enough to choose from at a glance.
QUESTIONS_BESIDE = 4
UNTRIED_BESIDE = 3
TAGS_BESIDE = 40
# A row of signs that is longer tells no more.
STRIP_LENGTH = 60

ORDERS = {
    "newest": Order("published_at", is_falling=True, is_moment=True),
    "oldest": Order("published_at", is_moment=True),
    "unanswered": Order("open_count", is_falling=True),
}
LONGEST_WAITING = Order("label_since", is_moment=True)


def published(prefix: str = "", now: datetime | None = None) -> Q:
    """What the site offers to read, without what was retired. Drafts are for the admin: these
    lists are the same for editors as for everybody.
    """
    return Q(
        **{
            f"{prefix}published_at__lte": now or timezone.now(),
            f"{prefix}current_revision__isnull": False,
            f"{prefix}retired_at": None,
        }
    )


def essays_listed(now: datetime, tag: int | None = None) -> "QuerySet[Essay]":
    essays: QuerySet[Essay] = Essay.objects.filter(published(now=now)).defer("folded")
    return essays if tag is None else essays.filter(essaytag__tag=tag)


_pages = {
    name: PreparedPage(essays_listed, order, size=PAGE_SIZE) for name, order in ORDERS.items()
}
# Other statements, so others of their own.
_pages_of_tag = {
    name: PreparedPage(essays_listed, order, size=PAGE_SIZE) for name, order in ORDERS.items()
}
# As many as a page has with the leading one at its head.
_newest = PreparedPage(essays_listed, ORDERS["newest"], size=PAGE_SIZE + 1)
_lead = PreparedObjects(lambda now: ORDERS["newest"].sorted(essays_listed(now))[:1])


def lead_and_others(order: str, after: str) -> tuple[Essay | None, list[Essay], str]:
    """The newest leads the first page of each order; where the newest come first, only there."""
    now = timezone.now()
    if not after and order == "newest":
        essays, following = _newest(now=now)
        return (essays or [None])[0], essays[1:], following
    lead = None if after else _lead.first(now=now)
    return lead, *_pages[order](after, now=now)


def page_of_tag(tag: Tag, order: str, after: str) -> tuple[list[Essay], str]:
    return _pages_of_tag[order](after, tag=tag.pk, now=timezone.now())


_strips = Prepared(
    lambda revisions: (
        Place.objects.filter(
            revision__in=revisions,
            start__isnull=False,
            passage__claims__opening__status=PostStatus.VISIBLE,
            passage__claims__merged_into=None,
        )
        .annotate(
            label=F("passage__claims__label"),
            rank=Window(
                RowNumber(),
                partition_by=F("revision"),
                order_by=[F("start"), F("passage__claims__number")],
            ),
        )
        .filter(rank__lte=STRIP_LENGTH)
        .order_by("revision", "rank")
        .values_list("revision", "passage__claims", "label")
    )
)


def add_strips(essays: Iterable[Essay]) -> None:
    """Give each essay `labelled`, its claims in the order of its text, each with its standing,
    and `labels`, the standings alone; one query.
    """
    essays = list(essays)
    revisions = [essay.current_revision_id for essay in essays]
    labelled: dict[Any, list[tuple[int, str]]] = defaultdict(list)
    for revision, claim, label in _strips(revisions=revisions) if essays else ():
        labelled[revision].append((claim, label))
    for essay in essays:
        essay.labelled = labelled[essay.current_revision_id]  # type: ignore[attr-defined]
        essay.labels = [label for _, label in essay.labelled]  # type: ignore[attr-defined]


def open_questions(now: datetime) -> "QuerySet[Claim]":
    """Claims whose strongest open objection nobody has answered."""
    return (
        _readable(Standing.UNANSWERED, now)
        .filter(decided_by__isnull=False)
        .select_related("opening", "essay", "passage", "decided_by__post__author")
        .only(
            "number", "label", "label_since", "opening__text", "essay__slug", "essay__title",
            "passage__exact", "decided_by__relation", "decided_by__post__text",
            "decided_by__post__author__username", "decided_by__post__author__display_name",
        )
    )  # fmt: skip


# One more than there is room for.
_questions = PreparedObjects(
    lambda now: LONGEST_WAITING.sorted(open_questions(now))[: QUESTIONS_BESIDE + 1]
)
_questions_on = PreparedObjects(
    lambda now, essay: LONGEST_WAITING.sorted(open_questions(now).filter(essay=essay))[:1]
)


def questions_beside() -> tuple[list[Claim], bool]:
    """Those that wait longest, and whether there are more; one query."""
    found = _questions(now=timezone.now())
    return found[:QUESTIONS_BESIDE], len(found) > QUESTIONS_BESIDE


def question_on(essay: Essay) -> Claim | None:
    """That which has waited longest there; one query."""
    found: Claim | None = _questions_on.first(now=timezone.now(), essay=essay.pk)
    return found


_open_questions = PreparedPage(open_questions, LONGEST_WAITING, size=QUESTIONS_A_PAGE)


def page_of_questions(after: str) -> tuple[list[Claim], str]:
    return _open_questions(after, now=timezone.now())


def _waiting_on(tag: int, now: datetime) -> "QuerySet[Claim]":
    """First which, of all on its essays, and only then what they say."""
    waiting = LONGEST_WAITING.sorted(open_questions(now))
    of_tag = waiting.filter(essay__in=essays_listed(now, tag).values("pk"))
    return waiting.filter(pk__in=of_tag.values("pk")[:QUESTIONS_BESIDE])


_questions_of_tag = PreparedObjects(_waiting_on)


def questions_of(tag: Tag) -> list[Claim]:
    """On its essays, those that wait longest; one query."""
    return _questions_of_tag(tag=tag.pk, now=timezone.now())


_untried = PreparedObjects(
    lambda now: (
        _readable(Standing.UNCHALLENGED, now)
        .select_related("opening", "essay")
        .only("number", "label", "opening__text", "essay__slug", "essay__title")
        .order_by("-pk")[:UNTRIED_BESIDE]
    )
)


def untried() -> list[Claim]:
    """Claims that nobody has objected to, the newest first."""
    return _untried(now=timezone.now())


def _readable(label: str, now: datetime) -> "QuerySet[Claim]":
    """Of those whose words are gone nothing is asked any more."""
    claims: QuerySet[Claim] = Claim.objects.filter(
        published("essay__", now),
        label=Spelled(label),
        is_frozen=False,
        merged_into=None,
        opening__status=PostStatus.VISIBLE,
    )
    return claims


_most_used_tags = PreparedObjects(lambda now: tags_with_counts(now)[:TAGS_BESIDE])


def most_used_tags() -> list[Any]:
    """Of the essays on offer, each with their `number`."""
    return _most_used_tags(now=timezone.now())


def tags_with_counts(now: datetime) -> "QuerySet[Any]":
    return (
        Tag.objects.filter(published("essay_tags__content_object__", now))
        .annotate(number=Count("essay_tags"))
        .order_by("-number", "name")
    )


_tags_near = PreparedObjects(
    lambda tag, now: (
        tags_with_counts(now)
        .filter(essay_tags__content_object__in=essays_listed(now, tag).values("pk"))
        .exclude(pk=tag)[:TAGS_BESIDE]
    )
)


def tags_near(tag: Tag) -> list[Any]:
    """The other tags of its essays, those that stand on most of them first."""
    return _tags_near(tag=tag.pk, now=timezone.now())


_tag_at = PreparedObjects(lambda slug, now: tags_with_totals(now).filter(slug=slug))


def tag_at(slug: str) -> Any:
    """That with this address, with what its essays hold; None if there is none."""
    return _tag_at.first(slug=slug, now=timezone.now())


def tags_with_totals(now: datetime) -> "QuerySet[Any]":
    """Each with what its essays hold, and the sum of their versions."""
    essay, on = "essay_tags__content_object__", published("essay_tags__content_object__", now)
    return Tag.objects.annotate(
        essays=Count("essay_tags", filter=on),
        claims=Sum(f"{essay}claim_count", filter=on, default=0),
        waiting=Sum(f"{essay}open_count", filter=on, default=0),
        versions=Sum(f"{essay}version", filter=on, default=0),
        ids=Sum(f"{essay}id", filter=on, default=0),
    )
