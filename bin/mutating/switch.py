"""What the switches in changed source do, and which of them is thrown."""

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from mutating.sites import SWITCH, instrument

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

    def found(self, site: str, all_things: Any, visible: Any) -> Any:
        self._refuses(site)
        if not self._is_removed(site):
            return visible
        return all_things.all() if hasattr(all_things, "all") else all_things

    def answer(self, site: str, value: Any) -> Any:
        if not value:
            self._refuses(site)
        return True if self._is_removed(site) else value


switch = Switch()


class _Loader(SourceFileLoader):
    """Never takes what was compiled before: that has no switches in it."""

    def get_code(self, fullname: str) -> CodeType:
        path = Path(self.get_filename(fullname))
        tree, _ = instrument(path.read_text(), str(path.relative_to(ROOT)))
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


def all_sites() -> list[str]:
    """Of every module, loaded or not."""
    found: list[str] = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                found += instrument(path.read_text(), str(path.relative_to(ROOT)))[1]
    return found
