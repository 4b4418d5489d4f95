"""The counterpoints to a claim in the order, and as few of them, as the address of its page asks.

Best, newest, oldest and most contested are orders of every thread: see posts/tops.py. What is
asked here of the counterpoints' own columns is "convinces both sides", and the unanswered alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.counterpoints.models import Claim, Counterpoint
from forum.lib.converters import number_in
from forum.lib.prepared import Prepared
from forum.posts.cursors import Top, share_in
from forum.posts.reading import Page, Row, fill_page, read_thread
from forum.posts.tops import PAGE_SIZE, with_kept, without

ORDERS = {
    "both": gettext_lazy("Convinces both sides"),
    "best": gettext_lazy("Best"),
    "newest": gettext_lazy("Newest"),
    "oldest": gettext_lazy("Oldest"),
    "contested": gettext_lazy("Most contested"),
}
DEFAULT_ORDER = "both"
ONLY_UNANSWERED = "unanswered"

# What each order goes by before the number of the post; all of it falls, but for the oldest.
KEYS: dict[str, tuple[str, ...]] = {
    "both": ("rank", "overall"),
    "best": ("overall",),
    "newest": (),
    "oldest": (),
    "contested": ("lesser",),
}
RISING = ("oldest",)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says, whatever else it says: an order, and whether all are wanted."""

    order: str = DEFAULT_ORDER
    only: str = ""

    @classmethod
    def of(cls, said: Any) -> "Asked":
        order, only = said.get("order", ""), said.get("only", "")
        return cls(
            order if order in ORDERS else DEFAULT_ORDER,
            only if only == ONLY_UNANSWERED else "",
        )

    @property
    def is_usual(self) -> bool:
        return self.order == DEFAULT_ORDER

    def address(self, after: str = "", **other: str) -> str:
        """The query of this page or, with something else, of another: what is usual goes unsaid."""
        said = {"order": self.order, "only": self.only} | other | {"after": after}
        kept = {name: word for name, word in said.items() if word not in {"", DEFAULT_ORDER}}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Of each order its query, its words, and whether it is this one."""
        return [
            (self.address(order=order), str(words), order == self.order)
            for order, words in ORDERS.items()
        ]

    @property
    def shares(self) -> list[tuple[str, str, bool]]:
        return [
            (self.address(only=only), words, only == self.only)
            for only, words in (("", _("All")), (ONLY_UNANSWERED, _("Only unanswered")))
        ]


class Place(NamedTuple):
    """Where a page begins: behind the post with these keys. `kept` had a place on the first."""

    keys: tuple[float, ...]
    pk: int
    kept: int = 0

    def __str__(self) -> str:
        numbers = [*self.keys, self.pk, *([self.kept] if self.kept else [])]
        return "~".join(map(repr, numbers))


def place_in(order: str, raw: str) -> Place | None:
    """None, that is the first page, for whatever no link of ours says."""
    width = len(KEYS[order])
    parts = raw.split("~")
    if len(parts) not in {width + 1, width + 2}:
        return None
    # Votes are whole: compared with anything else, they would not be looked up in an index.
    read = number_in if order == "contested" else share_in
    keys = [read(part) for part in parts[:width]]
    pk, kept = number_in(parts[width]), number_in(parts[width + 1] if parts[width + 1 :] else "0")
    if pk is None or kept is None or None in keys:
        return None
    return Place(tuple(key for key in keys if key is not None), pk, kept)


def read_page(claim: Claim, asked: Asked, *, after: str = "") -> Page:
    """3 queries at most."""
    if asked.only:
        return _read_unanswered(claim, asked.order, after)
    if asked.order == DEFAULT_ORDER:
        return _read_both(claim, after)
    return read_thread(claim.thread, order=asked.order, after=after)


def rank_note(page: Page, told: Mapping[int, Any]) -> str:
    """What a page in the order "convinces both sides" admits: where all votes had to do."""
    tops = [told[row.pk].counterpoint for row in page.rows if row.depth == 1 and row.pk in told]
    lacking = [one.both_sides is None for one in tops]
    if not any(lacking) or page.branch_id is not None or page.order != DEFAULT_ORDER:
        return ""
    if all(lacking):
        return _(
            "Fewer than five readers of each side have voted on these:"
            " they stand in the order of all votes."
        )
    return _("Those on which fewer than five readers of each side have voted stand by all votes.")


def _read_both(claim: Claim, after: str) -> Page:
    order, place = DEFAULT_ORDER, place_in(DEFAULT_ORDER, after)
    found = {
        pk: (Top(pk, keys[0], path, branch_count), keys)
        for path, branch_count, pk, *keys in _run(
            order, place, claim=claim.pk, fields=("post__path", "post__branch_count")
        )
    }
    tops = [top for top, _ in found.values()]
    if place is None:
        tops, kept = with_kept(claim.thread, tops, timezone.now())
    else:
        tops, kept = without(tops, place.kept), place.kept
    rows, last = fill_page(tops, kept=kept)
    next_after = str(Place(tuple(found[last.pk][1]), last.pk, kept)) if last else ""
    return Page(rows, next_after, place is None, order)


def _read_unanswered(claim: Claim, order: str, after: str) -> Page:
    """The objections that nobody has answered, without what else hangs on them; 1 query."""
    place = place_in(order, after)
    fields = tuple("post_id" if name == "pk" else f"post__{name}" for name in Row._fields)
    found = _run(order, place, claim=claim.pk, fields=fields, only_unanswered=True)
    width = len(fields)
    rows = [Row._make(values[:width]) for values in found[:PAGE_SIZE]]
    next_after = ""
    if len(found) > PAGE_SIZE:
        pk, *keys = found[PAGE_SIZE - 1][width:]
        next_after = str(Place(tuple(keys), pk))
    return Page(rows, next_after, place is None, order)


def _run(
    order: str,
    place: Place | None,
    *,
    claim: int,
    fields: tuple[str, ...],
    only_unanswered: bool = False,
) -> list[tuple[Any, ...]]:
    """Of the counterpoints to the claim these fields, their number, and the keys of the order."""
    query = _query(order, fields, only_unanswered=only_unanswered, is_first=place is None)
    if place is None:
        return query(claim=claim)
    keys = dict(zip(("first", "second"), place.keys, strict=False))
    return query(claim=claim, pk=place.pk, **keys)


@cache
def _query(
    order: str, fields: tuple[str, ...], *, only_unanswered: bool, is_first: bool
) -> Prepared:
    keys = KEYS[order]

    def build(claim: int, pk: int = 0, first: float = 0.0, second: float = 0.0) -> Any:
        found = Counterpoint.objects.filter(claim=claim, target=None)
        if only_unanswered:
            found = found.filter(is_open=True, is_answered=False)
        if order == "contested":
            found = found.annotate(lesser=Least("post__up", "post__down"))
        if not is_first:
            found = found.filter(*_behind(order, (first, second)[: len(keys)], pk))
        sign = "" if order in RISING else "-"
        found = found.order_by(*(f"{sign}{key}" for key in (*keys, "pk")))
        # One for a post that was kept a place, one to know whether there is more.
        return found.values_list(*fields, F("post_id"), *keys)[: PAGE_SIZE + 2]

    return Prepared(build)


def _behind(order: str, values: tuple[float, ...], pk: int) -> list[Q]:
    """What follows the post with these keys in the order of the keys."""
    beyond = "gt" if order in RISING else "lt"
    same, following = Q(), Q(pk__in=[])
    for key, value in zip(KEYS[order], values, strict=True):
        following |= same & Q(**{f"{key}__{beyond}": value})
        same &= Q(**{key: value})
    following |= same & Q(**{f"pk__{beyond}": pk})
    # The first key alone says the same again, so that an index is entered at the right place.
    return [following, *(Q(**{f"{key}__{beyond}e": values[0]}) for key in KEYS[order][:1])]
