"""Where the admin shows more to one than to another."""

import ast

from mutating.names import name_of

SHOWN = {
    "get_exclude", "get_fields", "get_fieldsets", "get_inlines", "get_list_display",
    "get_list_filter", "get_readonly_fields", "get_search_fields",
}  # fmt: skip


def is_for_whoever_asks(function: str, call: ast.Call) -> bool:
    """`_for(request, names)`, in what says which fields there are."""
    if function not in SHOWN or not isinstance(call.func, ast.Name) or not call.args[1:]:
        return False
    return name_of(call.args[0]) == "request"
