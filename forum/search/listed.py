"""What is asked of the essays that lists offer to a reader, with SQL that is made once. Editors see
more of them, and are few: theirs is made anew.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from essays.models import Essay
from forum.lib.prepared import Prepared


class OfListed:
    """`build` gives a `values_list` query, of those essays and its keywords: see `Prepared`."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self.prepared = Prepared(
            lambda now, **values: build(_listed(AnonymousUser(), now), **values)
        )

    def __call__(self, user: Any, **values: Any) -> list[tuple[Any, ...]]:
        now = timezone.now()
        if sees_more(user):
            return list(self.build(_listed(user, now), **values))
        return self.prepared(now=now, **values)

    def statement(self, user: Any, **values: Any) -> tuple[str, list[Any]]:
        now = timezone.now()
        if sees_more(user):
            sql, parameters = self.build(_listed(user, now), **values).query.sql_with_params()
            return sql, [*parameters]
        return self.prepared.statement(now=now, **values)


def _listed(user: Any, now: Any) -> Any:
    return Essay.objects.listed_for(user, now).order_by()


def sees_more(user: Any) -> bool:
    return bool(getattr(user, "is_editor", False))
