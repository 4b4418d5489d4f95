"""Look-ups of what is one person's, as in `Draft.objects.filter(author=request.user)`.

What is only asked whether it is there (`….exists()`) shows nobody anything. What goes with a whole
account, and what the program makes up or tidies by itself, is asked for by no reader.
"""

import ast
from pathlib import Path

from mutating.names import name_of

LOOK_UPS = {"filter", "get", "get_object_or_404"}
# What somebody is called where something of theirs is looked up.
PEOPLE = {
    "author", "by", "held", "member", "moderator", "owner", "reader", "recipient", "reporter",
    "user", "voter",
}  # fmt: skip
NUMBERS = {"id", "pk"}
ASKED_BY_NOBODY = {"demonstration", "erasing", "load", "management"}


def owner_in(call: ast.Call, path: str) -> str:
    """The keyword by which it is narrowed to a person; empty where none does it."""
    if name_of(call.func) not in LOOK_UPS or _is_asked_by_nobody(path):
        return ""
    return next((each.arg for each in call.keywords if each.arg and _is_persons(each)), "")


def leaves_out_own(node: ast.UnaryOp) -> bool:
    """`~Q(member=user)`."""
    asked = node.operand
    if not isinstance(node.op, ast.Invert) or not isinstance(asked, ast.Call):
        return False
    return name_of(asked.func) == "Q" and any(_is_persons(each) for each in asked.keywords)


def only_asked(call: ast.Call) -> list[ast.AST]:
    """Of `things.filter(…).exists()` all that comes before."""
    before: list[ast.AST] = []
    each: ast.AST = call if name_of(call.func) == "exists" else ast.Pass()
    while isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
        each = each.func.value
        before.append(each)
    return before


def _is_persons(keyword: ast.keyword) -> bool:
    """A person is looked up by `pk`; what is theirs, by its owner."""
    return keyword.arg not in NUMBERS and _is_person(keyword.value)


def _is_person(node: ast.expr) -> bool:
    """Also by their number: `member.pk`, `letter.recipient_id`."""
    if isinstance(node, ast.Attribute) and node.attr in NUMBERS:
        return _is_person(node.value)
    return name_of(node).removesuffix("_id") in PEOPLE


def _is_asked_by_nobody(path: str) -> bool:
    return bool(ASKED_BY_NOBODY & set(Path(path).with_suffix("").parts))
