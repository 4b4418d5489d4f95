"""Sends something to an address that somebody gave: only over TLS, and only to the public net.

Whoever names an address may own the name server that answers for it. So the name is resolved here
once, every address that it has is judged, and the connection goes to an address that was judged,
never to the name again.
"""

import socket
import ssl
from collections.abc import Callable
from http.client import HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from forum.lib.nouns import digits

# Seconds: of one step, and of all of it, however slowly the other side dribbles.
STEP, WHOLE = 10, 20
# What is sent is small by its nature: more is a mistake of ours.
LARGEST = 64_000
PORT = 443
# Addresses of IPv6 that carry one of IPv4, which a gateway would go on to.
NAT64 = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]


class Unsendable(Exception):  # noqa: N818 — it says what is
    """Why nothing was sent, in words without the address itself."""


def post(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    is_allowed: Callable[[Address], bool] | None = None,
    resolve: Resolve | None = None,
    context: ssl.SSLContext | None = None,
) -> int:
    """The status of the answer, of which nothing else is read. Redirects are not followed.

    Raises Unsendable. The last three are for tests, whose servers are on this machine.
    """
    if len(body) > LARGEST:
        raise Unsendable(
            _("There were more than %(largest)s bytes to send.") % {"largest": digits(LARGEST)}
        )
    host, port, target = parts_of(url)
    found = addresses_of(host, port, resolve or _resolved)
    judge = is_allowed or is_public
    if not all(judge(address) for address in found):
        raise Unsendable(_("The name leads to an address that is not on the public net."))
    connection = _Connection(host, port, str(found[0]), context or ssl.create_default_context())
    try:
        return _ask(connection, target, body, headers)
    except (OSError, HTTPException, ValueError) as error:
        raise Unsendable(_words(error)) from error
    finally:
        connection.close()


def parts_of(url: str) -> tuple[str, int, str]:
    """Host, port and what to ask for. Raises Unsendable for whatever is no plain https address."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORT
    except ValueError:
        raise Unsendable(_("This is no address.")) from None
    if parts.scheme != "https" or not parts.hostname:
        raise Unsendable(_("The address must begin with https:// and name a host."))
    if parts.username or parts.password:
        raise Unsendable(_("The address must hold no name and no password."))
    if not url.isascii() or any(char.isspace() or char < " " for char in url):
        raise Unsendable(_("The address must be in plain characters; write the host in punycode."))
    target = parts.path or "/"
    return parts.hostname, port, f"{target}?{parts.query}" if parts.query else target


def check_address(url: str) -> None:
    """What can be said of it before anything is sent there. Raises Unsendable."""
    host, *_rest = parts_of(url)
    try:
        address = ip_address(host)
    except ValueError:
        # A name: where it leads is judged each time, as it may lead elsewhere by then.
        return
    if not is_public(address):
        raise Unsendable(_("This address is not on the public net."))


def addresses_of(host: str, port: int, resolve: Resolve) -> list[Address]:
    try:
        return [ip_address(told) for told in resolve(host, port)]
    except (OSError, ValueError, UnicodeError):
        raise Unsendable(_("The host has no address.")) from None


def is_public(address: Address) -> bool:
    """Whether anybody could reach it, also by what it stands for."""
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _carried(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    # Of Teredo it is the client; its server is the other one.
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class _Connection(HTTPSConnection):
    """To the address that was judged; the certificate is that of the name."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=STEP, context=context)
        self.address, self.tls = address, context

    def connect(self) -> None:
        bare = socket.create_connection((self.address, self.port), STEP)
        try:
            self.sock = self.tls.wrap_socket(bare, server_hostname=self.host)
        except BaseException:
            bare.close()
            raise


def _ask(connection: _Connection, target: str, body: bytes, headers: dict[str, str]) -> int:
    def give_up() -> None:
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)

    connection.connect()
    watch = Timer(WHOLE, give_up)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", target, body, headers)
        response: Any = connection.getresponse()
        return int(response.status)
    finally:
        watch.cancel()


def _words(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("Its certificate was not accepted: %(verify_message)s.") % {
            "verify_message": error.verify_message
        }
    if isinstance(error, TimeoutError):
        return _("It did not answer in time.")
    return _("It could not be reached (%(__name__)s).") % {"__name__": type(error).__name__}
