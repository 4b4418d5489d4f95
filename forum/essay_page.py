"""The one page that matters: the essay, its claims in the margin, their map, the discussion."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, FilteredRelation, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from essays.layout import Addresses, Mark, compose, headings
from essays.models import Essay, EssayTag, Revision
from essays.notices import STATE, Notice, Part, notices_of
from essays.querysets import is_readable_by
from essays.replacements import destination_of
from forum import series
from forum.counterpoints.json_rows import JSONRows, rows
from forum.counterpoints.links_shown import linked_essays_versions
from forum.counterpoints.margin import (
    claims_in_text,
    describe,
    last_words_of,
    note_html,
    sign_html,
    with_last_words,
)
from forum.counterpoints.models import Claim, Relation
from forum.counterpoints.permissions import can_speak_as_author
from forum.counterpoints.printed import notes_html, with_site
from forum.counterpoints.scores import drawn
from forum.counterpoints.signs import read_signs
from forum.discussion.dress import REMARKS, Remarks
from forum.discussion.querysets import place_of
from forum.essay_abroad import shared_essay
from forum.essay_card import card_path, labels_of
from forum.essay_waiting import waiting_of
from forum.lib.languages import direction_of_text, present
from forum.lib.prepared import Prepared
from forum.lib.rendering import trusted
from forum.lib.site_address import site_address
from forum.lib.visitor_pages import Probe, kept_for_visitors, version_of
from forum.notifications.following import is_following
from forum.notifications.models import FollowKind
from forum.posts.acts import Acts
from forum.posts.assembly import assemble
from forum.posts.draft_forms import offer_html
from forum.posts.forms import PostForm
from forum.posts.models import Thread, ThreadKind
from forum.posts.permissions import can_post, may_be_answered
from forum.posts.reading import read_thread, votes_of
from forum.related_essays import read_related, with_related

# How long a version's fragments are kept for members' pages.
FRAGMENT_AGE = 24 * 3600
# An essay has a dozen.
MOST_TAGS = 100
# Of each branch of the open discussion, the essay's page shows so many posts.
BRANCH_SHOWN = 3


# In the order of their models, as `from_db` takes them.
ESSAY = (
    "id", "slug", "title", "author_name", "author_id", "summary", "published_at",
    "current_revision_id", "version", "claim_count", "counterpoint_count", "post_count",
    *STATE,
)  # fmt: skip
REVISION = ("id", "essay_id", "number", "note", "created_at", "word_count")
DISCUSSION = (
    "id", "locked_at", "lock_reason", "slow_minutes", "slow_reason",
    "version", "post_count", "top_count", "last_post_at",
)  # fmt: skip
SERIES = (*series.OWN, "before", "after")
# Where the values of each of these end.
END_OF_ESSAY = len(ESSAY)
END_OF_REVISION = END_OF_ESSAY + len(REVISION)
END_OF_DISCUSSION = END_OF_REVISION + len(DISCUSSION)
# What of all this tells that the page is another one.
VERSION = ("id", "version", "discussion__version", *SERIES, "related_versions")
TOLD_BY = (
    ESSAY.index("id"),
    ESSAY.index("version"),
    END_OF_REVISION + DISCUSSION.index("version"),
    *range(END_OF_DISCUSSION, END_OF_DISCUSSION + len(SERIES) + 1),
)


def _found(slug: str, now: datetime) -> Any:
    """The essay with its discussion and its neighbours in a series."""
    discussion = FilteredRelation("threads", condition=Q(threads__kind=ThreadKind.DISCUSSION))
    essays = Essay.objects.order_by().filter(slug=slug, current_revision__isnull=False)
    return essays.annotate(
        discussion=discussion, related_versions=linked_essays_versions(), **series.neighbours(now)
    )


@cache
def _query() -> Prepared:
    columns = (
        *ESSAY,
        *(f"current_revision__{name}" for name in REVISION),
        *(f"discussion__{name}" for name in DISCUSSION),
        *SERIES,
        "related_versions",
    )
    return Prepared(lambda slug, now: _found(slug, now).values_list(*columns))


@cache
def _version_query() -> Prepared:
    """Asked for every visitor whose page is kept, so it asks for nothing else."""
    return Prepared(lambda slug, now: _found(slug, now).values_list(*VERSION))


def load(request: HttpRequest, slug: str) -> tuple[Essay, str]:
    known = _query()(slug=slug, now=timezone.now())
    if not known:
        raise Http404("No essay has this address.")
    values = known[0]
    essay = Essay.from_db(DEFAULT_DB_ALIAS, ESSAY, values[:END_OF_ESSAY])
    if not is_readable_by(request.user, essay):
        raise Http404("This essay is not published.")
    revision = values[END_OF_ESSAY:END_OF_REVISION]
    essay.current_revision = Revision.from_db(DEFAULT_DB_ALIAS, REVISION, revision)
    essay.current_revision.essay = essay
    discussion = values[END_OF_REVISION:END_OF_DISCUSSION]
    essay.discussion = _discussion_of(essay, discussion)  # type: ignore[attr-defined]
    essay.in_series = series.read_series(values[END_OF_DISCUSSION:-1])  # type: ignore[attr-defined]
    essay.related_versions = values[-1]  # type: ignore[attr-defined]
    version = [values[column] for column in TOLD_BY]
    essay.destination = None  # type: ignore[attr-defined]
    if essay.redirects_to_id is not None:
        essay.destination = destination_of(essay, request.user)  # type: ignore[attr-defined]
        # Where it leads changes without it: no probe of this essay alone finds this version.
        version.append(f"to{essay.destination.pk if essay.destination else 0}")  # type: ignore[attr-defined]
    return essay, version_of("essay", *version)


def _discussion_of(essay: Essay, values: Sequence[Any]) -> Thread:
    """Not stored where nobody has said anything yet: then it has no pk."""
    if values[0] is None:
        return Thread(essay=essay, kind=ThreadKind.DISCUSSION)
    thread = Thread.from_db(DEFAULT_DB_ALIAS, DISCUSSION, values)
    thread.essay, thread.kind = essay, ThreadKind.DISCUSSION
    return thread


def version_probe(slug: str) -> Probe:
    """The same, but that a neighbour whose hour has come is missed until the page is made anew."""
    statement = _version_query().statement(slug=slug, now=timezone.now())
    return Probe("essay", *statement, columns=tuple(range(len(VERSION))))


@login_not_required
@require_safe
@kept_for_visitors(load, version_probe)
def essay(request: HttpRequest, essay: Any, slug: str) -> HttpResponse:
    if essay.destination is not None:
        return HttpResponseRedirect(essay.destination.get_absolute_url())
    fragments = _fragments(essay)
    notes = with_site(fragments["printed_html"], site_address(request))
    return TemplateResponse(
        request,
        "essays/essay.html",
        {
            "section": "essays",
            "essay": essay,
            "revision": essay.current_revision,
            "series": essay.in_series,
            "shared": shared_essay(request, essay, fragments["card"], fragments["tags"]),
            "notices": notices_of(essay, request.user, Part.CLAIMS),
            "talk_notices": _talk_notices(essay, request.user),
            "follows": is_following(request.user, FollowKind.ESSAY, essay.pk),
            "relations": Relation.values,
            **fragments,
            "printed_html": notes,
            "is_author": bool(can_speak_as_author(request.user, essay)),
            **_discussion(request, essay),
        },
    )


def _talk_notices(essay: Any, reader: Any) -> list[Notice]:
    """That it was retired is said above its text."""
    return [] if essay.retired_at is not None else notices_of(essay, reader, Part.DISCUSSION)


def _discussion(request: HttpRequest, essay: Any) -> dict[str, Any]:
    """The beginning of the open discussion, which nobody may have opened yet."""
    url = reverse("discussion:thread", args=[essay.slug])
    thread = essay.discussion
    can_comment = can_post(request.user, thread)
    shown: dict[str, Any] = {
        "thread_url": url,
        "can_comment": can_comment,
        "is_open": may_be_answered(request.user, thread),
        "form": PostForm(),
        "draft_html": offer_html(request, place_of(essay.pk)) if can_comment else "",
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
    versions = f"{essay.version}.{essay.related_versions}"  # type: ignore[attr-defined]
    key = f"essay-fragments.{settings.RELEASE}.{present()}.{essay.pk}.{versions}"
    kept = caches["pages"].get(key)
    if kept is None:
        with timezone.override(None):
            kept = _make_fragments(essay)
        caches["pages"].set(key, kept, FRAGMENT_AGE)
    return kept


def _make_fragments(essay: Essay) -> dict[str, Any]:
    revision = _text_and_company(essay)
    claims = list(with_last_words(claims_in_text(essay, revision.pk)).with_signs())
    placed = [claim for claim in claims if claim.start is not None]
    signs = {claim.pk: read_signs(claim) for claim in placed}
    sections = headings(revision.blocks, revision.text)
    text = compose(
        revision.blocks,
        [mark(claim) for claim in placed],
        Addresses(
            challenge=None if essay.retired_at is not None else partial(_challenge, essay.slug),
            permalink=reverse("revision", args=[essay.slug, revision.number]),
            revision=revision.number,
        ),
    )
    return {
        "text_html": trusted(text),
        "direction": direction_of_text(revision.text),
        "card": card_path(essay, labels_of(placed)),
        "tags": [{"name": name, "slug": slug} for name, slug in rows(revision.tags)],
        "score": drawn(essay.title, placed, signs, sections),
        "printed_html": notes_html(placed),
        "sections": [(address, words) for address, words, _ in sections],
        "claims": [entry(claim) for claim in placed],
        "standings": Counter(claim.label for claim in claims),
        "claim_count": len(claims),
        "elsewhere": [
            entry(claim) | {"last": last_words_of(claim)} for claim in claims if claim.start is None
        ],
        "liveliest": _liveliest(claims),
        "waiting": waiting_of(placed),
        "related": read_related(revision.related),
    }


def _text_and_company(essay: Essay) -> Any:
    tagged = EssayTag.objects.filter(content_object=essay.pk).order_by("pk")[:MOST_TAGS]
    tags = JSONRows(tagged, name=F("tag__name"), slug=F("tag__slug"))
    texts = Revision.objects.only("blocks", "text", "number").annotate(tags=tags)
    return get_object_or_404(with_related(texts, essay), pk=essay.current_revision_id)


def _challenge(slug: str, paragraph: int) -> str:
    return reverse("counterpoints:choose", args=[slug, paragraph])


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
