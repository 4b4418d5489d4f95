"""What a draft does to each claim of its essay, before it is saved."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from essays.impact import Fate, fates
from essays.models import Draft, PlaceState
from forum.counterpoints.models import OBJECTIONS, Claim, Counterpoint
from forum.counterpoints.then_and_now import now_html, then_html
from forum.lib.rendering import RenderedEssay, render_essay
from forum.posts.statuses import PostStatus

# Of each claim, the strongest objections are offered to be accepted.
OBJECTIONS_OFFERED = 5
# The fates in the order in which an editor has to look at them.
ORDER = (PlaceState.ORPHANED, PlaceState.CHANGED, PlaceState.MOVED, PlaceState.EXACT)

Blocks = Sequence[dict[str, Any]]


@dataclass(slots=True)
class ClaimFate:
    claim: Any
    fate: Fate
    # The numbers of the paragraphs where its passage stands, and where it will.
    paragraph: int | None = None
    new_paragraph: int | None = None
    objections: list[Counterpoint] = field(default_factory=list)

    @property
    def state(self) -> str:
        return str(self.fate.outcome.state)

    @property
    def state_label(self) -> str:
        return str(PlaceState(self.state).label)

    @property
    def is_lost(self) -> bool:
        return self.state == PlaceState.ORPHANED

    @property
    def is_touched(self) -> bool:
        return self.state in {PlaceState.ORPHANED, PlaceState.CHANGED}

    @property
    def needs_reason(self) -> bool:
        """Somebody has answered words that the draft takes away."""
        return self.is_lost and not self.claim.is_frozen and self.claim.counterpoint_count > 0

    @property
    def then_html(self) -> str:
        return then_html(self.fate.was, self.fate.becomes)

    @property
    def now_html(self) -> str:
        return now_html(self.fate.was, self.fate.becomes)


@dataclass(slots=True)
class Impact:
    draft: Draft
    rendered: RenderedEssay
    claims: list[ClaimFate]

    @property
    def counts(self) -> list[tuple[str, int]]:
        counted = Counter(each.state for each in self.claims)
        return [(str(state.label), counted[state]) for state in ORDER if counted[state]]

    @property
    def to_confirm(self) -> list[ClaimFate]:
        return [each for each in self.claims if each.is_touched]

    @property
    def lost(self) -> list[ClaimFate]:
        return [each for each in self.claims if each.needs_reason]

    @property
    def offered(self) -> dict[int, Counterpoint]:
        return {answer.pk: answer for each in self.claims for answer in each.objections}


def impact_of(draft: Draft) -> Impact:
    """By the very code that publishing will use. Raises `Unrenderable` with a sentence."""
    rendered = render_essay(draft.source)
    current = draft.essay.current_revision
    found = {fate.passage.pk: fate for fate in fates(current, rendered.text, rendered.blocks)}
    claims = _claims(draft.essay_id) if found else []
    blocks = current.blocks if current is not None else []
    listed = [_fate(claim, found[claim.passage_id], blocks, rendered.blocks) for claim in claims]
    _add_objections([each for each in listed if each.is_touched])
    listed.sort(key=lambda each: (ORDER.index(PlaceState(each.state)), each.claim.number))
    return Impact(draft, rendered, listed)


def _fate(claim: Any, fate: Fate, before: Blocks, after: Blocks) -> ClaimFate:
    there, here = _paragraph(before, fate.start), _paragraph(after, fate.outcome.start)
    return ClaimFate(claim, fate, there, here)


def _paragraph(blocks: Blocks, start: int | None) -> int | None:
    if start is None:
        return None
    return next((block["number"] for block in blocks if start < block["end"]), None)


def _claims(essay_id: int) -> Sequence[Any]:
    """Those whose opening can be read: what was taken down is not argued about any more."""
    return list(
        Claim.objects.filter(essay=essay_id, opening__status=PostStatus.VISIBLE, merged_into=None)
        .select_related("opening", "essay", "thread")
        .order_by("number")
    )


def _add_objections(touched: Iterable[ClaimFate]) -> None:
    by_claim: dict[int, list[Counterpoint]] = defaultdict(list)
    for answer in (
        Counterpoint.objects.filter(
            claim__in=[each.claim.pk for each in touched], target=None, is_counted=True,
            relation__in=OBJECTIONS,
        )
        .select_related("post__author", "post__thread")
        .order_by("claim", "-effect", "pk")
    ):  # fmt: skip
        if len(by_claim[answer.claim_id]) < OBJECTIONS_OFFERED:
            by_claim[answer.claim_id].append(answer)
    for each in touched:
        each.objections = by_claim[each.claim.pk]
