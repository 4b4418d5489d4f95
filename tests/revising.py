"""Essays that are revised: the words of a claim change, or go, or come back."""

from essays.actions import publish_revision
from essays.models import Essay, Place, PlaceState, Revision
from forum.counterpoints.models import Claim
from forum.counterpoints.reconsidering import tell_of_revision
from tests.factories import make_editor


def revise(
    essay: Essay, old: str, new: str, *, claim: Claim | None = None, tell=True, **fields
) -> Revision:
    """Put new words for the old, and tell of it. A claim that is named is then about the new ones,
    or about nothing, if there are none."""
    essay.refresh_from_db()
    before = essay.current_revision.source
    assert old in before
    fields.setdefault("by", make_editor())
    fields.setdefault("note", "")
    revision = publish_revision(essay=essay, source=before.replace(old, new), **fields)
    if claim is not None:
        set_place(claim, revision, new)
    if tell:
        tell_of_revision(revision=revision, now=fields.get("now"))
    essay.refresh_from_db()
    return revision


def set_place(claim: Claim, revision: Revision, words: str, *, reason: str = "") -> None:
    """As an editor settles it, or the rule of anchoring does where words are alike enough."""
    place = Place.objects.get(passage=claim.passage_id, revision=revision)
    place.state, place.start, place.end = PlaceState.ORPHANED, None, None
    place.reason = reason
    if words:
        place.start = revision.text.index(words)
        place.end = place.start + len(words)
        same = words == claim.passage.exact
        place.state = PlaceState.EXACT if same else PlaceState.CHANGED
    place.save()
