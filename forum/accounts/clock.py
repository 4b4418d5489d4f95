"""Tells times by the clock of whoever reads: what is made for one member is made in their zone.

What is kept for many is made without it, and its `<time>` elements are told anew by a script.
"""

from collections.abc import Callable
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from forum.accounts.models import User


def zone_of(member: User) -> tzinfo:
    """Theirs, or the site's own."""
    return zone_called(member.time_zone)


def zone_called(name: str) -> tzinfo:
    """The site's own, where it is called nothing."""
    try:
        return ZoneInfo(name) if name else timezone.get_default_timezone()
    except ZoneInfoNotFoundError:
        # Chosen where more zones were known.
        return timezone.get_default_timezone()


class ClockMiddleware:
    """Sets the clock when somebody first asks who reads: at an open door nobody does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.user
        is_set = False

        def look() -> object:
            nonlocal is_set
            # `known` is lazy, too: asking is what reads the session.
            if known.is_authenticated:
                timezone.activate(zone_of(known))
                is_set = True
            whoever = getattr(known, "_wrapped", known)
            # From then on without the cover, through which each question would take a detour.
            if request.user is lazy:
                request.user = whoever
            return whoever

        lazy = request.user = SimpleLazyObject(look)  # type: ignore[assignment]
        try:
            return self.get_response(request)
        finally:
            if is_set:
                timezone.deactivate()
