from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essays.notices import Notice, Part, notices_of
from forum.discussion.abroad import discussion_data
from forum.discussion.dress import REMARKS, Remarks
from forum.discussion.querysets import Own, find_discussion, lately, place_of, version_probe
from forum.discussion.writing_views import WRITES, comment, find
from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm, key_of
from forum.guard.personal import PERSONAL, personal_fills
from forum.lib.converters import number_in
from forum.lib.shells import Shell
from forum.lib.site_address import site_address
from forum.lib.verdict import ensure
from forum.lib.visitor_pages import kept_for_visitors, version_of
from forum.posts import actions as posts
from forum.posts import permissions, votes
from forum.posts.acts import Acts
from forum.posts.assembly import assemble
from forum.posts.banners import thread_notices
from forum.posts.card_words import bare
from forum.posts.draft_forms import offer_html
from forum.posts.explaining import explained
from forum.posts.forms import PostForm
from forum.posts.models import Thread
from forum.posts.reading import (
    Page,
    find_in,
    find_top,
    read_branch,
    read_context,
    read_thread,
    votes_of,
)
from forum.posts.tops import DEFAULT_ORDER, ORDERS, order_of
from forum.posts.visit_views import news_html
from forum.posts.visits import ONLY_NEW, News, read_new
from forum.posts.voting import take_vote

SECTION = "discussion"
SHELL = Shell(
    "discussion/thread.html",
    gaps=(
        "posts_html",
        *PERSONAL,
        "news_html",
        "draft_html",
    ),
)
ORDER_WORDS = {
    "best": gettext_lazy("Best"),
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest"),
    "contested": gettext_lazy("Most contested"),
}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    after = request.GET.get("after", "")
    page = lately(request.user, after)
    next_url = f"?after={page.next_after}" if page.next_after else ""
    return TemplateResponse(
        request,
        "discussion/index.html",
        {"section": "discussion", "page": page, "next_url": next_url, "is_first": not after},
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method == "POST" or not WRITES.isdisjoint(request.GET):
        return comment(request, slug)
    return _read(request, slug=slug)


def load(request: HttpRequest, slug: str) -> tuple[tuple[Thread, Own], str]:
    found, own = find_discussion(request.user, slug, getattr(request, "probed", None))
    version = version_of("discussion", found.essay_id, found.essay.version, found.version)
    return (found, own), version


@kept_for_visitors(load, version_probe)
def _read(request: HttpRequest, found: tuple[Thread, Own], slug: str) -> HttpResponse:
    thread, own = found
    news = own.news
    page = read_page(request, thread, news)
    acts = Acts(REMARKS, thread, request.user, votes_of(request.user, page.rows), news)
    acts.explained = explained(request.user, page.rows)
    shown: dict[str, Any] = {
        "next_url": next_url(page),
        "may_vote": acts.may_write and bool(page.rows),
        # One that nobody has opened yet has nothing in it to lock, nor an address for that.
        "may_lock": thread.pk is not None and getattr(request.user, "is_moderator", False),
        "verdict": None,
        "is_open": acts.takes_answers,
        "closed": permissions.is_unlocked(thread).reason,
        "follows": own.follows,
    }
    notices = (
        *notices_of(thread.essay, request.user, Part.DISCUSSION),
        *thread_notices(thread),
    )
    if request.user.is_authenticated:
        shown["verdict"] = permissions.can_post(request.user, thread)

    site = site_address(request)

    def make_context() -> dict[str, Any]:
        form = PostForm() if request.user.is_authenticated else None
        around = {
            "section": SECTION, "thread": thread, "essay": thread.essay, "page": page,
            "address": site + thread.get_absolute_url(), "data_html": discussion_data(site, thread),
        }  # fmt: skip
        return around | shown | {"orders": orders(page), "form": form, "notices": notices}

    fills = {"posts_html": assemble(page, Remarks(acts)), **personal_fills(request, SECTION)}
    fills["news_html"] = news_html(request, thread, page, news, fills["csrf_token"])
    begun = own.has_draft and shown["verdict"]
    fills["draft_html"] = offer_html(request, place_of(thread.essay_id)) if begun else ""
    if get_messages(request):
        return SHELL.at_once(request, make_context, fills)
    return SHELL.fill(make_context, (site, *_says(thread, page, notices), *shown.values()), fills)


def _says(thread: Thread, page: Page, notices: tuple[Notice, ...]) -> tuple[Any, ...]:
    """All that the page says of its thread besides the posts."""
    essay = thread.essay
    return (
        essay.pk, essay.slug, essay.title, essay.author_name, essay.published_at, thread.pk,
        thread.post_count, thread.is_locked, thread.is_slow,
        page.branch_id, page.context_id, page.is_first, page.order, notices,
    )  # fmt: skip


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    post = find(request.user, pk)

    def cast(is_up: bool | None) -> None:  # noqa: FBT001
        votes.vote(voter=request.user, post=post, is_up=is_up)  # type: ignore[arg-type]

    return HttpResponseRedirect(take_vote(request, post, cast))


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    post = find(request.user, pk)
    if request.method == "POST":
        url = run_once(
            user=request.user,
            key=key_of(request),
            action=f"withdrawal:{pk}",
            work=lambda: posts.withdraw(
                by=request.user,  # type: ignore[arg-type]
                post=post,
            ).get_absolute_url(),
        )
        return HttpResponseRedirect(url)
    ensure(permissions.can_withdraw(request.user, post))
    return TemplateResponse(
        request,
        "posts/withdrawal.html",
        {"post": post, "post_html": bare(post), "form": KeyedForm()},
    )


def read_page(request: HttpRequest, thread: Thread, news: News) -> Page:
    order = order_of(request.GET.get("order", ""))
    after, branch = request.GET.get("after", ""), request.GET.get("branch", "")
    if thread.pk is None:
        return Page([], order=order)
    if request.GET.get("only") == ONLY_NEW and request.user.is_authenticated:
        return read_new(thread, request.user, news, after=number_in(after) or 0)
    if context := request.GET.get("context", ""):
        post = find_in(thread, context)
        if post is None:
            raise Http404("This discussion has no such post.")
        return read_context(thread, post, after=after)
    if not branch:
        return read_thread(thread, order=order, after=after)
    top = find_top(thread, branch)
    if top is None:
        raise Http404("This discussion has no such branch.")
    return read_branch(thread, top, after=after)


def address(**values: str | int) -> str:
    """A page of this thread, by what its address adds; the default order adds nothing."""
    said = {name: value for name, value in values.items() if value not in {"", DEFAULT_ORDER}}
    return "?" + "&".join(f"{name}={value}" for name, value in said.items())


def orders(page: Page) -> list[tuple[str, str, bool]]:
    """Each order's address and words, and whether it is this page's."""
    is_whole = page.branch_id is None
    return [
        (address(order=order), str(ORDER_WORDS[order]), is_whole and order == page.order)
        for order in ORDERS
    ]


def next_url(page: Page) -> str:
    if not page.next_after:
        return ""
    if page.context_id is not None:
        return address(context=page.context_id, after=page.next_after)
    if page.branch_id is not None:
        return address(branch=page.branch_id, after=page.next_after)
    if page.order == ONLY_NEW:
        return address(only=ONLY_NEW, after=page.next_after)
    return address(order=page.order, after=page.next_after)
