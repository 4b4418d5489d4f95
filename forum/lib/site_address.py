"""Where the site is, for what is read away from it: cards, maps of the site, structured data."""

from django.conf import settings
from django.http import HttpRequest


def site_address(request: HttpRequest) -> str:
    """As the operator names it; otherwise as this reader did. Without a slash at its end."""
    address: str = settings.HOST or f"{request.scheme}://{request.get_host()}"
    return address.rstrip("/")
