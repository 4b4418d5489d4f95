"""The whole map of an essay's claims: as a page, and as a file to take away."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from essays.layout import headings
from essays.models import Essay, Revision
from essays.notices import Part as Openable
from essays.notices import notices_of
from forum.counterpoints import map_file, map_layout, map_reading
from forum.counterpoints.essay_views import load
from forum.counterpoints.map_drawing import Frame, map_marks
from forum.counterpoints.map_layout import MapPicture
from forum.counterpoints.map_lists import list_html
from forum.counterpoints.map_parts import Part
from forum.counterpoints.map_reading import View
from forum.counterpoints.margin import claims_in_text
from forum.counterpoints.wording import map_title
from forum.lib.converters import number_in
from forum.lib.rendering import trusted
from forum.lib.site_address import site_address
from forum.lib.static import static
from forum.lib.visitor_pages import kept_for_visitors

LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Map:
    """What a request asks to see of an essay."""

    revision: Revision
    claims: list[Any]
    parts: list[Part]
    view: View
    picture: MapPicture


@login_not_required
@require_safe
@kept_for_visitors(load)
def claim_map(request: HttpRequest, essay: Essay, slug: str) -> HttpResponse:
    found = _asked(request, essay)
    frame = Frame(static("icons.svg"), request.path, is_nearest=found.view.claim is not None)
    context = {
        "section": "essays",
        "essay": essay,
        "revision": found.revision,
        "notices": notices_of(essay, request.user, Openable.CLAIMS),
        "counterpoint_count": sum(claim.counterpoint_count for claim in found.claims),
        "claim_count": len(found.claims),
        "view": found.view,
        "parts": found.parts if len(found.parts) > 1 else [],
        "width": map_layout.WIDTH,
        "height": found.picture.height,
        "label": map_title(essay.title, found.view),
        "marks_html": trusted(map_marks(found.picture, frame)),
        "list_html": list_html(found.view, request.path),
        "asked": request.META.get("QUERY_STRING", "") if found.view.part else "",
    }
    return TemplateResponse(request, "counterpoints/map.html", context)


@login_not_required
@require_safe
def map_svg(request: HttpRequest, slug: str) -> HttpResponse:
    response = _kept_file(request, slug=slug)
    # Taken away, not shown here: its own style is nothing that this site's policy would let in.
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-map.svg"'
    return response


@kept_for_visitors(load)
def _kept_file(request: HttpRequest, essay: Essay, slug: str) -> HttpResponse:
    found = _asked(request, essay)
    site, path = site_address(request), reverse("counterpoints:map", args=[slug])
    text = map_file.svg_file(
        map_marks(found.picture, Frame("", path, site, is_nearest=found.view.claim is not None)),
        found.picture.height,
        map_file.About(
            title=map_title(essay.title, found.view),
            author=essay.author_name,
            revision=found.revision.number,
            made_at=found.revision.created_at,
            url=site + essay.get_absolute_url(),
        ),
    )
    return HttpResponse(text, content_type="image/svg+xml; charset=utf-8")


def _asked(request: HttpRequest, essay: Essay) -> Map:
    # The text is left out where it is only asked whether a kept page still holds.
    revision = Revision.objects.only("text", "blocks", "number", "created_at").get(
        pk=essay.current_revision_id or 0
    )
    claims = list(claims_in_text(essay, revision.pk))
    parts = map_reading.divided(
        claims, headings(revision.blocks, revision.text), len(revision.text)
    )
    view = _view(request, claims, parts)
    span = (0, len(revision.text))
    if view.part is not None and view.part.start is not None and view.claim is None:
        span = (view.part.start, view.part.end or len(revision.text))
    picture = map_layout.with_text(_laid_out(view), revision.blocks, claims, span)
    return Map(revision, claims, parts, view, picture)


def _view(request: HttpRequest, claims: list[Any], parts: list[Part]) -> View:
    """As near as the address says; what no link of ours says is the whole."""
    number = number_in(request.GET.get("claim", ""), LONGEST_NUMBER)
    if number is not None:
        for part in parts:
            for claim in part.claims:
                if claim.number == number:
                    return map_reading.view_of_claim(claim, part)
        raise Http404(_("This essay has no such claim."))
    place = number_in(request.GET.get("part", ""), LONGEST_NUMBER)
    if place is not None:
        if not 0 < place <= len(parts):
            raise Http404(_("This essay has no such part."))
        return map_reading.view_of(parts[place - 1].claims, parts, parts[place - 1])
    return map_reading.view_of(claims, parts)


def _laid_out(view: View) -> MapPicture:
    if view.parts:
        return map_layout.parts(view.parts)
    if view.rows:
        return map_layout.rows(view.rows, view.left_out)
    return map_layout.trees(view.trees)
