"""What a member may have of their own: everything that the site has about them."""

from allauth.account.decorators import reauthentication_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forum.exchange.own_data import archive_of


@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "exchange/own_data_page.html", {})


@require_POST
@never_cache
@reauthentication_required
def own_archive(request: HttpRequest) -> FileResponse:
    """Without a form key: twice is two archives, and neither changes anything."""
    archive = archive_of(request.user, asked_by="the member")  # type: ignore[arg-type]
    name = f"counterpoint-{request.user.get_username()}.zip"
    return FileResponse(archive, as_attachment=True, filename=name)
