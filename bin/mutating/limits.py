"""What `guard` counts, to refuse what somebody does too often."""

import ast

from mutating.names import name_of

ALLOWING = {"take", "take_of"}


def kind_of(call: ast.Call) -> str:
    """How the switch calls it; empty where nothing is counted."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if any(each.arg == "deed" for each in call.keywords):
        return "deed"
    if name in ALLOWING:
        return "allowance"
    return "limit" if name == "count" and _is_deed(call) or _admits(name, call) else ""


def _is_deed(call: ast.Call) -> bool:
    """`count(deed)`, `count(Deed(…))`."""
    counted = call.args[0] if call.args else None
    called = counted.func if isinstance(counted, ast.Call) else counted
    return called is not None and name_of(called).lower() == "deed"


def _admits(name: str, call: ast.Call) -> bool:
    """`admit(request, "sign-in")`: by the kind of what they do."""
    return name == "admit" and len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
