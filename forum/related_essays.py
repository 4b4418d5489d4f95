"""Which essays belong with one: whose claims are linked with its own, and who share its tags."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from essays.models import Essay, EssayTag
from forum.counterpoints.json_rows import JSONRows, rows
from forum.counterpoints.models import ClaimLink

# A reader who has just read one essay chooses among a handful.
SHOWN = 6
# Of the essays with one of its tags the newest so many are looked at.
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Related:
    title: str
    url: str
    author_name: str
    links: int
    tags: int


def with_related(revisions: Any, essay: int, now: datetime) -> Any:
    """For `read_related`: those linked with most claims first, then those that share most tags."""
    links, shared = ClaimLink.objects.confirmed().readable(now).order_by(), _tags_of(essay)
    newest = shared.exclude(content_object=essay).order_by("-content_object")
    others = Essay.objects.listed_for(AnonymousUser(), now).filter(
        Q(pk__in=links.filter(source_essay=essay).values("target_essay"))
        | Q(pk__in=links.filter(target_essay=essay).values("source_essay"))
        | Q(pk__in=newest.values("content_object")[:LOOKED_AT])
    )
    found = (
        others.exclude(pk=essay)
        .annotate(
            linked=_count(links.filter(source_essay=essay, target_essay=OuterRef("pk")))
            + _count(links.filter(target_essay=essay, source_essay=OuterRef("pk"))),
            tagged=_count(shared.filter(content_object=OuterRef("pk"))),
        )
        .order_by(F("linked").desc(), F("tagged").desc(), "-pk")[:SHOWN]
    )
    told = {"address": F("slug"), "called": F("title"), "by": F("author_name")}
    counts = {"links_": F("linked"), "tags_": F("tagged")}
    return revisions.annotate(related=JSONRows(found, **told, **counts))


def read_related(text: str) -> list[Related]:
    return [
        Related(title, reverse("essay", args=[slug]), author_name, links, tags)
        for slug, title, author_name, links, tags in rows(text)
    ]


def _tags_of(essay: int) -> Any:
    """Where any of its tags is carried, by whatever essay."""
    return EssayTag.objects.filter(
        tag__in=EssayTag.objects.filter(content_object=essay).values("tag")
    )


def _count(rows: Any) -> Coalesce:
    counted = rows.values(all=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
