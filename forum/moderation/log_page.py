"""The public log, page by page. The same for everybody: it asks nothing about its reader."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.lib.converters import number_in
from forum.moderation.models import LogEntry, LogKind, Rule, Ruling

PAGE_LENGTH = 25
RULE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Wish:
    kind: str
    rule: int | None
    upto: int | None
    ruling: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Wish":
        kind, ruling = query.get("outcome", ""), query.get("appeal", "")
        return cls(
            kind=kind if kind in LogKind.values else "",
            rule=number_in(query.get("rule", ""), RULE_DIGITS),
            upto=number_in(query.get("upto", "")),
            ruling=ruling if ruling in Ruling.values else "",
        )

    def address(self, **changes: Any) -> str:
        asked = {"outcome": self.kind, "rule": self.rule, "appeal": self.ruling, **changes}
        query = urlencode({name: value for name, value in asked.items() if value})
        return reverse("moderation:log") + (f"?{query}" if query else "")


def page(wish: Wish, counts: dict[str, int]) -> dict[str, Any]:
    entries = LogEntry.objects.narrowed(kind=wish.kind, rule=wish.rule, ruling=wish.ruling)
    found = list(entries.newest_first(wish.upto)[: PAGE_LENGTH + 1])
    _show_later(found[:PAGE_LENGTH])
    return {
        "entries": found[:PAGE_LENGTH],
        "outcomes": [_facet(wish, "outcome", "", _("All"), wish.kind, counts["all"])]
        + [
            _facet(wish, "outcome", kind, str(label), wish.kind, counts.get(kind, 0))
            for kind, label in LogKind.choices
        ],
        "rules": [_rule(wish, rule, counts) for rule in Rule.objects.all()],
        "rulings": _rulings(wish, counts),
        "is_narrowed": bool(wish.kind or wish.rule or wish.ruling),
        "all_rulings_url": wish.address(appeal="") if wish.ruling else "",
        "all_rules_url": wish.address(rule=None) if wish.rule else "",
        "previous_url": wish.address() if wish.upto else "",
        "next_url": wish.address(upto=found[-1].number) if len(found) > PAGE_LENGTH else "",
    }


def _show_later(entries: list[Any]) -> None:
    """What was asked and decided about each entry afterwards; 1 query."""
    later = defaultdict(list)
    numbers = [entry.number for entry in entries]
    for entry in LogEntry.objects.filter(about_number__in=numbers).order_by("number"):
        later[entry.about_number].append(entry)
    for entry in entries:
        entry.later = later[entry.number]


def _rule(wish: Wish, rule: Rule, counts: dict[str, int]) -> dict[str, Any]:
    number = counts.get(f"rule-{rule.number}", 0)
    facet = _facet(wish, "rule", rule.number, str(rule), wish.rule, number)
    return {**facet, "text": rule.shown_text}


def _rulings(wish: Wish, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        _facet(wish, "appeal", ruling, str(label), wish.ruling, counts.get(f"appeal-{ruling}", 0))
        for ruling, label in Ruling.choices
    ]


def _facet(
    wish: Wish, name: str, value: Any, label: str, current: Any, number: int
) -> dict[str, Any]:
    return {
        "url": wish.address(**{name: value}),
        "label": label,
        "number": number,
        "is_current": value == current,
    }
