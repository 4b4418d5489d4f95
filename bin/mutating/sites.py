"""Finds permission checks in source and makes each of them removable while the program runs.

A check is one of:

- `ensure(verdict)`: removed, nothing is refused;
- `if …: return denied(…)`, and `if not is_readable_by(…): raise Http404`: removed, what follows
  decides;
- any other `denied(…)`, such as the last line of a permission: removed, it allows;
- another permission that a permission asks, as in `return can_write(user)`, and one that decides
  what is done, as in `if can_leave(member):`: removed, it allows;
- `things.visible_to(user)`: removed, all things are found;
- `get_object_or_404(User, …, is_active=True)`: removed, closed accounts are found;
- what a method `has_…_permission` of the admin or `is_open_for_signup` says, and what is given the
  name `may_read_…`: removed, it allows;
- a page that says 403, by which a `process_view` answers: removed, the request goes on;
- `permissions=["change"]` of an action of the admin: removed, whoever sees the list may act;
- `loads` and `unsign` of what was signed: removed, any signature will do, and is good for ever;
- `Draft.objects.filter(author=user)`: removed, the drafts of everybody are found; and `~Q(…)` of
  whoever asks: removed, their own are found, too (`owners.py`);
- a view without `@login_not_required`: removed, it has that mark; and the middleware itself
  (`doors.py`);
- what is counted of `deed`s: removed, nothing is counted, or nothing is too often (`limits.py`);
- `_for(request, names)` in what says which fields the admin shows: removed, everybody is shown all
  of them (`admins.py`).
"""

import ast
from collections.abc import Set

from mutating.admins import is_for_whoever_asks
from mutating.doors import behind_the_admins, is_closed, is_the_middleware
from mutating.limits import kind_of
from mutating.names import name_of
from mutating.owners import leaves_out_own, only_asked, owner_in
from mutating.refusals import (
    asks_more_than_to_look,
    is_permission,
    is_refusal,
    reads_signed,
    refuses,
    says_no,
)

# The name by which changed source knows the switch.
SWITCH = "__switch__"


def permissions_in(source: str) -> set[str]:
    """The names of the functions that answer with a `Verdict`."""
    if "-> Verdict" not in source:
        return set()
    functions = (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef))
    return {each.name for each in functions if is_permission(each)} - {"denied"}


def instrument(
    source: str, path: str, permissions: Set[str] = frozenset()
) -> tuple[ast.Module, list[str]]:
    """The program with switches in it, and the names of its checks."""
    tree, sites = _changed(source, path, permissions)
    return ast.fix_missing_locations(tree), sites


def sites_in(source: str, path: str, permissions: Set[str]) -> list[str]:
    return _changed(source, path, permissions)[1]


def _changed(source: str, path: str, permissions: Set[str]) -> tuple[ast.Module, list[str]]:
    changer, tree = _Changer(path, permissions), ast.parse(source)
    changer.behind_the_admins = behind_the_admins(tree)
    return changer.visit(tree), changer.sites


class _Changer(ast.NodeTransformer):
    def __init__(self, path: str, permissions: Set[str]) -> None:
        self.path = path
        self.permissions = permissions
        self.sites: list[str] = []
        self.function = ""
        self.is_asking = False
        self.behind_the_admins: set[str] = set()
        self.only_asked: list[ast.AST] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        around = self.function, self.is_asking
        self.function, self.is_asking = node.name, is_permission(node)
        self.generic_visit(node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and inner.value is not None:
                self._change_answer(node.name, inner)
        if is_closed(node) and node.name not in self.behind_the_admins:
            # Where the view begins, and its source, stays where it was.
            door = ast.copy_location(self._call("door", node), node.decorator_list[0])
            node.decorator_list.insert(0, door)
        self.function, self.is_asking = around
        return node

    def _change_answer(self, function: str, node: ast.Return) -> None:
        if function == "is_open_for_signup" or (
            function.startswith("has_") and function.endswith("_permission")
        ):
            node.value = self._call("answer", node, node.value)
        elif function == "process_view" and (
            is_refusal(node.value) or is_the_middleware(node.value)
        ):
            node.value = self._call("page", node, node.value)

    def visit_If(self, node: ast.If) -> ast.AST:
        is_refusing = refuses(node)
        # Where the refusal is reached only by the condition, and the condition decides nothing
        # else, both are one check, not two.
        self._visit_test(node, is_asking=not is_refusing)
        if is_refusing:
            node.test = self._call("condition", node, node.test)
        if not says_no(node.body):
            node.body = [self.visit(each) for each in node.body]
        node.orelse = [self.visit(each) for each in node.orelse]
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self._visit_test(node, is_asking=True)
        node.body, node.orelse = self.visit(node.body), self.visit(node.orelse)
        return node

    def _visit_test(self, node: ast.If | ast.IfExp, *, is_asking: bool) -> None:
        around, self.is_asking = self.is_asking, is_asking
        node.test = self.visit(node.test)
        self.is_asking = around

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        if name_of(node.targets[0]).startswith("may_read"):
            node.value = self._call("answer", node, node.value)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return self._call("others", node, node) if leaves_out_own(node) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.only_asked += only_asked(node)
        self.generic_visit(node)
        return self._checked(node) or self._narrowed(node) or self._counted(node)

    def _checked(self, node: ast.Call) -> ast.AST | None:
        name = name_of(node.func)
        if name == "ensure" and len(node.args) == 1:
            return self._call("ensure", node, node.func, node.args[0])
        if name == "denied":
            return self._call("verdict", node, node)
        if self.is_asking and name in self.permissions:
            return self._call("passed", node, node)
        if reads_signed(node.func):
            node.func = self._call("signed", node, node.func)
        return None

    def _narrowed(self, node: ast.Call) -> ast.AST | None:
        if name_of(node.func) == "visible_to" and isinstance(node.func, ast.Attribute):
            return self._call("found", node, node.func.value, node)
        if is_for_whoever_asks(self.function, node):
            return self._call("found", node, node.args[1], node)
        name, asked = name_of(node.func), {each.arg for each in node.keywords}
        if name == "get_object_or_404" and "is_active" in asked:
            node.func = self._call("open_account", node, node.func)
        owner = "" if node in self.only_asked else owner_in(node, self.path)
        if owner:
            node.func = self._call("owned", node, node.func, ast.Constant(owner))
        return None

    def _counted(self, node: ast.Call) -> ast.AST:
        kind = kind_of(node)
        if kind == "allowance":
            return self._call(kind, node, node)
        if kind:
            node.func = self._call(kind, node, node.func)
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        self.generic_visit(node)
        if node.arg == "permissions" and asks_more_than_to_look(node.value):
            node.value = self._call("asked", node.value, node.value)
        return node

    def _call(self, kind: str, at: ast.AST, *values: ast.expr | None) -> ast.Call:
        line = at.lineno  # type: ignore[attr-defined]
        site = f"{self.path}:{line} {self.function}".rstrip()
        before = sum(each.split(" (")[0] == site for each in self.sites)
        self.sites.append(f"{site} ({before + 1})" if before else site)
        switch = ast.Attribute(ast.Name(SWITCH, ast.Load()), kind, ast.Load())
        made = ast.Call(switch, [ast.Constant(self.sites[-1]), *filter(None, values)], [])
        return ast.copy_location(made, at)
