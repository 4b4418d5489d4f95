"""What the read API reads: what strangers may, each list with all that its items say."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, QuerySet, Subquery

from essays.models import Essay, Place, Revision
from forum.counterpoints.models import Claim, Counterpoint, LabelChange
from forum.exchange.snapshot import LONG_COLUMNS
from forum.posts.models import Post, Thread, ThreadKind

STRANGER = AnonymousUser()


def public_essays(now: datetime | None = None) -> "QuerySet[Essay]":
    found: QuerySet[Essay] = Essay.objects.visible_to(STRANGER, now).order_by()
    return found


def essays(now: datetime | None = None) -> "QuerySet[Any]":
    found: QuerySet[Any] = public_essays(now).annotate(newest=F("current_revision__number"))
    return found.defer("folded").prefetch_related("tags")


def whole_revisions(now: datetime | None = None) -> "QuerySet[Revision]":
    """Those that readers have seen."""
    newest = F("essay__current_revision__number")
    found = Revision.objects.filter(essay__in=public_essays(now), number__lte=newest)
    return found.select_related("essay").defer("source", "html", "essay__folded").order_by()


def revisions(now: datetime | None = None) -> "QuerySet[Revision]":
    """The same without their texts."""
    return whole_revisions(now).only("number", "created_at", "note", "word_count", "essay__slug")


def claims(now: datetime | None = None) -> "QuerySet[Any]":
    here = Place.objects.filter(
        passage=OuterRef("passage"), revision=OuterRef("essay__current_revision")
    )
    return (
        Claim.objects.filter(essay__in=public_essays(now))
        .visible_to(STRANGER)
        .select_related("essay", "opening__author", "passage")
        .only(
            "number", "created_at", "is_key", "label", "label_since", "is_frozen", "strength",
            "decided_by", "rebuts", "undercuts", "supports", "concedes", "essay__slug",
            "opening__text", "opening__author__username", "opening__author__display_name",
            "opening__author__is_active", "passage__exact", "passage__prefix", "passage__suffix",
        )
        .annotate(
            made_in=F("passage__made_in__number"),
            **{name: Subquery(here.values(name)[:1]) for name in ("state", "start", "end")},
        )
    )  # fmt: skip


def label_changes(claim: int) -> "QuerySet[LabelChange]":
    return LabelChange.objects.filter(claim=claim).order_by()


def threads(now: datetime | None = None) -> "QuerySet[Thread]":
    """No debate of a claim that was taken down: its page is closed."""
    readable = Claim.objects.visible_to(STRANGER).values("pk")
    found = Thread.objects.filter(essay__in=public_essays(now)).select_related("essay")
    open_ones = found.filter(kind=ThreadKind.DISCUSSION) | found.filter(pk__in=readable)
    return open_ones.defer("essay__folded", "essay__summary").order_by()


def posts() -> "QuerySet[Post]":
    """All but the openings of claims, which are claims here. Whoever asks has found the thread."""
    return Post.objects.filter(depth__gt=0).select_related("author").defer(*LONG_COLUMNS).order_by()


def counterpoints() -> "QuerySet[Counterpoint]":
    """Whoever asks has found the claim."""
    return (
        Counterpoint.objects.select_related("post__author")
        .defer(*(f"post__{name}" for name in LONG_COLUMNS))
        .order_by()
    )
