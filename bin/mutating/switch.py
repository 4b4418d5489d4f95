"""What the switches in changed source do, and which of them is thrown."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.core.signing import BadSignature
from django.db.models import Q
from django.http import Http404

from mutating.stand_ins import Asked, Door, unsigned


class Switch:
    """Knows in which tests each check of the loaded program refused something."""

    def __init__(self) -> None:
        # Where a check never refuses, its absence cannot be noticed.
        self.refused_in: defaultdict[str, set[str]] = defaultdict(set)
        self.test = ""
        self.removed = ""

    def _is_removed(self, site: str) -> bool:
        return site == self.removed

    def _refuses(self, site: str) -> None:
        if self.test:
            self.refused_in[site].add(self.test)

    def ensure(self, site: str, ensure: Callable[[Any], None], verdict: Any) -> None:
        if not verdict:
            self._refuses(site)
        if not self._is_removed(site):
            ensure(verdict)

    def condition(self, site: str, value: Any) -> Any:
        if value:
            self._refuses(site)
        return False if self._is_removed(site) else value

    def verdict(self, site: str, denied: Any) -> Any:
        from forum.lib.verdict import ALLOWED  # noqa: PLC0415 — loaded by way of this module

        self._refuses(site)
        return ALLOWED if self._is_removed(site) else denied

    def passed(self, site: str, verdict: Any) -> Any:
        return verdict if verdict else self.verdict(site, verdict)

    def page(self, site: str, page: Any) -> Any:
        if page is not None:
            self._refuses(site)
        return None if self._is_removed(site) else page

    def signed(self, site: str, read: Callable[..., Any]) -> Callable[..., Any]:
        def read_signed(text: str, *args: Any, **options: Any) -> Any:
            try:
                return read(text, *args, **options)
            except BadSignature:
                self._refuses(site)
                if not self._is_removed(site):
                    raise
                return unsigned(read, text)

        return read_signed

    def open_account(self, site: str, find: Callable[..., Any]) -> Callable[..., Any]:
        def find_open(*args: Any, **options: Any) -> Any:
            try:
                return find(*args, **options)
            except Http404:
                self._refuses(site)
                if not self._is_removed(site):
                    raise
                return find(*args, **options | {"is_active": False})

        return find_open

    def asked(self, site: str, permissions: list[str]) -> Iterable[str]:
        return Asked(self, site, permissions)

    def found(self, site: str, all_things: Any, visible: Any) -> Any:
        self._refuses(site)
        if not self._is_removed(site):
            return visible
        return all_things.all() if hasattr(all_things, "all") else all_things

    def answer(self, site: str, value: Any) -> Any:
        if not value:
            self._refuses(site)
        return True if self._is_removed(site) else value

    def asks(self, site: str, permissions: list[str]) -> list[str]:
        self._refuses(site)
        return ["view"] if self._is_removed(site) else permissions

    def owned(self, site: str, find: Callable[..., Any], owner: str) -> Callable[..., Any]:
        def find_theirs(*args: Any, **asked: Any) -> Any:
            self._refuses(site)
            if self._is_removed(site):
                del asked[owner]
            return find(*args, **asked)

        return find_theirs

    def others(self, site: str, not_their_own: Q) -> Q:
        self._refuses(site)
        return Q() if self._is_removed(site) else not_their_own

    def deed(self, site: str, do: Callable[..., Any]) -> Callable[..., Any]:
        from forum.guard.limits import Spent  # noqa: PLC0415 — loaded by way of this module

        def do_and_count(*args: Any, deed: Any, **options: Any) -> Any:
            try:
                return do(*args, deed=None if self._is_removed(site) else deed, **options)
            except Spent:
                self._refuses(site)
                raise

        return do_and_count

    def limit(self, site: str, count: Callable[..., None]) -> Callable[..., None]:
        def count_once(*args: Any, **options: Any) -> None:
            if self._is_removed(site):
                return
            try:
                count(*args, **options)
            except Exception:
                self._refuses(site)
                raise

        return count_once

    def allowance(self, site: str, allowance: Any) -> Any:
        if not allowance.is_spent:
            return allowance
        self._refuses(site)
        return replace(allowance, is_spent=False) if self._is_removed(site) else allowance

    def door(self, site: str) -> Callable[[Callable[..., Any]], Door]:
        return lambda view: Door(
            view, is_open=lambda: self._is_removed(site), refuses=lambda: self._refuses(site)
        )
