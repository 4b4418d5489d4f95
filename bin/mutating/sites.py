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
- `loads` and `unsign` of what was signed: removed, any signature will do, and is good for ever.
"""

import ast
from collections.abc import Set

# The name by which changed source knows the switch.
SWITCH = "__switch__"
REFUSING = {"Http404", "ImmediateHttpResponse", "PermissionDenied", "Refusal", "Refused"}
# A condition that asks one of these is a check of permission where it ends in a refusal.
ASKING = ("can_", "may_", "has_permission", "has_change_permission", "is_readable_by", "is_open_to")
FORBIDDEN = 403


def permissions_in(source: str) -> set[str]:
    """The names of the functions that answer with a `Verdict`."""
    if "-> Verdict" not in source:
        return set()
    functions = (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef))
    return {each.name for each in functions if _is_permission(each)} - {"denied"}


def instrument(
    source: str, path: str, permissions: Set[str] = frozenset()
) -> tuple[ast.Module, list[str]]:
    """The program with switches in it, and the names of its checks."""
    tree, sites = _changed(source, path, permissions)
    return ast.fix_missing_locations(tree), sites


def sites_in(source: str, path: str, permissions: Set[str]) -> list[str]:
    return _changed(source, path, permissions)[1]


def _changed(source: str, path: str, permissions: Set[str]) -> tuple[ast.Module, list[str]]:
    changer = _Changer(path, permissions)
    return changer.visit(ast.parse(source)), changer.sites


class _Changer(ast.NodeTransformer):
    def __init__(self, path: str, permissions: Set[str]) -> None:
        self.path = path
        self.permissions = permissions
        self.sites: list[str] = []
        self.function = ""
        self.is_asking = False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        around = self.function, self.is_asking
        self.function, self.is_asking = node.name, _is_permission(node)
        self.generic_visit(node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and inner.value is not None:
                self._change_answer(node.name, inner)
        self.function, self.is_asking = around
        return node

    def _change_answer(self, function: str, node: ast.Return) -> None:
        if function == "is_open_for_signup" or (
            function.startswith("has_") and function.endswith("_permission")
        ):
            node.value = self._call("answer", node, node.value)
        elif function == "process_view" and _is_refusal(node.value):
            node.value = self._call("page", node, node.value)

    def visit_If(self, node: ast.If) -> ast.AST:
        refuses = _refuses(node)
        # Where the refusal is reached only by the condition, and the condition decides nothing
        # else, both are one check, not two.
        self._visit_test(node, is_asking=not refuses)
        if refuses:
            node.test = self._call("condition", node, node.test)
        if not _says_no(node.body):
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
        if _name(node.targets[0]).startswith("may_read"):
            node.value = self._call("answer", node, node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = _name(node.func)
        if name == "ensure" and len(node.args) == 1:
            return self._call("ensure", node, node.func, node.args[0])
        if name == "denied":
            return self._call("verdict", node, node)
        if self.is_asking and name in self.permissions:
            return self._call("passed", node, node)
        if name == "visible_to" and isinstance(node.func, ast.Attribute):
            return self._call("found", node, node.func.value, node)
        if name == "get_object_or_404" and any(each.arg == "is_active" for each in node.keywords):
            node.func = self._call("open_account", node, node.func)
        if _reads_signed(node.func):
            node.func = self._call("signed", node, node.func)
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        self.generic_visit(node)
        if node.arg == "permissions" and _asks_more_than_to_look(node.value):
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


def _is_permission(node: ast.FunctionDef) -> bool:
    return node.returns is not None and _name(node.returns) == "Verdict"


def _is_refusal(node: ast.expr | None) -> bool:
    """A page with the status 403."""
    if not isinstance(node, ast.Call):
        return False
    says = {each.arg: each.value for each in node.keywords}.get("status")
    return (
        _name(node.func) == "_refused" or isinstance(says, ast.Constant) and says.value == FORBIDDEN
    )


def _reads_signed(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute):
        return False
    return called.attr == "unsign" or called.attr == "loads" and _name(called.value) == "signing"


def _asks_more_than_to_look(node: ast.expr) -> bool:
    named = node.elts if isinstance(node, ast.List) else []
    return any(isinstance(each, ast.Constant) and each.value != "view" for each in named)


def _refuses(node: ast.If) -> bool:
    if node.orelse and not isinstance(node.orelse[0], ast.If):
        return False
    last = node.body[-1]
    raises = isinstance(last, ast.Raise) and _raises(last, REFUSING)
    return _says_no(node.body) or raises and _asks(node.test)


def _says_no(body: list[ast.stmt]) -> bool:
    """`return denied(…)`, and nothing else."""
    only = body[0]
    if len(body) != 1 or not isinstance(only, ast.Return):
        return False
    return isinstance(only.value, ast.Call) and _name(only.value.func) == "denied"


def _raises(node: ast.Raise, names: set[str]) -> bool:
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return raised is not None and _name(raised) in names


def _asks(test: ast.expr) -> bool:
    called = [_name(each.func) for each in ast.walk(test) if isinstance(each, ast.Call)]
    return any(name.startswith(ASKING) for name in called)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
