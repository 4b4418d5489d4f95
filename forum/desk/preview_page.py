"""A draft as the page that it will be: its text, with every claim where it will stand."""

from typing import Any

from django.http import HttpRequest

from essays.layout import Addresses, compose, headings
from essays.models import Draft, Revision
from forum.counterpoints.margin import claims_in_text
from forum.desk.impact import Impact, impact_of
from forum.essay_claims import entry, mark
from forum.lib.rendering import trusted


def context(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    essay, impact = draft.essay, impact_of(draft)
    current = essay.current_revision
    revision = Revision(
        essay=essay, number=current.number + 1 if current else 1, source=draft.source,
        note=draft.note, created_at=draft.saved_at,
    )  # fmt: skip
    revision.derive()
    placed = _placed(draft, impact)
    addresses = Addresses(challenge=None, permalink=request.path, revision=revision.number)
    text = compose(revision.blocks, [mark(claim) for claim in placed], addresses)
    sections = headings(revision.blocks, revision.text)
    return {
        "section": "essays",
        "essay": essay,
        "draft": draft,
        "revision": revision,
        "sections": [(address, words) for address, words, _ in sections],
        "claims": [entry(claim) for claim in placed],
        "lost": [each.claim for each in impact.claims if each.is_lost],
        "text_html": trusted(text),
    }


def _placed(draft: Draft, impact: Impact) -> list[Any]:
    """The claims as the margin shows them, each at its place in the draft."""
    if draft.essay.current_revision_id is None:
        return []
    places = {each.claim.pk: each.fate.outcome for each in impact.claims if not each.is_lost}
    found = [
        claim
        for claim in claims_in_text(draft.essay, draft.essay.current_revision_id)
        if claim.pk in places
    ]
    for claim in found:
        place = places[claim.pk]
        claim.start, claim.end, claim.state = place.start, place.end, place.state
    return sorted(found, key=lambda claim: (claim.start, claim.end, claim.number))
