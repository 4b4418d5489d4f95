from collections.abc import Iterable
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from forum.counterpoints.models import Claim
from forum.lib.keyset import Order, page
from forum.moderation.models import Case, Decision, LegalNotice
from forum.posts.finding import find_post
from forum.posts.models import Post
from forum.posts.permissions import can_read

PAGE_LENGTH = 25
NEWEST_FIRST = Order("received_at", is_falling=True, is_moment=True)


def post_named(user: Any, named: dict[str, int]) -> Post:
    """Raises `Http404` where there is none that they may read."""
    number = named.get("post")
    if number is None:
        opening = Claim.objects.filter(pk=named["claim"]).values_list("opening", flat=True).first()
        number = opening or 0
    post = find_post(user, number)
    if not can_read(user, post):
        raise Http404(_("This post is no longer here."))
    return post


def record(user: Any, query: QueryDict) -> dict[str, Any]:
    """Every notice, the newest first, but those about the reader's own posts; two queries."""
    found = LegalNotice.objects.filter(case__in=Case.objects.visible_to(user).order_by())
    found = found.select_related("case", "decision", "post__author", "post__thread__essay").defer(
        "post__folded", "post__source", "post__html", "post__card_html",
        "post__thread__essay__folded",
    )  # fmt: skip
    after = query.get("after", "")
    notices, following = page(found, NEWEST_FIRST, size=PAGE_LENGTH, after=after)
    _show_later(notices)
    here = "?"
    return {
        "notices": notices,
        "previous_url": here if after else "",
        "next_url": f"{here}after={following}" if following else "",
    }


def _show_later(notices: Iterable[Any]) -> None:
    """On each notice what was decided of its post after the first answer: whoever gave it hears of
    what was decided otherwise."""
    decided = [notice.post_id for notice in notices if notice.decision_id is not None]
    later = Decision.objects.standing().filter(case__post__in=decided).select_related("case")
    known = list(later.order_by("pk")) if decided else []
    for notice in notices:
        first = notice.decision_id or 0
        notice.later = [
            one for one in known if first and one.pk > first and one.case.post_id == notice.post_id
        ]
