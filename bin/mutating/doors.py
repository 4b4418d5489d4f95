"""Views without `@login_not_required`: the middleware sends strangers away from them."""

import ast

from mutating.names import name_of

# Every view states its methods, and nothing else does.
METHODS = {"require_GET", "require_POST", "require_http_methods", "require_safe"}
OPEN = "login_not_required"


def is_closed(node: ast.FunctionDef) -> bool:
    named = {name_of(each.func if isinstance(each, ast.Call) else each)
             for each in node.decorator_list}  # fmt: skip
    return bool(named & METHODS) and OPEN not in named


def behind_the_admins(tree: ast.AST) -> set[str]:
    """Views handed to `admin_view`: the admin asks who comes in once more, by itself."""
    calls = (each for each in ast.walk(tree) if isinstance(each, ast.Call))
    return {
        name_of(view) for each in calls if name_of(each.func) == "admin_view" for view in each.args
    }


def is_the_middleware(node: ast.expr | None) -> bool:
    """`super().process_view(…)`: Django's own middleware decides."""
    called = node.func if isinstance(node, ast.Call) else None
    if not isinstance(called, ast.Attribute) or called.attr != "process_view":
        return False
    return isinstance(called.value, ast.Call) and name_of(called.value.func) == "super"
