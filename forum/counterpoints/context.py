"""What the page of a claim shows around its tree."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.counterpoints import wording
from forum.counterpoints.drawing import balance_html
from forum.counterpoints.history import history_of
from forum.counterpoints.json_rows import rows
from forum.counterpoints.neighbours import strip_html, strip_of
from forum.counterpoints.querysets import CONTEXT
from forum.counterpoints.rewording import Wording, since_html, wordings_of, words_now
from forum.lib.rendering import trusted

ELLIPSIS = "…"

PLACE_WORDS = {
    "exact": _("as it was marked"),
    "moved": _("moved since"),
    "changed": _("changed since"),
    "orphaned": _("on an earlier version"),
}


@dataclass(frozen=True, slots=True)
class Lost:
    """The revision that no longer had the passage, and why as its editor said it, if at all."""

    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class PassageShown:
    """The words of a claim between what stands around them."""

    before: str
    words: str
    after: str
    url: str
    # The revision that these words stand in.
    revision: int
    state: str
    lost: Lost | None

    @property
    def is_current(self) -> bool:
        return self.lost is None


def passage_shown(claim: Any) -> PassageShown:
    """From a claim as `for_page` reads it: in today's text, or in the last that still had it."""
    ((revision, state, start, end, around, lost),) = rows(claim.seen)
    lead, length = min(start, CONTEXT), end - start
    gone = [Lost(*each) for each in rows(lost)]
    page = reverse("revision", args=[claim.essay.slug, revision])
    return PassageShown(
        _before(around[:lead], is_cut=lead == CONTEXT),
        around[lead : lead + length],
        _after(around[lead + length :][:CONTEXT], is_cut=len(around) - lead - length >= CONTEXT),
        f"{page if gone else claim.essay.get_absolute_url()}#p-{claim.number}",
        revision,
        str(PLACE_WORDS["orphaned" if gone else state]),
        gone[0] if gone else None,
    )


def edited_html(claim: Any) -> str:
    """How the passage was edited since it was marked, if it says something else now."""
    now = words_now(wordings_of(claim))
    if now.words == claim.passage.exact:
        return ""
    made = Wording(claim.passage.exact, claim.created_at, claim.passage.made_in.number)
    return trusted(
        since_html(made, now, written=gettext("When it was marked, in revision %(revision)s:"))
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


def around(claim: Any, shown: set[int]) -> dict[str, Any]:
    """All of a claim's page but its tree and its form; two queries.

    `shown` are the posts on the page: the one that decides is linked there, if it is.
    """
    strip, signs = strip_of(claim)
    decider = claim.decided_by_id
    before = [one for one in strip if one.number < claim.number]
    after = [one for one in strip if one.number > claim.number]
    return {
        "passage": passage_shown(claim),
        "edited_html": edited_html(claim),
        "verdict": wording.verdict_html(claim, f"#post-{decider}" if decider in shown else ""),
        "balance_html": balance_html(claim.label, signs),
        "history": history_of(claim),
        "strip_html": strip_html(strip, claim.pk),
        "previous": before[-1] if before else None,
        "next": after[0] if after else None,
    }
