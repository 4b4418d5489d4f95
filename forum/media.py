"""The files of essays' images. What lies under a name never changes, so they are kept for ever."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from forum.lib.media_names import CONTENT_TYPE

FOR_EVER = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    response = _answer(request, name, etag=f'"{name}"')
    response.headers["ETag"] = f'"{name}"'
    response.headers["Cache-Control"] = FOR_EVER
    return response


def _answer(request: HttpRequest, name: str, etag: str) -> HttpResponseBase:
    if not default_storage.exists(name):
        raise Http404("No image has this name.")
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified()
    if request.method == "HEAD":
        length = str(default_storage.size(name))
        return HttpResponse(content_type=CONTENT_TYPE, headers={"Content-Length": length})
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404("No image has this name.") from None
    return FileResponse(file, content_type=CONTENT_TYPE)
