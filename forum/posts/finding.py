"""One post with all that leads to it, for the pages that answer, edit, vote on or report it; and
one thread.
"""

from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.http import Http404

from essays.models import Essay
from essays.querysets import is_readable_by
from forum.accounts.models import User
from forum.lib.prepared import Prepared
from forum.posts.models import Post, Thread

# Long, and wanted by none of those pages.
LEFT_OUT = {"folded", "summary"}
THREAD_COLUMNS = ("id", "essay_id", "kind", "version", "post_count")
ESSAY_COLUMNS = ("id", "slug", "published_at", "current_revision_id")


def find_post(user: Any, pk: int) -> Post:
    """The post with its author, its thread and its essay; 1 query. Raises `Http404`.

    It is found by whoever may open its essay: whether it may be read is another question.
    """
    found = _query()(pk=pk)
    if not found:
        raise Http404("There is no such post.")
    values = found[0]
    post, thread, essay, author = (
        part.model.from_db(DEFAULT_DB_ALIAS, part.names, values[part.first : part.last])
        for part in _parts()
    )
    post.thread, post.author, thread.essay = thread, author, essay
    if not is_readable_by(user, essay):
        raise Http404("Its essay is not published.")
    return post


def find_thread(user: Any, pk: int) -> Thread:
    """The thread, with of its essay only what says who may read it; 1 query. Raises `Http404`."""
    found = _thread_query()(pk=pk)
    if not found:
        raise Http404("There is no such thread.")
    width = len(THREAD_COLUMNS)
    thread = Thread.from_db(DEFAULT_DB_ALIAS, THREAD_COLUMNS, found[0][:width])
    thread.essay = Essay.from_db(DEFAULT_DB_ALIAS, ESSAY_COLUMNS, found[0][width:])
    if not is_readable_by(user, thread.essay):
        raise Http404("Its essay is not published.")
    return thread


@cache
def _thread_query() -> Prepared:
    def build(pk: int) -> Any:
        columns = (*THREAD_COLUMNS, *(f"essay__{name}" for name in ESSAY_COLUMNS))
        return Thread.objects.filter(pk=pk).values_list(*columns)

    return Prepared(build)


class _Part(NamedTuple):
    """One of the objects in a row: the way to it, and its columns as `from_db` takes them."""

    model: type[Any]
    way: str
    names: list[str]
    first: int
    last: int


@cache
def _parts() -> list[_Part]:
    parts: list[_Part] = []
    ways = ((Post, ""), (Thread, "thread__"), (Essay, "thread__essay__"), (User, "author__"))
    for model, way in ways:
        names, first = _columns(model), parts[-1].last if parts else 0
        parts.append(_Part(model, way, names, first, first + len(names)))
    return parts


def _columns(model: type[Any]) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields]
    return [name for name in names if name not in LEFT_OUT]


@cache
def _query() -> Prepared:
    def build(pk: int) -> Any:
        columns = [f"{part.way}{name}" for part in _parts() for name in part.names]
        return Post.objects.filter(pk=pk).values_list(*columns)

    return Prepared(build)
