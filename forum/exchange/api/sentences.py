"""The sentences of one revision: they lie in one row, and are paged by their place in it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from essays.models import Revision
from essays.sentence_fates import sentences_of
from forum.exchange.api.paging import address, checked
from forum.lib.site_address import site_address


def sentences_page(
    request: HttpRequest, revision: Revision, *, limit: int, after: str
) -> dict[str, Any]:
    """The cursor is the number of the last sentence: "3-2" is the second of the third paragraph."""
    last = tuple(int(part) for part in checked(after).split("-")) if after else (0, 0)
    following = [each for each in sorted(sentences_of(revision).items()) if each[0] > last]
    shown = following[:limit]
    site = site_address(request)
    next_url = None
    if len(following) > limit:
        paragraph, sentence = shown[-1][0]
        next_url = address(request, after=f"{paragraph}-{sentence}", limit=limit)
    return {
        "licence": settings.CONTENT_LICENCE,
        "items": [_told(revision, number, place, site) for number, place in shown],
        "next": next_url,
    }


def _told(
    revision: Revision, number: tuple[int, int], place: tuple[int, int], site: str
) -> dict[str, Any]:
    paragraph, sentence = number
    start, end = place
    page = reverse("sentence", args=[revision.essay.slug, revision.number, paragraph, sentence])
    return {
        "paragraph": paragraph,
        "sentence": sentence,
        "start": start,
        "end": end,
        "text": revision.text[start:end],
        "url": site + page,
    }
