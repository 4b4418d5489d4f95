"""A member's own drafts: to go on with, or to throw away."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.keyset import Order, page
from forum.posts import drafts
from forum.posts.permissions import MOST_DRAFTS

PAGE_SIZE = 25
NEWEST = Order("kept_at", is_falling=True, is_moment=True)


@require_safe
def own_drafts(request: HttpRequest) -> HttpResponse:
    after = request.GET.get("after", "")
    found, following = page(drafts.drafts_of(request.user), NEWEST, size=PAGE_SIZE, after=after)
    context = {
        "drafts": found,
        "next_url": f"?after={following}" if following else "",
        "previous_url": reverse("posts:drafts") if after else "",
        "days": drafts.LIFE.days,
        "most": MOST_DRAFTS,
    }
    return TemplateResponse(request, "posts/drafts.html", context)


@require_POST
def draft_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Thrown away already, it leads on all the same: the same button pressed twice."""
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("posts:drafts")

    def work() -> str:
        draft = get_object_or_404(drafts.drafts_of(request.user), pk=pk)
        drafts.throw_away(by=request.user, draft=draft)  # type: ignore[arg-type]
        return back

    url = run_once(user=request.user, key=key_of(request), action=f"throw-away:{pk}", work=work)
    return HttpResponseRedirect(url)
