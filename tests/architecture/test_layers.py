"""Lower never imports higher, not even inside a function."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

LAYERS = {
    "forum.lib": 0,
    "forum.house": 1,
    "forum.accounts": 2,
    "forum.guard": 3,
    "forum.notifications": 3,
    "essays": 4,
    "forum.posts": 5,
    "forum.discussion": 6,
    "forum.counterpoints": 6,
    "forum.moderation": 7,
    "forum.search": 8,
    "forum.exchange": 8,
    "forum": 9,
}
# Words and signs for templates: they name nothing of ours but lib, and any app may use them.
WORDS = "forum.templatetags"


def owner(module: str) -> str | None:
    """The app that a module belongs to."""
    names = [name for name in LAYERS if module == name or module.startswith(f"{name}.")]
    return max(names, key=len, default=None)


def sources() -> list[Path]:
    found = [*ROOT.glob("forum/**/*.py"), *ROOT.glob("essays/**/*.py")]
    return [path for path in found if "migrations" not in path.parts]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def wrongs(path: Path) -> list[str]:
    importer = module_of(path)
    app = owner(importer)
    found = []
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        target = owner(name)
        if target in {None, app} or name.startswith(WORDS) or importer.startswith(WORDS):
            continue
        if LAYERS[target] >= LAYERS[app]:
            found.append(f"{importer} ({app}) imports {name} ({target})")
    return found


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_below_itself(path):
    assert wrongs(path) == []


def test_the_words_for_templates_know_no_app():
    for path in sources():
        if module_of(path).startswith(WORDS):
            names = imported(ast.parse(path.read_text(encoding="utf-8")))
            assert [name for name in names if owner(name) not in {None, "forum.lib"}] == []


def test_every_app_is_here_in_its_layer():
    apps = {f"forum.{path.parent.name}" for path in ROOT.glob("forum/*/apps.py")} | {"essays"}
    assert apps <= set(LAYERS)
