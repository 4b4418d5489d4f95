from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.lib.rendering import Unrenderable, render_post
from forum.lib.verdict import ensure
from forum.posts import actions, permissions
from forum.posts.draft_forms import asked_for, initial_of, offer_html
from forum.posts.finding import find_post
from forum.posts.forms import PostForm
from forum.posts.history import changes_of
from forum.posts.reading import place_of
from forum.posts.writing import Writing


@login_not_required
@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """To the post in its place, among its neighbours."""
    found = find_post(request.user, pk)
    return HttpResponseRedirect(found.thread.get_absolute_url() + place_of(found))


@login_not_required
@require_safe
def context(request: HttpRequest, pk: int) -> HttpResponse:
    """To the post with what it answers above it, and what answers it below."""
    found = find_post(request.user, pk)
    query = "" if found.is_statement else f"?context={pk}#post-{pk}"
    return HttpResponseRedirect(found.thread.get_absolute_url() + query)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_post(request.user, pk)
    ensure(permissions.can_see_source(request.user, found))
    verdict = permissions.can_edit(request.user, found)
    place = f"edit:{pk}"
    draft = asked_for(request, place)
    initial = {"source": found.source} | initial_of(draft)
    form = PostForm(request.POST or None, initial=initial)
    about = _("An edit of your post %(pk)s on %(title)s") % {
        "pk": pk,
        "title": found.thread.essay.title,
    }
    writing = Writing(request, form, about=about, counted_as="edit")
    sent = writing.send(
        action=place,
        work=lambda: actions.edit(
            by=request.user,  # type: ignore[arg-type]
            post=found,
            source=form.cleaned_data["source"],
        ).get_absolute_url(),
    )
    return sent or TemplateResponse(
        request,
        "posts/edit.html",
        {
            "post": found,
            "writing": writing,
            "verdict": verdict,
            "draft_html": offer_html(request, place, draft) if verdict else "",
        },
        status=writing.status,
    )


@login_not_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_post(request.user, pk)
    ensure(permissions.can_read(request.user, found))
    before = request.GET.get("before", "")
    page = changes_of(found, request.user, before=before)
    return TemplateResponse(request, "posts/history.html", {"post": found, "page": page})


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How words will look, for a script that shows it as they are typed."""
    try:
        preview_html = render_post(request.POST.get("source", "")).html
        error = ""
    except Unrenderable as unrenderable:
        preview_html, error = "", str(unrenderable)
    context: dict[str, Any] = {"preview_html": preview_html, "error": error}
    return TemplateResponse(request, "posts/_preview.html", context)
