"""A moderator moves a post with all below it: first it is chosen where to, then looked at."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from forum.guard.actions import run_once
from forum.lib.verdict import Refused, ensure
from forum.moderation import destinations, relocation_page
from forum.moderation.destinations import Destination
from forum.moderation.relocation_actions import relocate
from forum.moderation.relocation_permissions import can_move, can_move_to
from forum.moderation.thread_forms import RelocationForm
from forum.posts.models import Post


@require_http_methods(["GET", "HEAD", "POST"])
def relocation(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(
        Post.objects.select_related("thread__essay", "thread__claim", "author"), pk=pk
    )
    ensure(can_move(request.user, post))
    asked = request.POST.get("to", request.GET.get("to", ""))[: relocation_page.ASKED_LENGTH]
    to = destinations.find(post, asked) if asked else None
    if to is None:
        context = relocation_page.choosing(post, asked)
        return TemplateResponse(request, "moderation/relocation_choice.html", context)
    form = RelocationForm(request.POST or None, initial={"to": to.address})
    if request.method == "POST" and form.is_valid():
        done = _relocate(request, post, to, form)
        if done is not None:
            return done
    context = relocation_page.preview(post, to)
    context |= {"form": form, "can_move": can_move_to(request.user, post, to)}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/relocation.html", context, status=status)


def _relocate(
    request: HttpRequest, post: Post, to: Destination, form: RelocationForm
) -> HttpResponse | None:
    given: dict[str, Any] = form.cleaned_data

    def work() -> str:
        relocate(
            moderator=request.user, post=post, to=to, rule=given["rule"],  # type: ignore[arg-type]
            reason=given["reason"],
        )  # fmt: skip
        return post.get_absolute_url()

    action = f"relocate:{post.pk}"
    try:
        return redirect(
            run_once(user=request.user, key=given["form_key"], action=action, work=work)
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
