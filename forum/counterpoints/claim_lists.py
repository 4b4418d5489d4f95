"""A page of an essay's claims: in four orders, by standing, paged by key.

In every order those that an editor called the essay's key claims stand first.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from essays.models import Essay
from forum.counterpoints.margin import claims_in_text
from forum.counterpoints.models import Standing
from forum.lib.converters import number_in
from forum.templatetags.look import KEY_ORDER

PAGE_SIZE = 25

ORDERS = {
    "text": _("In the order of the text"),
    "newest": _("Newest"),
    "oldest": _("Oldest"),
    "contested": _("Most contested"),
}
DEFAULT_ORDER = "text"

# In a cursor, the place of a passage that is no longer in the text.
NOWHERE = "x"
# Begins the cursor of a page that ended among the key claims.
AMONG_KEY = "key."
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    claims: list[Any]
    # Empty on the last page.
    next_url: str = ""


def order_of(raw: str) -> str:
    return raw if raw in ORDERS else DEFAULT_ORDER


def standing_of(raw: str) -> str:
    return raw if raw in Standing.values else ""


def read_claims(
    essay: Essay, *, order: str = DEFAULT_ORDER, standing: str = "", after: str = ""
) -> ClaimsPage:
    """One query. What no link of ours says as `after` means the first page."""
    found = claims_in_text(essay, essay.current_revision_id or 0)
    if standing:
        found = found.filter(label=standing)
    # By what a cursor tells, no more: the next page begins where this one ended.
    place = F("start").asc(nulls_last=True)
    by = {
        "text": (place, "number"),
        "newest": ("-number",),
        "oldest": ("number",),
        # The newest on a tie, and there are many: nobody is told of a few who stand somewhere.
        "contested": ("-divided", "-number"),
    }
    found = found.order_by("-is_key", *by[order])
    claims = list(found.filter(_begins_after(order, after))[: PAGE_SIZE + 1])
    if len(claims) <= PAGE_SIZE:
        return ClaimsPage(claims)
    after = _cursor(order, claims[PAGE_SIZE - 1])
    return ClaimsPage(claims[:PAGE_SIZE], address(order, standing, after))


def address(order: str, standing: str = "", after: str = "") -> str:
    """The query of a page: what is usual goes unsaid, so that each page has one address."""
    asked = {"order": "" if order == DEFAULT_ORDER else order, "standing": standing, "after": after}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"?{query}" if query else ""


def orders(order: str, standing: str) -> list[tuple[str, str, bool]]:
    """Of each order the query, the words, and whether it is this one."""
    return [(address(name, standing), str(words), name == order) for name, words in ORDERS.items()]


def standings(order: str, standing: str) -> list[tuple[str, str, bool]]:
    """The same of all of them together, which has no label, and of each standing."""
    return [(address(order, name), name, name == standing) for name in ("", *KEY_ORDER)]


def claims_between(essay: Essay, start: int, end: int) -> list[Any]:
    """Those on any of the words between two positions of today's text; one query."""
    found = claims_in_text(essay, essay.current_revision_id or 0)
    return list(found.filter(start__lt=end, end__gt=start))


def essays_with_text(user: Any) -> QuerySet[Essay]:
    """For pages that need the very words: their plain text and its blocks, nothing dearer."""
    return (
        Essay.objects.visible_to(user)
        .select_related("current_revision")
        .defer("folded", "current_revision__source", "current_revision__html")
    )


def _cursor(order: str, claim: Any) -> str:
    group = AMONG_KEY if claim.is_key else ""
    if order == "contested":
        return f"{group}{claim.divided}~{claim.number}"
    if order != DEFAULT_ORDER:
        return f"{group}{claim.number}"
    place = NOWHERE if claim.start is None else claim.start
    return f"{group}{place}~{claim.number}"


def _begins_after(order: str, raw: str) -> Q:
    rest = _rest_of_group(order, raw.removeprefix(AMONG_KEY))
    if not rest:
        return rest
    if raw.startswith(AMONG_KEY):
        return Q(rest, is_key=True) | Q(is_key=False)
    return Q(rest, is_key=False)


def _rest_of_group(order: str, raw: str) -> Q:
    """What follows among the key claims, or among the others; says nothing for the first page."""
    first, _, last = raw.rpartition("~")
    place, number = number_in(first, LONGEST_NUMBER), number_in(last, LONGEST_NUMBER)
    if number is None:
        return Q()
    if order in {"newest", "oldest"}:
        return Q(number__lt=number) if order == "newest" else Q(number__gt=number)
    if first == NOWHERE:
        return Q(start=None, number__gt=number)
    if place is None:
        return Q()
    if order == "contested":
        return Q(divided__lt=place) | Q(divided=place, number__lt=number)
    return Q(start__gt=place) | Q(start=place, number__gt=number) | Q(start=None)
