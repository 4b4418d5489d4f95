"""Words that are kept for others than whoever acts now: a notice, a note on a revision."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.utils import translation

from forum.lib.languages import codes

T = TypeVar("T")


def in_site_language(make: Callable[..., T], *about: Any) -> T:
    """What `make` says, in the site's own language and not in that of whoever acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return make(*about)


def in_each_language(make: Callable[..., T], *about: Any) -> dict[str, T]:
    """The same in all languages of the site, for many who read different ones."""
    said = {}
    for code in codes():
        with translation.override(code):
            said[code] = make(*about)
    return said
