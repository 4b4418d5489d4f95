"""Asks before a post that waits for a moderator is taken back, and takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm, key_of
from forum.lib.rendering import trusted
from forum.lib.verdict import ensure
from forum.moderation.retracting import retract
from forum.posts.finding import find_post
from forum.posts.permissions import can_retract

DONE = _("It is taken back: nobody has read it, and nobody will.")


@require_http_methods(["GET", "HEAD", "POST"])
def retraction(request: HttpRequest, pk: int) -> HttpResponse:
    post = find_post(request.user, pk)
    if request.method == "POST":

        def work() -> str:
            retract(author=request.user, post=post)  # type: ignore[arg-type]
            # What was never public has no place of its own any more.
            return post.thread.essay.get_absolute_url()

        key = key_of(request)
        url = run_once(user=request.user, key=key, action=f"retract:{pk}", work=work)
        messages.success(request, DONE)
        return redirect(url)
    ensure(can_retract(request.user, post))
    context = {"post": post, "post_html": trusted(post.html), "form": KeyedForm()}
    return TemplateResponse(request, "moderation/retraction.html", context)
