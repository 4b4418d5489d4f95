"""What a member follows, and by which way news of it comes."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.keyset import page
from forum.news.forms import EndingForm, FollowingListForm, NewsForm
from forum.news.things import named
from forum.notifications.choosing import choose, settings_of
from forum.notifications.following import NEWEST, end_follows, follows_of
from forum.notifications.models import FollowKind

PAGE_SIZE = 50
KIND_WORDS = {
    FollowKind.ESSAY: gettext_lazy("Essays"),
    FollowKind.CLAIM: gettext_lazy("Claims"),
    FollowKind.DISCUSSION: gettext_lazy("Discussions"),
    FollowKind.TAG: gettext_lazy("Tags"),
    FollowKind.MEMBER: gettext_lazy("Members"),
}
END_WORDS = {
    FollowKind.ESSAY: gettext_lazy("Follow no essays any more"),
    FollowKind.CLAIM: gettext_lazy("Follow no claims any more"),
    FollowKind.DISCUSSION: gettext_lazy("Follow no discussions any more"),
    FollowKind.TAG: gettext_lazy("Follow no tags any more"),
    FollowKind.MEMBER: gettext_lazy("Follow no members any more"),
}


@require_safe
def following(request: HttpRequest) -> HttpResponse:
    asked = FollowingListForm(request.GET)
    if not asked.is_valid():
        raise Http404("No such list of what you follow.")
    kind, after = asked.cleaned_data["kind"], asked.cleaned_data["after"]
    follows = follows_of(request.user, kind=kind)
    shown, next_after = page(follows, NEWEST, size=PAGE_SIZE, after=after)
    return TemplateResponse(
        request,
        "news/following.html",
        {
            "followed": named(shown),
            "kind": kind,
            "end_words": END_WORDS[FollowKind(kind)] if kind else "",
            "tabs": [("", _("All"), list_url())]
            + [(value, words, list_url(kind=value)) for value, words in KIND_WORDS.items()],
            "previous_url": list_url(kind=kind) if after else "",
            "next_url": list_url(kind=kind, after=next_after) if next_after else "",
        },
    )


def list_url(*, kind: str = "", after: str = "") -> str:
    asked = {key: value for key, value in (("kind", kind), ("after", after)) if value}
    return reverse("news:following") + (f"?{urlencode(asked)}" if asked else "")


@require_POST
def ending(request: HttpRequest) -> HttpResponse:
    """One of the list, or all of a kind: what is gone from the site can be let go of here only."""
    form = EndingForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form did not say what to follow no longer.")
    pk, kind = form.cleaned_data["follow"], form.cleaned_data["kind"]

    def work() -> str:
        end_follows(member=request.user, pk=pk, kind=kind)  # type: ignore[arg-type]
        return list_url()

    action = f"unfollow:{pk or kind}"
    return HttpResponseRedirect(
        run_once(user=request.user, key=key_of(request), action=action, work=work)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    member = request.user
    form = NewsForm(request.POST or None, stored=settings_of(member))  # type: ignore[arg-type]
    status = 200
    if request.method == "POST":
        if form.is_valid():

            def work() -> str:
                choose(
                    member=member,  # type: ignore[arg-type]
                    ways=form.ways(),
                    follows_own=form.cleaned_data["follows_own"],
                    wants_letters=form.cleaned_data["wants_letters"],
                )
                return reverse("news:settings")

            key = form.cleaned_data["form_key"]
            url = run_once(user=member, key=key, action="news-settings", work=work)
            messages.success(request, _("Saved: from now on news comes as you chose."))
            return HttpResponseRedirect(url)
        status = 400
    return TemplateResponse(request, "news/settings.html", {"form": form}, status=status)
