from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum.house.permissions import can_settle
from forum.lib.verdict import ensure
from forum.site_health import facts, paces


@require_safe
def site_health(request: HttpRequest) -> HttpResponse:
    ensure(can_settle(request.user))
    context = {
        **admin.site.each_context(request),
        "title": _("How the site is"),
        "facts": facts(),
        "paces": paces(),
    }
    return TemplateResponse(request, "admin/site_health.html", context)
