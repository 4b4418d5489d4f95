"""Changes the program while it is loaded: every check of it asks the switch."""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from mutating.sites import SWITCH, instrument, permissions_in, sites_in
from mutating.switch import Switch

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("forum", "essays")

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
        if module.__name__ == "forum.lib.prepared":
            prepare_anew_without_a_check(module)


def prepare_anew_without_a_check(module: ModuleType) -> None:
    """A statement whose SQL was made before has the check in it, and one that is made now has not:
    neither may be taken for the other. While it is noted where checks refuse, each test makes its
    own: otherwise only the first one of all would be known to."""
    statement: Any = module.Statement
    form = statement._form

    def form_of(self: Any, connection: Any, values: dict[str, Any]) -> Any:
        if switch.removed or switch.test:
            return self._prepare(connection, values)
        return form(self, connection, values)

    statement._form = form_of


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
