"""A member's bookmarks: sentences that they keep, with notes that nobody else reads."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from essays import bookmarking
from essays.models.bookmark import NOTE_LENGTH
from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm
from forum.lib.keyset import is_cursor
from forum.revision_page import load as load_revision


class BookmarkForm(KeyedForm):
    note = forms.CharField(
        required=False,
        max_length=NOTE_LENGTH,
        label=gettext_lazy("A note to yourself"),
        help_text=gettext_lazy("Nobody else can read it, moderators included."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "short"}),
    )


@require_safe
def bookmarks(request: HttpRequest) -> HttpResponse:
    after = request.GET.get("after", "")
    shown, following = bookmarking.bookmarks_of(request.user, after=after)  # type: ignore[arg-type]
    context = {
        "bookmarks": shown,
        "is_first": not is_cursor(after),
        "next_url": f"?after={following}" if following else "",
    }
    return TemplateResponse(request, "essays/bookmarks.html", context)


@require_POST
def bookmark(
    request: HttpRequest, slug: str, number: int, paragraph: int, sentence: int
) -> HttpResponse:
    """Keep a sentence, change what was noted of it, or let it go: as the pressed button says."""
    revision, _version = load_revision(request, slug, number)
    place: Any = {"revision": revision, "number": (paragraph, sentence)}
    back = reverse("sentence", args=[slug, number, paragraph, sentence])
    form = BookmarkForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "back": back, "numbers": (paragraph, sentence), **place}
        return TemplateResponse(request, "essays/bookmark.html", context, status=200)
    is_kept = "remove" not in request.POST

    def work() -> str:
        if is_kept:
            bookmarking.keep(member=request.user, note=form.cleaned_data["note"], **place)  # type: ignore[arg-type]
        else:
            bookmarking.remove(member=request.user, **place)  # type: ignore[arg-type]
        return back

    try:
        url = run_once(
            user=request.user, key=form.cleaned_data["form_key"],
            action=f"bookmark:{revision.pk}:{paragraph}:{sentence}", work=work,
        )  # fmt: skip
    except KeyError:
        raise Http404("This revision has no such sentence.") from None
    return HttpResponseRedirect(url)
