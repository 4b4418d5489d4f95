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
from forum.counterpoints.models import Claim, Relation
from forum.counterpoints.scores import drawn
from forum.counterpoints.signs import read_signs
from forum.discussion.dress import REMARKS, Remarks
from forum.lib.rendering import trusted
from forum.lib.visitor_pages import kept_for_visitors
from forum.posts.acts import Acts
from forum.posts.assembly import assemble
from forum.posts.forms import PostForm
from forum.posts.models import Thread, ThreadKind
from forum.posts.permissions import can_post
from forum.posts.reading import read_thread, votes_of

# How long a version's fragments are kept for members' pages.
FRAGMENT_AGE = 24 * 3600
# Of each branch of the open discussion, the essay's page shows so many posts.
BRANCH_SHOWN = 3


def load(request: HttpRequest, slug: str) -> tuple[Any, str]:
    """The essay, with what the page must know of its discussion, in one query."""
    discussion = Thread.objects.filter(essay=OuterRef("pk"), kind=ThreadKind.DISCUSSION)
    columns = ("pk", "version", "locked_at", "lock_reason", "last_post_at")
    known = {f"discussion_{name}": Subquery(discussion.values(name)[:1]) for name in columns}
    essay = get_object_or_404(Essay.objects.for_page(request.user).annotate(**known), slug=slug)
    return essay, f"essay.{essay.pk}.{essay.version}.{essay.discussion_version or 0}"


@login_not_required
@require_safe
@kept_for_visitors(load)
def essay(request: HttpRequest, essay: Any, slug: str) -> HttpResponse:
    # Its address asks for the essay, which would be read once more.
    essay.current_revision.essay = essay
    return TemplateResponse(
        request,
        "essays/essay.html",
        {
            "section": "essays",
            "essay": essay,
            "revision": essay.current_revision,
            "tags": essay.tags.all(),
            **_fragments(essay),
            **_discussion(request, essay),
        },
    )


def _discussion(request: HttpRequest, essay: Any) -> dict[str, Any]:
    """The beginning of the open discussion, which nobody may have opened yet."""
    url = reverse("discussion:thread", args=[essay.slug])
    thread = Thread(
        pk=essay.discussion_pk, essay=essay, kind=ThreadKind.DISCUSSION,
        locked_at=essay.discussion_locked_at, lock_reason=essay.discussion_lock_reason or "",
        last_post_at=essay.discussion_last_post_at,
    )  # fmt: skip
    can_comment = can_post(request.user, thread)
    shown: dict[str, Any] = {
        "thread_url": url,
        "can_comment": can_comment,
        "form": PostForm(),
    }
    if thread.pk is None:
        return shown
    page = read_thread(thread, order="oldest", shown=BRANCH_SHOWN)
    acts = Acts(REMARKS, thread, request.user, votes_of(request.user, page.rows))
    return shown | {
        "posts_html": assemble(page, Remarks(acts, url)),
        "has_more": bool(page.next_after),
        "may_vote": acts.may_write,
    }


def _fragments(essay: Essay) -> dict[str, Any]:
    """What every reader of a version sees alike and is dear to make: kept under the version."""
    key = f"essay-fragments.{settings.RELEASE}.{essay.pk}.{essay.version}"
    kept = caches["pages"].get(key)
    if kept is None:
        kept = _make_fragments(essay)
        caches["pages"].set(key, kept, FRAGMENT_AGE)
    return kept


def _make_fragments(essay: Essay) -> dict[str, Any]:
    revision = get_object_or_404(
        Revision.objects.only("blocks", "text", "number"), pk=essay.current_revision_id
    )
    claims = list(claims_in_text(essay, revision.pk).with_signs())
    placed = [claim for claim in claims if claim.start is not None]
    signs = {claim.pk: read_signs(claim) for claim in placed}
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
        "score": drawn(essay.title, placed, signs, sections),
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
        "counts": {name: getattr(claim, name) for name in Relation.values},
    }


def _liveliest(claims: list[Any]) -> dict[str, Any] | None:
    most = max(claims, key=lambda claim: claim.counterpoint_count, default=None)
    return entry(most) if most is not None and most.counterpoint_count else None
