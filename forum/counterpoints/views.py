from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essays.notices import Part, notices_of
from forum.counterpoints import actions, wording
from forum.counterpoints.abroad import shared_claim
from forum.counterpoints.assembly import COUNTERPOINTS, Tree, answered_html, places_of, told_of
from forum.counterpoints.carrying import answer_about, answer_place
from forum.counterpoints.context import around, passage_shown
from forum.counterpoints.finding import find_claim, find_counterpoint
from forum.counterpoints.forms import CounterpointForm
from forum.counterpoints.links_shown import links_of
from forum.counterpoints.merged import merged_redirect, parts_of
from forum.counterpoints.models import Claim, Counterpoint, Relation
from forum.counterpoints.orders import Asked, rank_note, read_page
from forum.counterpoints.permissions import can_answer, can_mark_key, can_speak_as_author
from forum.counterpoints.rewording import since_of
from forum.counterpoints.stance_panel import stance_panel
from forum.counterpoints.tree_acts import TreeActs, credited_of
from forum.counterpoints.tree_pages import version_for_all, version_probe
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.converters import number_in
from forum.lib.verdict import Verdict, ensure
from forum.lib.visitor_pages import kept_for_visitors
from forum.notifications.following import is_following
from forum.notifications.models import FollowKind
from forum.posts.assembly import assemble
from forum.posts.banners import thread_notices
from forum.posts.draft_forms import asked_for, initial_of, offer_html
from forum.posts.explaining import explained
from forum.posts.models import Draft
from forum.posts.permissions import can_withdraw, may_be_answered
from forum.posts.quoting import quoted
from forum.posts.reading import (
    Page,
    find_in,
    find_top,
    read_branch,
    read_context,
    votes_of,
)
from forum.posts.visit_views import news_html
from forum.posts.visits import ONLY_NEW, News, news_of, read_new
from forum.posts.voting import take_vote
from forum.posts.writing import Writing


def load(request: HttpRequest, pk: int) -> tuple[Any, str]:
    """The version of what everybody may read; the claim itself where only some may."""
    version = version_for_all(pk, getattr(request, "probed", None))
    return (None, version) if version else (find_claim(request.user, pk), "")


@login_not_required
@require_safe
@kept_for_visitors(load, version_probe)
def claim(request: HttpRequest, claim: Any, pk: int) -> HttpResponse:
    claim = claim or find_claim(request.user, pk)
    if claim.pk != pk:
        return merged_redirect(request, claim)
    user = request.user
    news, asked = news_of(user, claim.thread), Asked.of(request.GET)
    page = _page(request, claim, asked, news)
    votes, credited = votes_of(user, page.rows), credited_of(user, page.rows)
    acts = TreeActs(COUNTERPOINTS, claim.thread, user, votes, news, credited=credited)
    acts.explained = explained(user, [claim.opening, *page.rows])
    told = told_of(row.pk for row in page.rows)
    verdict = _may_answer(user, claim, None)
    speaks = bool(can_speak_as_author(user, claim.essay))
    is_part = page.branch_id is not None or page.order == ONLY_NEW
    has_all = page.is_first and not (page.next_after or asked.only or is_part)
    places = places_of(page.rows, told, is_whole=has_all)
    tree = Tree(acts, told, since_of(claim, told), speaks=speaks, places=places)
    context = {
        "section": "essays",
        "claim": claim,
        "page": page,
        "asked": asked,
        "is_part": is_part,
        "next_query": _next_query(page, asked),
        "rank_note": rank_note(page, told) if asked.is_usual else "",
        "stance": stance_panel(user, claim, page.rows, told, credited),
        "headline": _headline(claim),
        "state_html": acts.explained.get(claim.opening.pk, ""),
        "shared": shared_claim(request, claim),
        "posts_html": assemble(page, tree),
        "news_html": news_html(request, claim.thread, page, news),
        "may_vote": acts.may_write,
        "can_answer": verdict,
        "is_open": acts.takes_answers,
        "can_mark_key": can_mark_key(user, claim),
        "follows": is_following(user, FollowKind.CLAIM, claim.pk),
        "notices": [
            *notices_of(claim.essay, user, Part.CLAIMS),
            *thread_notices(claim.thread),
        ],
        "form": _form(request, claim, initial=True) if verdict else None,
        "draft_html": offer_html(request, answer_place(claim)) if verdict else "",
        "links": links_of(claim, user),
        "parts": parts_of(claim),
        **around(claim, set(told)),
    }
    return TemplateResponse(request, "counterpoints/claim.html", context)


def _may_answer(user: Any, claim: Claim, target: Counterpoint | None) -> Verdict:
    """At all: whether in their own name or as the essay's author, the form will ask."""
    as_author = bool(can_speak_as_author(user, claim.essay))
    return can_answer(user, claim, target, as_author=as_author)


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


def _form(
    request: HttpRequest,
    claim: Claim,
    *,
    initial: bool = False,
    label: str = "",
    draft: Draft | None = None,
) -> CounterpointForm:
    may_speak = bool(can_speak_as_author(request.user, claim.essay))
    is_author = claim.essay.author_id == request.user.pk
    asked = request.GET.get("relation", "")
    begun = {"source": quoted(request.GET.get("quote", ""))}
    form = CounterpointForm(
        None if initial or request.method != "POST" else request.POST,
        # The author's own words are the author's anyhow.
        may_speak_as_author=may_speak and not is_author,
        initial=begun
        | ({"relation": asked} if asked in Relation.values else {})
        | initial_of(draft),
    )
    form.fields["relation"].label = label or _("What does yours do to the claim?")
    return form


@require_POST
def key(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what the claim shall be, not what to change: a double click says the same twice."""
    claim = find_claim(request.user, pk)
    is_key = request.POST.get("is_key") == "yes"
    url = run_once(
        user=request.user,
        key=key_of(request),
        action=f"key:{pk}:{is_key}",
        work=lambda: actions.mark_key(
            by=request.user,  # type: ignore[arg-type]
            claim=claim,
            is_key=is_key,
        ).get_absolute_url(),
    )
    return HttpResponseRedirect(url)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_claim(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, find_claim(request.user, pk), None)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    target = find_counterpoint(request.user, pk)
    claim = find_claim(request.user, target.claim_id)
    target.claim = claim
    return _answer(request, claim, target)


def _answer(request: HttpRequest, claim: Any, target: Counterpoint | None) -> HttpResponse:
    verdict = _may_answer(request.user, claim, target)
    place = answer_place(claim, target)
    draft = asked_for(request, place)
    form = _form(
        request, claim, label=_("What does yours do to it?") if target else "", draft=draft
    )
    writing = Writing(request, form, about=answer_about(claim, target))

    def work() -> str:
        given = form.cleaned_data
        made = actions.answer(
            author=request.user, claim=claim, target=target, relation=given["relation"],  # type: ignore[arg-type]
            restatement=given["restatement"], source=given["source"],
            as_author=given.get("as_author", False),
        )  # fmt: skip
        return made.get_absolute_url()

    done = writing.send(action=place, work=work)
    if done is not None:
        return done
    context = {
        "section": "essays",
        "claim": claim,
        "passage": passage_shown(claim),
        "target_html": answered_html(target) if target else "",
        "verdict": wording.verdict_html(claim),
        "can_answer": verdict,
        # Whoever is not logged in may write first: it waits for their account.
        "begins": not writing.is_known and bool(may_be_answered(request.user, claim.thread)),
        "form": form,
        "draft_html": offer_html(request, place, draft) if verdict else "",
        "preview_html": writing.preview_html,
    }
    return TemplateResponse(request, "counterpoints/answer.html", context, status=writing.status)


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    counterpoint = find_counterpoint(request.user, pk)

    def cast(is_up: bool | None) -> None:  # noqa: FBT001
        actions.vote(voter=request.user, counterpoint=counterpoint, is_up=is_up)  # type: ignore[arg-type]

    return HttpResponseRedirect(take_vote(request, counterpoint.post, cast))


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    counterpoint = find_counterpoint(request.user, pk)
    post = counterpoint.post
    if request.method == "POST":

        def work() -> str:
            return actions.withdraw(by=request.user, post=post).get_absolute_url()  # type: ignore[arg-type]

        url = run_once(user=request.user, key=key_of(request), action=f"withdraw:{pk}", work=work)
        return HttpResponseRedirect(url)
    ensure(can_withdraw(request.user, post))
    context = {
        "section": "essays",
        "claim": counterpoint.claim,
        "target_html": answered_html(counterpoint),
        "post_url": reverse("posts:post", args=[pk]),
    }
    return TemplateResponse(request, "counterpoints/withdrawal.html", context)
