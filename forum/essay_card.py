"""The address of an essay's card, and the card. What it shows is in its address: when that changes,
so does the address, and whoever kept a card may keep it for ever.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from essays.models import Essay
from forum.card_drawing import draw_card
from forum.essay_lists import STRIP_LENGTH, add_strips
from forum.lib.house import house
from forum.lib.languages import said_for_all
from forum.media import FOR_EVER

# Raised whenever the same words would be drawn in another way.
MANNER = 1
# An older card is never asked for again; the age only keeps the cache from holding it for ever.
KEPT_FOR = 24 * 3600


def card_path(essay: Essay, labels: Sequence[str]) -> str:
    said = repr((MANNER, house().name, essay.title, essay.author_name, list(labels)))
    return reverse("card", args=[essay.slug, sha256(said.encode()).hexdigest()[:16]])


def labels_of(claims: Iterable[Any]) -> list[str]:
    """Of claims in a text, as a strip has them: `add_strips` gives the same."""
    ordered = sorted(claims, key=lambda claim: (claim.start, claim.number))
    return [claim.label for claim in ordered[:STRIP_LENGTH]]


@login_not_required
@require_safe
@said_for_all
def card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """As strangers may see it: no draft has a card, nor has what was retired."""
    essay = get_object_or_404(Essay.objects.listed_for(AnonymousUser()).defer("folded"), slug=slug)
    key = f"card.{essay.pk}.{digest}"
    content = caches["pages"].get(key)
    if content is None:
        add_strips([essay])
        labels = essay.labels
        path = card_path(essay, labels)
        if path != request.path:
            return HttpResponseRedirect(path, headers={"Cache-Control": "no-cache"})
        content = draw_card(essay.title, essay.author_name, labels, site=house().name)
        caches["pages"].set(key, content, KEPT_FOR)
    return _handed_out(request, content, etag=f'"{digest}"')


def _handed_out(request: HttpRequest, content: bytes, etag: str) -> HttpResponse:
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type="image/png")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_EVER
    return response
