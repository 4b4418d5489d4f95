from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED_ALREADY = ("image/", "font/", "application/zip")


class PagesGZipMiddleware(GZipMiddleware):
    """Django's, but that it leaves alone what would only grow, and lose its length."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if kind.startswith(PACKED_ALREADY) and not kind.startswith("image/svg"):
            return response
        return super().process_response(request, response)
