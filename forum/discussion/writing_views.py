"""Writing in an open discussion: begun without an account, it waits for one."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.discussion import actions
from forum.discussion.querysets import find_discussion, place_of
from forum.lib.verdict import Verdict
from forum.posts import permissions
from forum.posts.card_words import bare
from forum.posts.draft_forms import asked_for, initial_of, offer_html
from forum.posts.finding import find_post
from forum.posts.forms import PostForm
from forum.posts.models import Post, ThreadKind
from forum.posts.quoting import quoted
from forum.posts.writing import REFUSED, Writing

# What the address of a discussion holds where it is written in: a way into the form, or a draft.
WRITES = frozenset({"write", "draft"})


def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the discussion's own page, where somebody writes there."""
    if "draft" in request.GET and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    thread, _own = find_discussion(request.user, slug)
    place = place_of(thread.essay_id)
    draft = asked_for(request, place)
    form = PostForm(request.POST or None, initial=initial_of(draft))
    about = _("In the discussion of %(title)s") % {"title": thread.essay.title}
    writing = Writing(request, form, about=about)
    sent = _send(
        writing,
        lambda: permissions.may_be_answered(request.user, thread),
        action=place,
        work=lambda: actions.comment(
            author=request.user,  # type: ignore[arg-type]
            essay=thread.essay,
            source=form.cleaned_data["source"],
        ).get_absolute_url(),
    )
    if sent:
        return sent
    context = {
        "section": "discussion",
        "thread": thread,
        "essay": thread.essay,
        "writing": writing,
        "begins": not writing.is_known,
        "verdict": permissions.may_be_answered(request.user, thread),
        "draft_html": offer_html(request, place, draft),
    }
    return TemplateResponse(request, "discussion/comment.html", context, status=writing.status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    parent = find(request.user, pk)
    place = f"reply:{pk}"
    draft = asked_for(request, place)
    initial = {"source": quoted(request.GET.get("quote", ""))} | initial_of(draft)
    form = PostForm(request.POST or None, initial=initial)
    title = parent.thread.essay.title
    about = _("Reply to %(name)s in the discussion of %(title)s") % {
        "name": parent.author.name,
        "title": title,
    }
    writing = Writing(request, form, about=about)
    sent = _send(
        writing,
        lambda: permissions.may_be_replied_to(request.user, parent),
        action=place,
        work=lambda: actions.reply(
            author=request.user,  # type: ignore[arg-type]
            parent=parent,
            source=form.cleaned_data["source"],
        ).get_absolute_url(),
    )
    if sent:
        return sent
    context = {
        "section": "discussion",
        "post": parent,
        "answered_html": bare(parent),
        "essay": parent.thread.essay,
        "writing": writing,
        "begins": not writing.is_known,
        "draft_html": offer_html(request, place, draft),
        "verdict": _may_reply(request.user, parent),
    }
    return TemplateResponse(request, "discussion/reply.html", context, status=writing.status)


def _may_reply(user: Any, post: Post) -> Verdict:
    """Whoever is not logged in is told whether an answer could be posted once they are."""
    if user.is_authenticated:
        return permissions.can_reply(user, post)
    return permissions.may_be_replied_to(user, post)


def _send(
    writing: Writing, may_begin: Callable[[], Verdict], *, action: str, work: Callable[[], str]
) -> HttpResponse | None:
    """Nothing is begun that could not be posted; members are refused by the action itself."""
    if writing.is_known or may_begin():
        return writing.send(action=action, work=work)
    if writing.request.method == "POST":
        writing.status = REFUSED
    return None


def find(user: Any, pk: int) -> Post:
    """A post of an open discussion, to be answered, voted on or taken back."""
    post = find_post(user, pk)
    if post.thread.kind != ThreadKind.DISCUSSION:
        raise Http404("A counterpoint has pages of its own.")
    return post
