"""Any two versions of an essay, compared: its claims, and its text word by word."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from essays.models import Essay, Revision
from essays.text_changes import changes, paragraphs
from forum.changed_text import draw
from forum.lib.languages import present
from forum.lib.visitor_pages import kept_for_visitors
from forum.revision_claims import claims_between, counted_fates, fate_of, mark_of, shown_of
from forum.revision_lists import fates_sentence, numbers_of, published_revisions

# Fits the column.
GREATEST_REVISION = 10**9


@dataclass(frozen=True, slots=True)
class Compared:
    """Two revisions of an essay, without their long texts."""

    essay: Essay
    a: Revision
    b: Revision

    @property
    def version(self) -> str:
        return f"revision-diff.{self.a.pk}.{self.b.pk}.{self.essay.version}"


def load(request: HttpRequest, slug: str, a: int, b: int) -> tuple[Compared, str]:
    essay = get_object_or_404(Essay.objects.for_page(request.user), slug=slug)
    if max(a, b) > GREATEST_REVISION:
        raise Http404("No essay has so many revisions.")
    known = published_revisions(essay).select_related("created_by")
    found = {each.number: each for each in known.filter(number__in=[a, b]).order_by()}
    if a not in found or b not in found:
        raise Http404("This essay has no such revision.")
    for each in found.values():
        each.essay = essay
    compared = Compared(essay, found[a], found[b])
    return compared, compared.version


@login_not_required
@require_safe
@kept_for_visitors(load)
def revision_diff(
    request: HttpRequest, compared: Compared, slug: str, a: int, b: int
) -> HttpResponse:
    context = {
        "section": "essays",
        "essay": compared.essay,
        "a": compared.a,
        "b": compared.b,
        "numbers": numbers_of(compared.essay),
        "is_next": compared.a.number == compared.b.number - 1,
        **_fragments(compared),
    }
    return TemplateResponse(request, "essays/revision_diff.html", context)


def _fragments(compared: Compared) -> dict[str, Any]:
    """What costs something to make, and is the same for all: kept under the version."""
    key = f"{settings.RELEASE}.{present()}.{compared.version}"
    kept = caches["fragments"].get(key)
    if kept is None:
        kept = _make_fragments(compared)
        caches["fragments"].set(key, kept)
    return kept


def _make_fragments(compared: Compared) -> dict[str, Any]:
    texts = Revision.objects.only("number", "text", "blocks").in_bulk(
        [compared.a.pk, compared.b.pk]
    )
    a, b = texts[compared.a.pk], texts[compared.b.pk]
    claims = claims_between(compared.essay, a, b)
    shown = shown_of(claims)
    return {
        "text": draw(paragraphs(changes(a.text, b.text)), [mark_of(claim) for claim in claims]),
        "fates": [fate_of(claim, a, b) for claim in shown],
        "fates_said": fates_sentence(counted_fates(claims)),
        "left_out": len(claims) - len(shown),
    }
