"""The rules of the house, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from forum.house.models import PageName
from forum.house.texts import html_of
from forum.house.versions import probe_of_settled, version_of_settled
from forum.lib.visitor_pages import kept_for_visitors
from forum.moderation.models import Rule


def _load(request: HttpRequest) -> tuple[None, str]:
    return None, version_of_settled("rules", getattr(request, "probed", None))


@login_not_required
@require_safe
@kept_for_visitors(_load, lambda: probe_of_settled("rules"))
def rules(request: HttpRequest, _subject: None) -> HttpResponse:
    every = list(Rule.objects.all())
    context = {
        "page_html": html_of(PageName.RULES),
        "rules": [rule for rule in every if not rule.is_retired],
        "retired": [rule for rule in every if rule.is_retired],
    }
    return TemplateResponse(request, "moderation/rules.html", context)
