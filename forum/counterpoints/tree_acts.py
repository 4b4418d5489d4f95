"""What a member can do with a counterpoint and with no other post: say that it moved them."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from forum.counterpoints.models import ChangedMind
from forum.lib.prepared import Prepared
from forum.posts.acts import Acts, Kind, address
from forum.posts.models import Thread
from forum.posts.reading import Row
from forum.posts.visits import News
from forum.templatetags.look import icon


class TreeActs(Acts):
    def __init__(
        self,
        kind: Kind,
        thread: Thread,
        user: Any,
        votes: Mapping[int, bool],
        news: News,
        *,
        credited: Collection[int],
    ) -> None:
        """`credited` are those of the page that the member says changed their mind."""
        super().__init__(kind, thread, user, votes, news)
        self.credited = credited

    def state_of(self, row: Row) -> tuple[Any, ...]:
        return (*super().state_of(row), row.pk in self.credited)

    def _of_readable(self, row: Row, *, is_own: bool) -> str:
        pattern = super()._of_readable(row, is_own=is_own)
        if is_own or not row.is_visible or not self.may_write:
            return pattern
        words = (
            _('It changed your mind<span class="vh">: post %(pk)d</span>')
            if row.pk in self.credited
            else _('This changed my mind<span class="vh">: post %(pk)d</span>')
        )
        url = address("counterpoints:changed-mind")
        return f'{pattern}<a href="{url}">{icon("mind")}{words}</a>'


def credited_of(user: Any, rows: list[Row]) -> set[int]:
    """Those of a page's posts that changed this member's mind; 1 query."""
    if not user.is_authenticated or not rows:
        return set()
    found = _credited_query()(member=user.pk, posts=[row.pk for row in rows])
    return {pk for (pk,) in found}


@cache
def _credited_query() -> Prepared:
    def build(member: int, posts: list[int]) -> Any:
        credited = ChangedMind.objects.filter(member=member, counterpoint__in=posts)
        return credited.values_list("counterpoint_id")

    return Prepared(build)
