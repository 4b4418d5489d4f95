"""What the switches in changed source do, and which of them is thrown."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from django.core import signing
from django.core.signing import BadSignature
from django.http import Http404

from mutating.sites import SWITCH, instrument, permissions_in, sites_in

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("forum", "essays")


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
                return _unsigned(read, text)

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
        return _Asked(self, site, permissions)

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


class _Asked(list[str]):
    """Named where an action is defined, asked where it is called: only then it is removed."""

    def __init__(self, switch: Switch, site: str, permissions: list[str]) -> None:
        super().__init__(permissions)
        self.switch, self.site = switch, site

    def __iter__(self) -> Iterator[str]:
        return iter(self.switch.asks(self.site, list(super().__iter__())))


def _unsigned(read: Callable[..., Any], text: str) -> Any:
    """What it says, whoever wrote it: value:moment:signature, or value:signature."""
    if read is signing.loads:
        said, _, _ = text.partition(":")
        return signing.JSONSerializer().loads(signing.b64_decode(said.encode()))
    signer = read.__self__  # type: ignore[attr-defined]
    parts = 2 if isinstance(signer, signing.TimestampSigner) else 1
    return text.rsplit(signer.sep, parts)[0]


switch = Switch()


class _Loader(SourceFileLoader):
    """Never takes what was compiled before: that has no switches in it."""

    def get_code(self, fullname: str) -> CodeType:
        path = Path(self.get_filename(fullname))
        tree, _ = instrument(path.read_text(), str(path.relative_to(ROOT)), all_permissions())
        return compile(tree, str(path), "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        setattr(module, SWITCH, switch)
        super().exec_module(module)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.split(".", 1)[0] not in PACKAGES or ".migrations" in fullname:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin and spec.origin.endswith(".py"):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def install() -> None:
    sys.meta_path.insert(0, _Finder())


def _sources() -> Iterator[tuple[str, str]]:
    """Of every module, loaded or not."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


@cache
def all_permissions() -> frozenset[str]:
    return frozenset[str]().union(*(permissions_in(source) for _, source in _sources()))


def all_sites() -> list[str]:
    permissions = all_permissions()
    return [site for path, source in _sources() for site in sites_in(source, path, permissions)]
