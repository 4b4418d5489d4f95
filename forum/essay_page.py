"""The one page that matters: the essay, its claims in the margin, their map, the discussion."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.db import DEFAULT_DB_ALIAS
from django.db.models import FilteredRelation, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from essays.models import Essay, Revision
from essays.notices import STATE, Notice, Part, notices_of
from essays.querysets import is_readable_by
from essays.replacements import destination_of
from forum import series
from forum.counterpoints.links_shown import linked_essays_versions
from forum.counterpoints.models import Relation
from forum.counterpoints.permissions import can_speak_as_author
from forum.counterpoints.printed import with_site
from forum.discussion.dress import REMARKS, Remarks
from forum.discussion.querysets import place_of
from forum.essay_abroad import shared_essay
from forum.essay_fragments import fragments_of, version_shown
from forum.essay_waiting import waiting_html
from forum.guard.personal import PERSONAL, personal_fills
from forum.lib.prepared import Prepared
from forum.lib.shells import Shell
from forum.lib.site_address import site_address
from forum.lib.visitor_pages import Probe, kept_for_visitors, version_of
from forum.notifications.following import followed_by
from forum.notifications.models import FollowKind
from forum.posts.acts import Acts
from forum.posts.assembly import assemble
from forum.posts.draft_forms import offer_html
from forum.posts.forms import PostForm
from forum.posts.models import Thread, ThreadKind
from forum.posts.permissions import can_post, may_be_answered
from forum.posts.reading import read_thread, votes_of

# Of each branch of the open discussion, the essay's page shows so many posts.
BRANCH_SHOWN = 3

SECTION = "essays"
SHELL = Shell(
    "essays/essay.html",
    gaps=(
        # What is large is held once, whoever reads it.
        "text_html",
        "rail_html",
        "printed_html",
        "score_html",
        "waiting_html",
        "posts_html",
        *PERSONAL,
        "draft_html",
    ),
)

# In the order of their models, as `from_db` takes them.
ESSAY = (
    "id", "slug", "title", "author_name", "author_id", "summary", "published_at",
    "current_revision_id", "version", "claim_count", "counterpoint_count", "post_count",
    *STATE,
)  # fmt: skip
REVISION = ("id", "essay_id", "number", "note", "created_at", "word_count")
DISCUSSION = (
    "id", "locked_at", "lock_reason", "locked_until", "slow_minutes", "slow_reason", "slow_until",
    "slow_grounds", "version", "post_count", "top_count", "last_post_at",
)  # fmt: skip
SERIES = (*series.OWN, "before", "after")
# Where the values of each of these end.
END_OF_ESSAY = len(ESSAY)
END_OF_REVISION = END_OF_ESSAY + len(REVISION)
END_OF_DISCUSSION = END_OF_REVISION + len(DISCUSSION)
END_OF_SERIES = END_OF_DISCUSSION + len(SERIES)
# What of all this tells that the page is another one.
VERSION = ("id", "version", "discussion__version", *SERIES, "related_versions")
TOLD_BY = (
    ESSAY.index("id"),
    ESSAY.index("version"),
    END_OF_REVISION + DISCUSSION.index("version"),
    *range(END_OF_DISCUSSION, END_OF_SERIES + 1),
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
        "is_followed",
    )

    def build(slug: str, now: datetime, reader: int) -> Any:
        is_followed = followed_by(reader, FollowKind.ESSAY, OuterRef("pk"))
        return _found(slug, now).annotate(is_followed=is_followed).values_list(*columns)

    return Prepared(build)


@cache
def _version_query() -> Prepared:
    """Asked for every visitor whose page is kept, so it asks for nothing else."""
    return Prepared(lambda slug, now: _found(slug, now).values_list(*VERSION))


def load(request: HttpRequest, slug: str) -> tuple[Essay, str]:
    known = _query()(slug=slug, now=timezone.now(), reader=request.user.pk or 0)
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
    essay.in_series = series.read_series(values[END_OF_DISCUSSION:END_OF_SERIES])  # type: ignore[attr-defined]
    essay.related_versions, essay.is_followed = values[END_OF_SERIES:]  # type: ignore[attr-defined]
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
    reader, site = request.user, site_address(request)
    is_author = bool(can_speak_as_author(reader, essay))
    talk, posts_html = _discussion(request, essay)
    shown: dict[str, Any] = {
        "series": essay.in_series,
        "notices": tuple(notices_of(essay, reader, Part.CLAIMS)),
        "talk_notices": _talk_notices(essay, reader),
        "is_member": reader.is_authenticated,
        # Its hour may have come since.
        "is_published": essay.is_published,
        "follows": essay.is_followed,
        "is_author": is_author,
        **talk,
    }
    fragments = fragments_of(essay)

    def make_context() -> dict[str, Any]:
        return {
            "section": SECTION,
            "essay": essay,
            "revision": essay.current_revision,
            "shared": shared_essay(site, essay, fragments["card"], fragments["tags"]),
            "relations": Relation.values,
            "form": PostForm() if talk["can_comment"] else None,
            **fragments,
            **shown,
        }

    fills = {
        "text_html": fragments["text_html"],
        "rail_html": fragments["rail_html"],
        "score_html": fragments["score_html"],
        "printed_html": with_site(fragments["printed_html"], site),
        "waiting_html": waiting_html(fragments["waiting"], essay, is_author=is_author),
        "posts_html": posts_html,
        "draft_html": offer_html(request, place_of(essay.pk)) if talk["can_comment"] else "",
        **personal_fills(request, SECTION),
    }
    if get_messages(request):
        return SHELL.at_once(request, make_context, fills)
    says = (site, essay.pk, version_shown(essay), *shown.values())
    return SHELL.fill(make_context, says, fills)


def _talk_notices(essay: Any, reader: Any) -> tuple[Notice, ...]:
    """That it was retired is said above its text."""
    if essay.retired_at is not None:
        return ()
    return tuple(notices_of(essay, reader, Part.DISCUSSION))


def _discussion(request: HttpRequest, essay: Any) -> tuple[dict[str, Any], str]:
    """What is said of the beginning of the open discussion, which nobody may have opened yet, and
    its posts."""
    thread = essay.discussion
    shown: dict[str, Any] = {
        "can_comment": can_post(request.user, thread),
        "is_open": may_be_answered(request.user, thread),
        "has_more": False,
        "may_vote": False,
    }
    if thread.pk is None:
        return shown, ""
    page = read_thread(thread, order="oldest", shown=BRANCH_SHOWN)
    acts = Acts(REMARKS, thread, request.user, votes_of(request.user, page.rows))
    shown |= {"has_more": bool(page.next_after), "may_vote": acts.may_write}
    url = reverse("discussion:thread", args=[essay.slug])
    return shown, assemble(page, Remarks(acts, url))
