"""Closed by default: the views that strangers may open are exactly these, and no view is silent
about its methods."""

import ast
import inspect

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

# Ours only: allauth's and the admin's own pages ask for an account by themselves.
OPEN_TO_STRANGERS = {
    "home",
    "open-questions",
    "essay",
    "revision",
    "preview",
    "revision-diff",
    "revisions",
    "sentence",
    "tag",
    "member",
    # Leads on to where everybody logs in.
    "admin:login",
    "accounts:objection",
    "member-open",
    "standing-rule",
    "trust:levels",
    "media",
    "card",
    "exchange:claim-feed",
    "exchange:discussion-feed",
    "exchange:essay-feed",
    "exchange:export",
    "exchange:export-file",
    "exchange:member-feed",
    "exchange:robots",
    "exchange:site-feed",
    "exchange:sitemap",
    "exchange:sitemap-list",
    "exchange:api:changes",
    "exchange:api:claim",
    "exchange:api:claims",
    "exchange:api:counterpoint",
    "exchange:api:counterpoints",
    "exchange:api:essay",
    "exchange:api:essays",
    "exchange:api:nothing-here",
    "exchange:api:openapi",
    "exchange:api:post",
    "exchange:api:posts",
    "exchange:api:reference",
    "exchange:api:revision",
    "exchange:api:revisions",
    "exchange:api:sentences",
    "exchange:api:standings",
    "exchange:api:thread",
    "exchange:api:threads",
    "exchange:tag-feed",
    "language",
    "house:contact",
    "house:privacy",
    "house:stylesheet",
    "moderation:rules",
    "healthz",
    "readyz",
    "how-to-write",
    "posts:post",
    "posts:context",
    "posts:history",
    "posts:news",
    "discussion:index",
    "discussion:reply",
    "discussion:thread",
    "counterpoints:answer",
    "counterpoints:answer-claim",
    "counterpoints:claims",
    "counterpoints:history",
    "counterpoints:map",
    "counterpoints:map-svg",
    "counterpoints:choose",
    "counterpoints:claim",
    "moderation:fairness",
    "moderation:legal-notice",
    "moderation:log",
    "search:opensearch",
    "notifications:unsubscription",
    "notifications:resumption",
    "search:search",
}
METHOD_DECORATORS = {
    "require_safe", "require_GET", "require_POST", "require_http_methods",
    # The API's own, which refuses in JSON.
    "read_only",
}  # fmt: skip


def our_patterns(patterns=None, prefix=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from our_patterns(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            view = inspect.unwrap(pattern.callback)
            if view.__module__.startswith(("forum.", "essays.")):
                yield f"{prefix}{pattern.name}", pattern, view


def our_views():
    for name, pattern, view in our_patterns():
        yield name, pattern.callback, view


def decorators(view):
    tree = ast.parse(inspect.getsource(view)).body[0]
    for decorator in tree.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        yield target.attr if isinstance(target, ast.Attribute) else target.id


def test_strangers_open_exactly_these():
    opened = {
        name for name, callback, _ in our_views() if not getattr(callback, "login_required", True)
    }
    assert opened == OPEN_TO_STRANGERS


@pytest.mark.parametrize("name", sorted(name for name, *_ in our_views()))
def test_the_view_states_its_methods(name):
    view = next(view for other, _, view in our_views() if other == name)
    assert METHOD_DECORATORS & set(decorators(view))


@pytest.mark.parametrize("name", sorted(name for name, *_ in our_views()))
def test_the_view_looks_nothing_up_by_itself(name):
    view = next(view for other, _, view in our_views() if other == name)
    assert ".filter(" not in inspect.getsource(view)


def test_the_key_of_a_row_in_an_address_is_one_that_a_row_could_have():
    """What no column holds would break the query, not only find nothing."""
    unbounded = {
        name
        for name, pattern, _ in our_patterns()
        if isinstance(pattern.pattern.converters.get("pk"), IntConverter)
    }
    assert unbounded == set()


@pytest.mark.django_db
def test_a_number_that_no_row_could_have_finds_nothing(client):
    for address in ("/posts/{}/", "/posts/{}/context/", "/posts/{}/history/", "/posts/{}/reply/"):
        for number in (2**63, 10**20):
            assert client.get(address.format(number)).status_code == 404, address
