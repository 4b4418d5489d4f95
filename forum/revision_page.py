"""One version of an essay's text as it was, with the claims that stood in it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from essays.layout import Addresses, compose, headings
from essays.models import Essay, Revision
from essays.notices import notices_of
from forum.counterpoints.margin import claims_in_text
from forum.essay_claims import entry, mark
from forum.lib.rendering import trusted
from forum.lib.visitor_pages import kept_for_visitors
from forum.revision_lists import LONG_COLUMNS


def load(request: HttpRequest, slug: str, number: int) -> tuple[Any, str]:
    known = Revision.objects.filter(essay__in=Essay.objects.visible_to(request.user))
    revision = get_object_or_404(
        known.select_related("essay__current_revision").defer(
            "essay__folded", *(f"essay__current_revision__{name}" for name in LONG_COLUMNS)
        ),
        essay__slug=slug,
        number=number,
    )
    return revision, f"revision.{revision.pk}.{revision.essay.version}"


@login_not_required
@require_safe
@kept_for_visitors(load)
def revision(request: HttpRequest, revision: Revision, slug: str, number: int) -> HttpResponse:
    essay = revision.essay
    is_current = revision.pk == essay.current_revision_id
    page = reverse("revision", args=[essay.slug, revision.number])
    placed = [claim for claim in claims_in_text(essay, revision.pk) if claim.start is not None]
    addresses = Addresses(
        challenge=None,
        permalink=page,
        revision=revision.number,
        # As the address of a sentence's own page says them.
        then_and_now="" if is_current else f"{page}s-{{}}-{{}}/",
    )
    return TemplateResponse(
        request,
        "essays/revision.html",
        {
            "section": "essays",
            "essay": essay,
            "revision": revision,
            "notices": notices_of(essay, request.user),
            "is_current": is_current,
            "sections": [
                (address, words) for address, words, _ in headings(revision.blocks, revision.text)
            ],
            "claims": [entry(claim) for claim in placed],
            "text_html": trusted(
                compose(revision.blocks, [mark(claim) for claim in placed], addresses)
            ),
        },
    )
