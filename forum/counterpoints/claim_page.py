"""A claim with its debate: what stands around the posts is made once for each version and all that
differs by reader.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from essays.notices import Part, notices_of
from forum.counterpoints import wording
from forum.counterpoints.abroad import shared_claim
from forum.counterpoints.answer_form import answer_form, may_answer
from forum.counterpoints.assembly import COUNTERPOINTS, Tree, places_of, told_of
from forum.counterpoints.carrying import answer_place
from forum.counterpoints.context import around
from forum.counterpoints.finding import find_claim
from forum.counterpoints.links_shown import links_of
from forum.counterpoints.merged import merged_redirect, parts_of
from forum.counterpoints.models import Claim
from forum.counterpoints.orders import Asked, rank_note, read_page
from forum.counterpoints.permissions import can_mark_key, can_speak_as_author
from forum.counterpoints.rewording import since_of
from forum.counterpoints.stance_panel import stance_panel
from forum.counterpoints.tree_acts import TreeActs, credited_of
from forum.counterpoints.tree_pages import version_for_all, version_probe
from forum.guard.personal import PERSONAL, personal_fills
from forum.lib.converters import number_in
from forum.lib.rendering import trusted
from forum.lib.shells import Shell
from forum.lib.site_address import site_address
from forum.lib.visitor_pages import kept_for_visitors
from forum.notifications.following import is_following
from forum.notifications.models import FollowKind
from forum.posts.assembly import assemble
from forum.posts.banners import thread_notices
from forum.posts.draft_forms import offer_html
from forum.posts.explaining import explained
from forum.posts.reading import Page, find_in, find_top, read_branch, read_context, votes_of
from forum.posts.visit_views import news_html
from forum.posts.visits import ONLY_NEW, News, news_of, read_new

SECTION = "essays"
SHELL = Shell(
    "counterpoints/claim.html",
    gaps=("posts_html", "news_html", "state_html", "links_html", "draft_html", *PERSONAL),
)
# What an address puts into the form.
BEGINS = {"relation", "quote"}


class Found(NamedTuple):
    """The version of what everybody may read, or the claim itself where only some may."""

    claim: Any
    version: str


class Parts(NamedTuple):
    """Of a page: what makes its context, all that this says, and what goes into the gaps."""

    make_context: Callable[[], dict[str, Any]]
    says: tuple[Any, ...]
    fills: dict[str, str]


def load(request: HttpRequest, pk: int) -> tuple[Found, str]:
    version = version_for_all(pk, getattr(request, "probed", None))
    return Found(None if version else find_claim(request.user, pk), version), version


@login_not_required
@require_safe
@kept_for_visitors(load, version_probe)
def claim(request: HttpRequest, found: Found, pk: int) -> HttpResponse:
    claim = found.claim or find_claim(request.user, pk)
    if claim.pk != pk:
        return merged_redirect(request, claim)
    parts = _parts(request, claim)
    if not found.version or get_messages(request) or request.GET.keys() & BEGINS:
        return SHELL.at_once(request, parts.make_context, parts.fills)
    says = (site_address(request), found.version, *parts.says)
    return SHELL.fill(parts.make_context, says, parts.fills)


def _parts(request: HttpRequest, claim: Any) -> Parts:
    user = request.user
    news, asked = news_of(user, claim.thread), Asked.of(request.GET)
    page = _page(request, claim, asked, news)
    votes, credited = votes_of(user, page.rows), credited_of(user, page.rows)
    acts = TreeActs(COUNTERPOINTS, claim.thread, user, votes, news, credited=credited)
    acts.explained = explained(user, [claim.opening, *page.rows])
    told = told_of(row.pk for row in page.rows)
    verdict = may_answer(user, claim, None)
    speaks = bool(can_speak_as_author(user, claim.essay))
    is_part = page.branch_id is not None or page.order == ONLY_NEW
    has_all = page.is_first and not (page.next_after or asked.only or is_part)
    places = places_of(page.rows, told, is_whole=has_all)
    links = links_of(claim, user)
    shown = {
        "asked": asked,
        "is_part": is_part,
        "next_query": _next_query(page, asked),
        "rank_note": rank_note(page, told) if asked.is_usual else "",
        "stance": stance_panel(user, claim, page.rows, told, credited),
        "may_vote": acts.may_write,
        "can_answer": verdict,
        "is_open": acts.takes_answers,
        "can_mark_key": can_mark_key(user, claim),
        "follows": is_following(user, FollowKind.CLAIM, claim.pk),
        "is_member": user.is_authenticated,
        "is_moderator": bool(getattr(user, "is_moderator", False)),
        "notices": (
            *notices_of(claim.essay, user, Part.CLAIMS),
            *thread_notices(claim.thread),
        ),
    }

    def make_context() -> dict[str, Any]:
        return {
            "section": SECTION,
            "claim": claim,
            "page": page,
            "headline": _headline(claim),
            "shared": shared_claim(request, claim),
            "form": answer_form(request, claim, initial=True) if verdict else None,
            "parts": parts_of(claim),
            **around(claim, set(told)),
            **shown,
        }

    personal = personal_fills(request, SECTION)
    tree = Tree(acts, told, since_of(claim, told), speaks=speaks, places=places)
    fills = {
        "posts_html": assemble(page, tree),
        "news_html": news_html(request, claim.thread, page, news),
        "state_html": acts.explained.get(claim.opening.pk, ""),
        "links_html": _links_html(claim, links, personal["csrf_token"]),
        "draft_html": offer_html(request, answer_place(claim)) if verdict else "",
        **personal,
    }
    says = (
        page.branch_id, page.context_id, page.is_first, page.order, claim.decided_by_id in told,
        speaks, claim.essay.author_id == user.pk, claim.thread.is_locked, claim.thread.is_slow,
        *shown.values(),
    )  # fmt: skip
    return Parts(make_context, says, fills)


def _links_html(claim: Claim, links: list[Any], csrf_token: str) -> str:
    if not links:
        return ""
    context = {"claim": claim, "links": links, "csrf_token": csrf_token}
    return trusted(render_to_string("counterpoints/_links.html", context))


def _headline(claim: Claim) -> str:
    if not claim.counterpoint_count:
        return _("No counterpoint yet")
    return wording.capital(wording.counterpoints_counted(claim.counterpoint_count))


def _page(request: HttpRequest, claim: Claim, asked: Asked, news: News) -> Page:
    """The posts that the address asks for, in whichever of its ways it asks."""
    after, branch = request.GET.get("after", ""), request.GET.get("branch", "")
    if request.GET.get("only") == ONLY_NEW and request.user.is_authenticated:
        return read_new(claim.thread, request.user, news, after=number_in(after) or 0)
    if context := request.GET.get("context", ""):
        post = find_in(claim.thread, context)
        if post is None:
            raise Http404
        return read_context(claim.thread, post, after=after)
    if not branch:
        return read_page(claim, asked, after=after)
    top = find_top(claim.thread, branch)
    if top is None:
        raise Http404
    return read_branch(claim.thread, top, after=after)


def _next_query(page: Page, asked: Asked) -> str:
    if not page.next_after:
        return ""
    if page.context_id is not None:
        return f"?context={page.context_id}&after={page.next_after}"
    if page.branch_id is not None:
        return f"?branch={page.branch_id}&after={page.next_after}"
    if page.order == ONLY_NEW:
        return f"?only={ONLY_NEW}&after={page.next_after}"
    return asked.address(page.next_after)
