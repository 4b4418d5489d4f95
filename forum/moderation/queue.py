"""The queue, page by page: its tabs, its orders, and the keys that lead from page to page."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.lib.converters import number_in
from forum.lib.nouns import digits
from forum.moderation import log
from forum.moderation.case_querysets import COUNTED_UP_TO, GRAVEST_FIRST, OLDEST_FIRST
from forum.moderation.legal_deadlines import deadlines
from forum.moderation.models import Case, Decision, Report, ReportReason
from forum.moderation.week import week

PAGE_LENGTH = 25
UNDOABLE_SHOWN = 10
TABS = {
    "open": pgettext_lazy("cases", "Open"),
    "yours": pgettext_lazy("cases", "Yours"),
    "reports": _("Reports"),
    "legal": _("Legal notices"),
    "held": _("Held posts"),
    "amended": _("Amended"),
    "members": _("About members"),
    "appeals": _("Appeals"),
    "decided": _("Decided"),
}
ORDERS = {GRAVEST_FIRST: _("Gravest first"), OLDEST_FIRST: _("Oldest first")}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for. Whatever it says that is nothing of ours is left out."""

    tab: str
    reason: str
    order: str
    after: tuple[int, ...] | None

    @classmethod
    def of(cls, query: QueryDict) -> "Wish":
        tab, order = query.get("tab", ""), query.get("order", "")
        reason = query.get("reason", "")
        tab = tab if tab in TABS else "open"
        order = order if order in ORDERS else GRAVEST_FIRST
        has_two = tab != "decided" and order == GRAVEST_FIRST
        return cls(
            tab=tab,
            reason=reason,
            order=order,
            after=_key(query.get("after", ""), 2 if has_two else 1),
        )

    def address(self, **changes: str) -> str:
        asked = {"tab": self.tab, "reason": self.reason, "order": self.order, **changes}
        usual = {"tab": "open", "order": GRAVEST_FIRST, "reason": ""}
        query = urlencode({k: v for k, v in asked.items() if v != usual.get(k)})
        return reverse("moderation:queue") + (f"?{query}" if query else "")


def _key(text: str, length: int) -> tuple[int, ...] | None:
    parts = text.split("-")
    numbers = tuple(number for number in map(number_in, parts) if number is not None)
    return numbers if len(numbers) == len(parts) == length else None


def page(user: Any, wish: Wish) -> dict[str, Any]:
    """All that the template shows, in the same number of queries however long the queue is."""
    reasons = [(each.key, str(each)) for each in ReportReason.objects.all()]
    if wish.reason not in dict(reasons):
        wish = replace(wish, reason="")
    cases = list(_ordered(_cases(user, wish), wish)[: PAGE_LENGTH + 1])
    more, cases = len(cases) > PAGE_LENGTH, cases[:PAGE_LENGTH]
    tallies = Report.objects.tallied(cases)
    for case in cases:
        case.tally = tallies.get(case.pk, [])
    return {
        "cases": cases,
        "wish": wish,
        "to_undo": Decision.objects.to_undo(user, timezone.now())[:UNDOABLE_SHOWN],
        "tabs": _tabs(user, wish),
        "deadlines": deadlines(reader=user),
        "week": week(user),
        "reasons": reasons,
        "orders": ORDERS.items(),
        "previous_url": wish.address() if wish.after else "",
        "next_url": wish.address(after=_key_after(cases[-1], wish)) if more else "",
    }


def _cases(user: Any, wish: Wish) -> Any:
    cases = Case.objects.visible_to(user).reported_for(wish.reason)
    if wish.tab == "yours":
        return cases.held_by(user)
    if wish.tab == "reports":
        return cases.open().reported()
    if wish.tab == "legal":
        return cases.open().of_legal_notices()
    if wish.tab == "amended":
        return cases.open().of_amended_posts()
    if wish.tab == "held":
        return cases.open().of_held_posts()
    if wish.tab == "members":
        return cases.open().about_members()
    if wish.tab == "appeals":
        return cases.appealed()
    return cases.decided() if wish.tab == "decided" else cases.open()


def _ordered(cases: Any, wish: Wish) -> Any:
    cases = cases.for_list()
    if wish.tab == "decided":
        return cases.lately_decided_first(wish.after[0] if wish.after else None)
    if wish.order == OLDEST_FIRST:
        return cases.oldest_first(wish.after[0] if wish.after else None)
    return cases.gravest_first(wish.after)


def _key_after(last: Case, wish: Wish) -> str:
    if wish.tab == "decided":
        return str(last.decision.pk)
    return str(last.pk) if wish.order == OLDEST_FIRST else f"{last.gravity}-{last.pk}"


def _tabs(user: Any, wish: Wish) -> list[dict[str, Any]]:
    cases = Case.objects.visible_to(user)
    numbers = {
        "open": _words(cases.open().counted()),
        "yours": _words(cases.held_by(user).counted()),
        "reports": _words(cases.open().reported().counted()),
        "legal": _words(cases.open().of_legal_notices().counted()),
        "amended": _words(cases.open().of_amended_posts().counted()),
        "held": _words(cases.open().of_held_posts().counted()),
        "members": _words(cases.open().about_members().counted()),
        "appeals": _words(cases.appealed().counted()),
        "decided": digits(log.outcome_count(log.counts())),
    }
    return [
        {
            "label": label,
            "number": numbers[name],
            "url": wish.address(tab=name),
            "is_current": name == wish.tab,
        }
        for name, label in TABS.items()
    ]


def _words(number: int) -> str:
    return f"{COUNTED_UP_TO - 1}+" if number >= COUNTED_UP_TO else str(number)
