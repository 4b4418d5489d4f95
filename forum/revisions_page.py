"""The versions of an essay: a list, with what readers mended; any two are compared from there."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from essays.models import Essay
from essays.notices import notices_of
from forum.lib.converters import number_in
from forum.lib.visitor_pages import kept_for_visitors
from forum.revision_lists import numbers_of, read_corrections, read_revisions, versions_counted

REVISION_DIGITS = 9


def load(request: HttpRequest, slug: str) -> tuple[Essay, str]:
    essay = get_object_or_404(Essay.objects.for_page(request.user), slug=slug)
    return essay, f"revisions.{essay.pk}.{essay.version}"


@login_not_required
@require_safe
@kept_for_visitors(load)
def revisions(request: HttpRequest, essay: Essay, slug: str) -> HttpResponse:
    asked = request.GET
    if "a" in asked or "b" in asked:
        return redirect("revision-diff", slug, *_compared(asked))
    after, corrections_after = asked.get("after", ""), asked.get("corrections", "")
    listed, following = read_revisions(essay, after)
    corrections, corrections_following = read_corrections(essay, corrections_after)
    numbers = numbers_of(essay)
    context: dict[str, Any] = {
        "section": "essays",
        "essay": essay,
        "notices": notices_of(essay, request.user),
        "numbers": numbers,
        "versions": versions_counted(numbers, "version"),
        "a": numbers[1] if len(numbers) > 1 else None,
        "b": numbers[0] if numbers else None,
        "revisions": listed,
        "is_first": not after,
        "next_url": _further("after", following, "revisions"),
        "corrections": corrections,
        "corrections_url": _further("corrections", corrections_following, "corrections"),
        "is_first_of_corrections": not corrections_after,
    }
    return TemplateResponse(request, "essays/revisions.html", context)


def _compared(asked: Any) -> tuple[int, int]:
    """What the form chose, as the numbers of an address."""
    a, b = (number_in(asked.get(name, ""), REVISION_DIGITS) for name in "ab")
    if a is None or b is None:
        raise Http404("No two revisions are named.")
    return a, b


def _further(name: str, cursor: str, section: str) -> str:
    return f"?{urlencode({name: cursor})}#{section}" if cursor else ""
