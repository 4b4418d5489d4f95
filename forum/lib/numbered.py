"""Addresses whose one part is a number, or a name. A page has a hundred of them, and to reverse
each costs as much as a small query; what stands around the number is always the same.
"""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

_STAND_IN = 1_734_011_235


def address_of(view: str, number: int) -> str:
    before, after = _around(view, get_urlconf(), get_script_prefix())
    return f"{before}{number:d}{after}"


def pattern_of(view: str) -> str:
    """The same for many numbers: `%` puts each in its place."""
    before, after = _around(view, get_urlconf(), get_script_prefix())
    return f"{before}%d{after}".replace("%", "%%").replace("%%d", "%d")


def address_by(view: str, name: str) -> str:
    return _named(view, name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=4_096)
def _named(view: str, name: str, urlconf: Any, _prefix: str) -> str:
    return reverse(view, urlconf, args=[name])


@lru_cache(maxsize=256)
def _around(view: str, urlconf: Any, _prefix: str) -> tuple[str, str]:
    before, _, after = reverse(view, urlconf, args=[_STAND_IN]).partition(str(_STAND_IN))
    return before, after
