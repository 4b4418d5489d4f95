"""What the keepers of the site have settled about it: its name, its colours, who may sign up.

Every page shows some of it, so it is kept in the process and read again every few seconds at most:
hardly a request waits for it. `settings.HOUSE` names who reads it; lib knows no tables.
"""

import time
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class House:
    """As it is where nobody has settled anything."""

    name: str = "Counterpoint"
    tagline: str = gettext_noop("Essays, debated claim by claim.")
    contact: str = ""
    # As in a stylesheet, or empty for our own.
    accent_light: str = ""
    accent_dark: str = ""
    # The name of a file of media's.
    logo: str = ""
    # "open", "approved" or "invited".
    sign_up: str = "open"
    # Whether browsers do a sum before somebody signs up.
    asks_for_work: bool = False
    # How long a moderator may undo a decision, before anybody is told of it.
    undo_minutes: int = field(default_factory=lambda: int(settings.UNDO_MINUTES))
    asks_staff_for_second_step: bool = field(
        default_factory=lambda: bool(settings.SECOND_STEP_BY_DEFAULT)
    )

    @property
    def look(self) -> str:
        """Differs where pages or the stylesheet would: part of the version of whatever is kept."""
        return _digest(
            self.name, self.tagline, self.contact, self.accent_light, self.accent_dark, self.logo
        )

    @property
    def has_colours(self) -> bool:
        return bool(self.accent_light or self.accent_dark)


class _Kept:
    house: House | None = None
    read_at = 0.0


def house() -> House:
    is_fresh = time.monotonic() - _Kept.read_at <= settings.HOUSE_READ_EVERY
    # What a transaction sees may be what it has changed itself and may yet take back.
    if _Kept.house is None or not (is_fresh or connection.in_atomic_block):
        read_again()
    return _Kept.house or House()


def read_again() -> None:
    """Called when something was settled, and every few seconds for what other processes settled."""
    try:
        keep(_reader()())
    except Error:
        # No table yet, or no database: what was known last is better than no page.
        keep(_Kept.house or House())


def keep(known: House) -> None:
    _Kept.house, _Kept.read_at = known, time.monotonic()


def edition() -> str:
    """Part of the version of every page that is kept: another release, or another look."""
    return f"{settings.RELEASE}.{house().look}"


def subject_line(words: str) -> str:
    """Of a letter about an account."""
    return f"[{house().name}] {words}"


@cache
def _reader() -> Any:
    return import_string(settings.HOUSE)


@cache
def _digest(*parts: str) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()
