"""How the program says no."""

import ast

from mutating.names import name_of

REFUSING = {"Http404", "ImmediateHttpResponse", "PermissionDenied", "Refusal", "Refused"}
# A condition that asks one of these is a check of permission where it ends in a refusal.
ASKING = ("can_", "may_", "has_permission", "has_change_permission", "is_readable_by", "is_open_to")
FORBIDDEN = 403


def is_permission(node: ast.FunctionDef) -> bool:
    return node.returns is not None and name_of(node.returns) == "Verdict"


def is_refusal(node: ast.expr | None) -> bool:
    """A page with the status 403."""
    if not isinstance(node, ast.Call):
        return False
    says = {each.arg: each.value for each in node.keywords}.get("status")
    return (
        name_of(node.func) == "_refused"
        or isinstance(says, ast.Constant)
        and says.value == FORBIDDEN
    )


def reads_signed(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute):
        return False
    return called.attr == "unsign" or called.attr == "loads" and name_of(called.value) == "signing"


def asks_more_than_to_look(node: ast.expr) -> bool:
    named = node.elts if isinstance(node, ast.List) else []
    return any(isinstance(each, ast.Constant) and each.value != "view" for each in named)


def refuses(node: ast.If) -> bool:
    if node.orelse and not isinstance(node.orelse[0], ast.If):
        return False
    last = node.body[-1]
    raises = isinstance(last, ast.Raise) and _raises(last, REFUSING)
    return says_no(node.body) or raises and _asks(node.test)


def says_no(body: list[ast.stmt]) -> bool:
    """`return denied(…)`, and nothing else."""
    only = body[0]
    if len(body) != 1 or not isinstance(only, ast.Return):
        return False
    return isinstance(only.value, ast.Call) and name_of(only.value.func) == "denied"


def _raises(node: ast.Raise, names: set[str]) -> bool:
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return raised is not None and name_of(raised) in names


def _asks(test: ast.expr) -> bool:
    called = [name_of(each.func) for each in ast.walk(test) if isinstance(each, ast.Call)]
    return any(name.startswith(ASKING) for name in called)
