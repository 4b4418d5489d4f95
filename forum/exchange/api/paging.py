"""Pages of the API's lists: by the key of their last item, whatever is written meanwhile."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query

from forum.exchange.api.problems import Refusal
from forum.lib.keyset import Order, is_cursor, page
from forum.lib.site_address import site_address

USUAL, MOST = 50, 200

Limit = Annotated[int, Query(description="How many items at most.", ge=1, le=MOST)]
After = Annotated[
    str, Query(description="From the “next” of the page before; it means nothing by itself.")
]


def checked(cursor: str) -> str:
    if cursor and not is_cursor(cursor):
        raise Refusal(HTTPStatus.BAD_REQUEST, "“after” must come from the “next” of a page.")
    return cursor


def listed(
    request: HttpRequest,
    rows: "QuerySet[Any]",
    order: Order,
    tell: Callable[[Any, str], Any],
    *,
    limit: int,
    after: str,
) -> dict[str, Any]:
    found, following = page(rows, order, size=limit, after=checked(after))
    site = site_address(request)
    return {
        "licence": settings.CONTENT_LICENCE,
        "items": [tell(row, site) for row in found],
        "next": address(request, after=following, limit=limit) if following else None,
    }


def address(request: HttpRequest, **values: str | int) -> str:
    """Of this list from another place on, with whatever else was asked of it."""
    asked = {name: value for name, value in request.GET.items() if name not in {"since", "after"}}
    return f"{site_address(request)}{request.path}?{urlencode(asked | values)}"
