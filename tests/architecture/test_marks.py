"""What is marked in code is found by the program that gathers the words, and means what it says."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MARKED = [
    path
    for folder in ("forum", "essays")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "gettext" in path.read_text(encoding="utf-8")
]


MARKS = {"_"} | {
    f"{prefix}gettext{lazy}" for prefix in ("", "n", "p", "np") for lazy in ("", "_lazy", "_noop")
}


def is_mark(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in MARKS


def is_bound(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)


def hidden_marks(tree: ast.AST) -> Iterator[str]:
    """xgettext does not look into f-strings, and an f-string itself is another text each time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from (ast.unparse(each) for each in ast.walk(node) if is_mark(each))
        elif is_mark(node):
            yield from (ast.unparse(each) for each in node.args if isinstance(each, ast.JoinedStr))


def lost_marks(tree: ast.AST) -> Iterator[str]:
    """Functions that throw something away into `_`, and then call it."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.Lambda):
            continue
        inside = list(ast.walk(function))
        # What a comprehension binds is its own.
        theirs = {
            each
            for loop in inside
            if isinstance(loop, ast.comprehension)
            for each in ast.walk(loop.target)
        }
        bound = [each for each in inside if is_bound(each) and each not in theirs]
        if bound and any(is_mark(each) and ast.unparse(each.func) == "_" for each in inside):
            yield ast.unparse(function)[:80]


@pytest.mark.parametrize("path", MARKED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_mark_is_found_and_called(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [*hidden_marks(tree), *lost_marks(tree)] == []


@pytest.mark.parametrize(
    ("code", "hidden", "lost"),
    [
        ("f'<b>{_(\"New\")}</b>'", 1, 0),
        ('_(f"Post {pk}")', 1, 0),
        ('f"<b>{words}</b>" + _("Post %(pk)s") % {"pk": pk}', 0, 0),
        ('def a():\n    one, _ = b()\n    return _("New")', 0, 1),
        ('def a():\n    return [one for _, one in b()] + [_("New")]', 0, 0),
        ('def a():\n    one, _rest = b()\n    return _("New")', 0, 0),
    ],
)
def test_hidden_and_lost_marks_are_found(code, hidden, lost):
    tree = ast.parse(code)
    assert (len(list(hidden_marks(tree))), len(list(lost_marks(tree)))) == (hidden, lost)
