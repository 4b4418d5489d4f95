"""One sentence of one revision, then and now: where its permalink leads for good."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from essays.anchoring import Outcome
from essays.bookmarking import bookmark_of
from essays.models import Revision
from essays.sentence_fates import Number, fates_of_paragraph, number_at, sentences_of
from forum.bookmarks import BookmarkForm
from forum.counterpoints.then_and_now import now_html, then_html
from forum.lib.visitor_pages import kept_for_visitors
from forum.revision_page import load as load_revision


def load(
    request: HttpRequest, slug: str, number: int, paragraph: int, sentence: int
) -> tuple[Any, str]:
    revision, version = load_revision(request, slug, number)
    return revision, f"sentence.{version}"


@login_not_required
@require_safe
@kept_for_visitors(load)
def sentence(
    request: HttpRequest, revision: Any, slug: str, number: int, paragraph: int, sentence: int
) -> HttpResponse:
    place = sentences_of(revision).get((paragraph, sentence))
    if place is None:
        raise Http404("This revision has no such sentence.")
    current = Revision.objects.get(pk=revision.essay.current_revision_id)
    fate = _fates(revision, current, paragraph)[paragraph, sentence]
    then, now = revision.text[place[0] : place[1]], _words(current, fate)
    context = {
        "section": "essays",
        "essay": revision.essay,
        "revision": revision,
        "current": current,
        "paragraph": paragraph,
        "sentence": sentence,
        "state": fate.state,
        "then_html": then_html(then, now) if now else then,
        "now_html": now_html(then, now),
        **_bookmark(request, revision, (paragraph, sentence)),
        "number_now": None if fate.start is None else number_at(current, fate.start),
    }
    return TemplateResponse(request, "essays/sentence.html", context)


def _bookmark(request: HttpRequest, revision: Revision, number: Number) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {}
    kept = bookmark_of(request.user, revision, number)
    return {"bookmark": kept, "form": BookmarkForm(initial={"note": kept.note if kept else ""})}


def _fates(old: Revision, new: Revision, paragraph: int) -> dict[Number, Outcome]:
    """Kept: whoever asks of one sentence asks of the next."""
    key = f"sentences.{settings.RELEASE}.{old.pk}.{new.pk}.{paragraph}"
    kept = caches["fragments"].get(key)
    if kept is None:
        kept = fates_of_paragraph(old, new, paragraph)
        caches["fragments"].set(key, kept)
    return kept


def _words(revision: Revision, fate: Outcome) -> str:
    return "" if fate.start is None else revision.text[fate.start : fate.end]
