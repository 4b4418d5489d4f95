"""Finds permission checks in source and makes each of them removable while the program runs.

A check is one of:

- `ensure(verdict)`: removed, nothing is refused;
- `if …: return denied(…)`, and `if not is_readable_by(…): raise Http404`: removed, what follows
  decides;
- any other `denied(…)`, such as the last line of a permission: removed, it allows;
- `things.visible_to(user)`: removed, all things are found;
- what a method `has_…_permission` of the admin says: removed, it allows.
"""

import ast

# The name by which changed source knows the switch.
SWITCH = "__switch__"
REFUSING = {"Http404", "PermissionDenied", "Refused"}
# A condition that asks one of these is a check of permission where it ends in a refusal.
ASKING = ("can_", "may_", "is_readable_by", "is_open_to")


def instrument(source: str, path: str) -> tuple[ast.Module, list[str]]:
    """The program with switches in it, and the names of its checks."""
    changer = _Changer(path)
    tree = changer.visit(ast.parse(source))
    return ast.fix_missing_locations(tree), changer.sites


class _Changer(ast.NodeTransformer):
    def __init__(self, path: str) -> None:
        self.path = path
        self.sites: list[str] = []
        self.function = ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        around, self.function = self.function, node.name
        self.generic_visit(node)
        if node.name.startswith("has_") and node.name.endswith("_permission"):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    inner.value = self._call("answer", inner, inner.value)
        self.function = around
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if _refuses(node):
            # The refusal itself is reached only where the condition holds: one site, not two.
            node.test = self._call("condition", node, self.visit(node.test))
            node.orelse = [self.visit(each) for each in node.orelse]
            return node
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = _name(node.func)
        if name == "ensure" and len(node.args) == 1:
            return self._call("ensure", node, node.func, node.args[0])
        if name == "denied":
            return self._call("verdict", node, node)
        if name == "visible_to" and isinstance(node.func, ast.Attribute):
            return self._call("found", node, node.func.value, node)
        return node

    def _call(self, kind: str, at: ast.AST, *values: ast.expr) -> ast.Call:
        line = at.lineno  # type: ignore[attr-defined]
        site = f"{self.path}:{line} {self.function}"
        if self.sites and self.sites[-1].startswith(site):
            site = f"{site} ({len(self.sites)})"
        self.sites.append(site)
        switch = ast.Attribute(ast.Name(SWITCH, ast.Load()), kind, ast.Load())
        made = ast.Call(switch, [ast.Constant(site), *values], [])
        return ast.copy_location(made, at)


def _refuses(node: ast.If) -> bool:
    if len(node.body) != 1 or node.orelse and not isinstance(node.orelse[0], ast.If):
        return False
    only = node.body[0]
    if isinstance(only, ast.Return):
        return isinstance(only.value, ast.Call) and _name(only.value.func) == "denied"
    return isinstance(only, ast.Raise) and _raises(only, REFUSING) and _asks(node.test)


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
