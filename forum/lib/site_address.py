"""Where the site is, for what is read away from it: cards, maps of the site, structured data."""

from django.conf import settings
from django.http import HttpRequest


def site_address(request: HttpRequest) -> str:
    """As the operator names it; otherwise as this reader did. Without a slash at its end."""
    known: str | None = getattr(request, "site_address", None)
    if known is None:
        known = settings.HOST or f"{request.scheme}://{request.get_host()}"
        # A page asks for it several times, and to check the name takes as long as a card.
        request.site_address = known  # type: ignore[attr-defined]
    return known
