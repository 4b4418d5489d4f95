"""Whose request it is, as far as its address tells."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

# A household or a machine has a whole /64 of IPv6 to itself: its addresses count as one.
BITS_OF_A_HOUSEHOLD = 64
UNKNOWN = "unknown"


def client_address(request: HttpRequest) -> str:
    """The address that a limit counts by; "unknown" where there is none, say behind a socket.

    Whoever asks can write any X-Forwarded-For they like; only what our own proxy added to its end
    is true. So without BEHIND_PROXY the header is not looked at, and everybody who comes through
    a proxy that was not named shares one limit.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if proxies:
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(told) >= proxies and told[-proxies]:
            address = told[-proxies]
    return _household(address)


def _household(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return UNKNOWN
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        kept = int(found) >> BITS_OF_A_HOUSEHOLD << BITS_OF_A_HOUSEHOLD
        return f"{IPv6Address(kept)}/{BITS_OF_A_HOUSEHOLD}"
    return str(found)
