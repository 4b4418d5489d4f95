"""What the page of a claim shows around its tree."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from forum.counterpoints import wording
from forum.counterpoints.drawing import balance_html
from forum.counterpoints.models import Claim, LabelChange
from forum.counterpoints.querysets import CONTEXT
from forum.counterpoints.signs import read_signs

HISTORY_SHOWN = 12
ELLIPSIS = "…"

PLACE_WORDS = {
    "exact": "as it was marked",
    "moved": "moved since",
    "changed": "changed since",
    "orphaned": "on an earlier version",
}


@dataclass(frozen=True, slots=True)
class PassageShown:
    """The words of a claim between what stands around them."""

    before: str
    words: str
    after: str
    url: str
    state: str
    is_current: bool


def passage_shown(claim: Any) -> PassageShown:
    """From a claim as `for_page` reads it: in today's text, or in the one that still had it."""
    passage, slug = claim.passage, claim.essay.slug
    if claim.start is None:
        number = passage.made_in.number
        return PassageShown(
            _before(passage.prefix, is_cut=True), passage.exact,
            _after(passage.suffix, is_cut=True), reverse("revision", args=[slug, number]),
            PLACE_WORDS["orphaned"], is_current=False,
        )  # fmt: skip
    lead = min(claim.start, CONTEXT)
    length = claim.end - claim.start
    around = claim.around
    return PassageShown(
        _before(around[:lead], is_cut=lead == CONTEXT),
        around[lead : lead + length],
        _after(around[lead + length :][:CONTEXT], is_cut=len(around) - lead - length >= CONTEXT),
        f"{claim.essay.get_absolute_url()}#p-{claim.number}",
        PLACE_WORDS[claim.place_state],
        is_current=True,
    )


def _before(text: str, *, is_cut: bool) -> str:
    """The end of the paragraph so far, from a whole word on."""
    _, paragraph, same = text.rpartition("\n\n")
    if paragraph or not is_cut:
        return same
    return f"{ELLIPSIS} {same.partition(' ')[2]}"


def _after(text: str, *, is_cut: bool) -> str:
    same, paragraph, _ = text.partition("\n\n")
    if paragraph or not is_cut:
        return same
    return f"{same.rpartition(' ')[0]} {ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a claim's history."""

    label: str
    at: Any
    decider_html: str


def history_of(claim: Claim) -> list[Change]:
    """The latest changes of its standing, oldest first; one query."""
    changes = (
        LabelChange.objects.filter(claim=claim)
        .select_related("decided_by__post__author")
        .only(
            "label", "at", "claim_id", "decided_by__relation",
            "decided_by__post__author__username", "decided_by__post__author__display_name",
        )
        .order_by("-at", "-id")[:HISTORY_SHOWN]
    )  # fmt: skip
    return [
        Change(
            change.label,
            change.at,
            wording.deciding_link(change.decided_by) if change.decided_by else "",
        )
        for change in reversed(changes)
    ]


def around(claim: Any, user: Any, shown: set[int]) -> dict[str, Any]:
    """All of a claim's page but its tree and its form; three queries.

    `shown` are the posts on the page: the one that decides is linked there, if it is.
    """
    strip = list(Claim.objects.neighbours(claim, user))
    balance = Claim.objects.with_signs(answers=False).only("pk").get(pk=claim.pk)
    decider = claim.decided_by_id
    return {
        "passage": passage_shown(claim),
        "verdict": wording.verdict_html(claim, f"#post-{decider}" if decider in shown else ""),
        "balance_html": balance_html(claim.label, read_signs(balance)),
        "history": history_of(claim),
        "strip": strip,
        "previous": max((c for c in strip if c.number < claim.number), key=_number, default=None),
        "next": min((c for c in strip if c.number > claim.number), key=_number, default=None),
    }


def _number(claim: Claim) -> int:
    return claim.number
