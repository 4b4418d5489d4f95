"""The tag `url`, which remembers the addresses that need no argument: a page names a dozen of them,
and each costs as much to find as a small query."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed_url
from django.urls import get_script_prefix, get_urlconf, reverse

register = template.Library()


class RememberedURLNode(URLNode):
    def render(self, context: template.Context) -> Any:
        name = _literal(self.view_name)
        # With `as`, a page asks whether there is such an address at all.
        if name is None or self.args or self.kwargs or self.asvar:
            return super().render(context)
        return _address(name, get_urlconf(), get_script_prefix())


def _literal(expression: FilterExpression) -> str | None:
    return expression.var if isinstance(expression.var, str) and not expression.filters else None


@lru_cache(maxsize=256)
def _address(name: str, urlconf: Any, _prefix: str) -> str:
    return reverse(name, urlconf)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    node = parsed_url(parser, token)
    return RememberedURLNode(node.view_name, node.args, node.kwargs, node.asvar)
