"""The one page that matters: the essay, its claims in the margin, their map, the discussion."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from essays.layout import Addresses, Mark, compose, headings
from essays.models import Essay, Revision
from forum.counterpoints.margin import claims_in_text, describe, note_html, sign_html
from forum.counterpoints.models import Claim
from forum.counterpoints.score import score_of
from forum.discussion.permissions import can_comment
from forum.lib.rendering import trusted
from forum.lib.visitor_pages import kept_for_visitors
from forum.posts.models import Thread, ThreadKind

# How long a version's fragments are kept for members' pages.
FRAGMENT_AGE = 24 * 3600
# Of the open discussion, the essay's page shows the beginning.
POSTS_SHOWN = 8


def load(request: HttpRequest, slug: str) -> tuple[Any, str]:
    discussion = Thread.objects.filter(essay=OuterRef("pk"), kind=ThreadKind.DISCUSSION)
    essay = get_object_or_404(
        Essay.objects.for_page(request.user).annotate(
            discussion_id=Subquery(discussion.values("pk")[:1]),
            discussion_version=Subquery(discussion.values("version")[:1]),
        ),
        slug=slug,
    )
    return essay, f"essay.{essay.pk}.{essay.version}.{essay.discussion_version or 0}"


@login_not_required
@require_safe
@kept_for_visitors(load)
def essay(request: HttpRequest, essay: Any, slug: str) -> HttpResponse:
    return TemplateResponse(
        request,
        "essays/essay.html",
        {
            "section": "essays",
            "essay": essay,
            "revision": essay.current_revision,
            "tags": essay.tags.all(),
            "can_comment": can_comment(request.user, essay),
            **_fragments(essay),
        },
    )


def _fragments(essay: Essay) -> dict[str, Any]:
    """What every reader of a version sees alike and is dear to make: kept under the version."""
    key = f"essay-fragments.{settings.RELEASE}.{essay.pk}.{essay.version}"
    kept = caches["pages"].get(key)
    if kept is None:
        kept = _make_fragments(essay)
        caches["pages"].set(key, kept, FRAGMENT_AGE)
    return kept


def _make_fragments(essay: Essay) -> dict[str, Any]:
    revision = Revision.objects.only("blocks", "text", "number").get(pk=essay.current_revision_id)
    claims = list(claims_in_text(essay, revision.pk))
    placed = [claim for claim in claims if claim.start is not None]
    sections = headings(revision.blocks, revision.text)
    text = compose(
        revision.blocks,
        [mark(claim) for claim in placed],
        Addresses(
            challenge=lambda number: reverse("counterpoints:choose", args=[essay.slug, number]),
            permalink=reverse("revision", args=[essay.slug, revision.number]),
            revision=revision.number,
        ),
    )
    return {
        "text_html": trusted(text),
        "score": score_of(placed, sections),
        "sections": [(address, words) for address, words, _ in sections],
        "claims": [entry(claim) for claim in placed],
        "standings": Counter(claim.label for claim in claims),
        "claim_count": len(claims),
        "elsewhere": [entry(claim) for claim in claims if claim.start is None],
        "liveliest": _liveliest(claims),
    }


def mark(claim: Any) -> Mark:
    return Mark(
        number=claim.number, label=claim.label, start=claim.start, end=claim.end,
        description=describe(claim), sign_html=sign_html(claim.label), note_html=note_html(claim),
    )  # fmt: skip


def entry(claim: Claim) -> dict[str, Any]:
    return {
        "number": claim.number,
        "label": claim.label,
        "url": f"#p-{claim.number}",
        "page": claim.get_absolute_url(),
        "statement": claim.statement,
        "counts": {name: getattr(claim, name) for name in ("rebuts", "undercuts", "supports", "concedes")},
    }


def _liveliest(claims: list[Any]) -> dict[str, Any] | None:
    most = max(claims, key=lambda claim: claim.counterpoint_count, default=None)
    return entry(most) if most is not None and most.counterpoint_count else None
