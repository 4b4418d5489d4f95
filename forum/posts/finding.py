"""One post with all that leads to it, for the pages that answer, edit, vote on or report it."""

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.http import Http404

from essays.models import Essay
from essays.querysets import is_readable_by
from forum.accounts.models import User
from forum.lib.prepared import Prepared
from forum.posts.models import Post, Thread

# Long, and wanted by none of those pages.
LEFT_OUT = {"folded", "summary"}


def find_post(user: Any, pk: int) -> Post:
    """The post with its author, its thread and its essay; 1 query. Raises `Http404`.

    It is found by whoever may open its essay: whether it may be read is another question.
    """
    found = _query()(pk=pk)
    if not found:
        raise Http404("There is no such post.")
    values = iter(found[0])
    post, thread, essay, author = (
        model.from_db(DEFAULT_DB_ALIAS, names, [next(values) for _ in names])
        for model, _, names in _parts()
    )
    post.thread, post.author, thread.essay = thread, author, essay
    if not is_readable_by(user, essay):
        raise Http404("Its essay is not published.")
    return post


@cache
def _parts() -> list[tuple[type[Any], str, list[str]]]:
    """Each model, the way to it, and its columns in the order in which `from_db` takes them."""
    ways = ((Post, ""), (Thread, "thread__"), (Essay, "thread__essay__"), (User, "author__"))
    return [(model, way, _columns(model)) for model, way in ways]


def _columns(model: type[Any]) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields]
    return [name for name in names if name not in LEFT_OUT]


@cache
def _query() -> Prepared:
    def build(pk: int) -> Any:
        columns = [f"{way}{name}" for _, way, names in _parts() for name in names]
        return Post.objects.filter(pk=pk).values_list(*columns)

    return Prepared(build)
