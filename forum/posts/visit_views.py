"""What a member has seen of a thread, and what has come since the page was loaded."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from forum.lib.converters import number_in
from forum.lib.nouns import counted
from forum.lib.rendering import trusted
from forum.posts import visits
from forum.posts.finding import find_thread
from forum.posts.models import Thread
from forum.posts.reading import Page
from forum.posts.visits import News


@require_POST
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a form key: it says what was seen, so twice is the same as once."""
    newest = number_in(request.POST.get("newest", ""))
    if newest is None:
        raise BadRequest("The form did not say what was seen.")
    thread = find_thread(request.user, pk)
    is_done = "done" in request.POST
    visits.visit(member=request.user, thread=thread, newest=newest, is_done=is_done)  # type: ignore[arg-type]
    return HttpResponseRedirect(thread.get_absolute_url())


@login_not_required
@require_safe
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """How many posts there are beyond the `seen` that the page was made with, in words."""
    thread = find_thread(request.user, pk)
    etag = f'W/"{thread.pk}.{thread.post_count}.{get_language()}"'
    seen = number_in(request.GET.get("seen", "")) or 0
    number = max(thread.post_count - seen, 0)
    words = capfirst(counted(number, "new reply,new replies")) if number else ""
    whole = JsonResponse({"words": words})
    response = get_conditional_response(request, etag=etag, response=whole) or whole
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return response


def news_html(request: HttpRequest, thread: Thread, page: Page, news: News, token: str = "") -> str:
    """Above the posts of a member's page: what is new, and what tells that it was seen.

    `token`, if the page has one already.
    """
    if thread.pk is None or not request.user.is_authenticated:
        return ""
    context = {
        "thread": thread,
        "news": news,
        "first": news.first_on(page, request.user.pk),
        "most": visits.MOST_COUNTED,
        "csrf_token": token or get_token(request),
    }
    return trusted(render_to_string("posts/_news.html", context))
