"""The public log, page by page. The same for everybody: it asks nothing about its reader."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from forum.moderation import log
from forum.moderation.models import LogEntry, LogKind, Rule

PAGE_LENGTH = 25


@dataclass(frozen=True, slots=True)
class Wish:
    kind: str
    rule: int | None
    upto: int | None

    @classmethod
    def of(cls, query: QueryDict) -> "Wish":
        kind = query.get("outcome", "")
        return cls(
            kind=kind if kind in LogKind.values else "",
            rule=_number(query.get("rule", ""), 4),
            # As many digits as fit any database's integers.
            upto=_number(query.get("upto", ""), 18),
        )

    def address(self, **changes: Any) -> str:
        asked = {"outcome": self.kind, "rule": self.rule, **changes}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _number(text: str, digits: int) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def page(wish: Wish) -> dict[str, Any]:
    entries = LogEntry.objects.narrowed(kind=wish.kind, rule=wish.rule).newest_first(wish.upto)
    found = list(entries[: PAGE_LENGTH + 1])
    counts = log.counts()
    return {
        "entries": found[:PAGE_LENGTH],
        "outcomes": [_facet(wish, "outcome", "", "All", wish.kind, counts["all"])]
        + [
            _facet(wish, "outcome", kind, label, wish.kind, counts.get(kind, 0))
            for kind, label in LogKind.choices
        ],
        "rules": [
            {**_facet(wish, "rule", r.number, str(r), wish.rule, counts.get(f"rule-{r.number}", 0)),
             "text": r.text}
            for r in Rule.objects.all()
        ],
        "is_narrowed": bool(wish.kind or wish.rule),
        "all_rules_url": wish.address(rule=None) if wish.rule else "",
        "previous_url": wish.address() if wish.upto else "",
        "next_url": wish.address(upto=found[-1].number) if len(found) > PAGE_LENGTH else "",
    }  # fmt: skip


def _facet(
    wish: Wish, name: str, value: Any, label: str, current: Any, number: int
) -> dict[str, Any]:
    return {
        "url": wish.address(**{name: value}),
        "label": label,
        "number": number,
        "is_current": value == current,
    }
