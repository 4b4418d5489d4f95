"""Whose request it is, as far as its address tells."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

from forum.lib.environment import SOCKET

# A household or a machine has a whole /64 of IPv6 to itself: its addresses count as one.
BITS_OF_A_HOUSEHOLD = 64
UNKNOWN = "unknown"

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """The address that a limit counts by; "unknown" where there is none, say behind a socket."""
    return _household(address_of(request))


def address_of(request: HttpRequest) -> str:
    """The address itself, or nothing.

    Whoever asks can write any X-Forwarded-For they like; only what our own proxies added to its
    end is true. So without TRUSTED_PROXIES or BEHIND_PROXY the header is not looked at, and
    everybody who comes through a proxy that was not named shares one limit.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if settings.TRUSTED_PROXIES:
        return _behind(settings.TRUSTED_PROXIES, remote, told)
    proxies: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if proxies and len(told) >= proxies and told[-proxies]:
        remote = told[-proxies]
    return str(_parsed(remote) or "")


def _behind(
    proxies: Iterable[IPv4Network | IPv6Network | str], remote: str, told: list[str]
) -> str:
    """From our side outwards, as long as each that vouches for the next is a proxy of ours."""
    proxies = list(proxies)
    found = _parsed(remote)
    if not (remote == "" and SOCKET in proxies) and not _is_ours(found, proxies):
        return str(found or "")
    for part in reversed(told):
        before = _parsed(part)
        if before is None:
            break
        found = before
        if not _is_ours(found, proxies):
            break
    return str(found or "")


def _is_ours(address: Address | None, proxies: Iterable[IPv4Network | IPv6Network | str]) -> bool:
    return address is not None and any(
        address in network for network in proxies if not isinstance(network, str)
    )


def _parsed(text: str) -> Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return found.ipv4_mapped
        # A zone is this machine's own name for a wire.
        return IPv6Address(int(found))
    return found


def _household(address: str) -> str:
    found = _parsed(address)
    if found is None:
        return UNKNOWN
    if isinstance(found, IPv6Address):
        kept = int(found) >> BITS_OF_A_HOUSEHOLD << BITS_OF_A_HOUSEHOLD
        return f"{IPv6Address(kept)}/{BITS_OF_A_HOUSEHOLD}"
    return str(found)
