import ast


def name_of(node: ast.AST) -> str:
    """Of `thing` and of `there.thing`: thing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
