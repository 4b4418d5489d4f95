from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from forum.house.models import PageName
from forum.house.stylesheet import stylesheet_of
from forum.house.texts import html_of
from forum.house.versions import probe_of_settled, version_of_settled
from forum.lib.house import house, read_again
from forum.lib.visitor_pages import kept_for_visitors

FOR_EVER = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def stylesheet(_request: HttpRequest, look: str) -> HttpResponse:
    """Its address changes with the colours, so whoever has it may keep it for ever."""
    if house().look != look:
        # Another process was told of new colours before this one.
        read_again()
    known = house()
    response = HttpResponse(stylesheet_of(known), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER if known.look == look else "no-cache"
    return response


def _load_privacy(request: HttpRequest) -> tuple[None, str]:
    return None, version_of_settled("privacy", getattr(request, "probed", None))


def _load_contact(request: HttpRequest) -> tuple[None, str]:
    return None, version_of_settled("contact", getattr(request, "probed", None))


@login_not_required
@require_safe
@kept_for_visitors(_load_privacy, lambda: probe_of_settled("privacy"))
def privacy(request: HttpRequest, _subject: None) -> HttpResponse:
    return _page(request, PageName.PRIVACY)


@login_not_required
@require_safe
@kept_for_visitors(_load_contact, lambda: probe_of_settled("contact"))
def contact(request: HttpRequest, _subject: None) -> HttpResponse:
    return _page(request, PageName.CONTACT)


def _page(request: HttpRequest, name: PageName) -> HttpResponse:
    context = {
        "title": str(name.label),
        "page_html": html_of(name),
        "address": house().contact if name == PageName.CONTACT else "",
        "is_contact": name == PageName.CONTACT,
    }
    return TemplateResponse(request, "house/page.html", context)
