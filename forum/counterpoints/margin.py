"""A claim beside its passage: what the margin of an essay says of it."""

from dataclasses import dataclass
from html import escape
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, FilteredRelation, Q, TextField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from essays.models import Essay, PlaceState
from forum.counterpoints.json_rows import rows
from forum.counterpoints.models import Claim, Relation, Standing
from forum.counterpoints.querysets import ClaimQuerySet, last_seen, words_there
from forum.lib.small_letters import small
from forum.templatetags.look import icon, relation_word, standing_word


def claims_in_text(essay: Essay | int, revision_id: int) -> ClaimQuerySet:
    """The claims that every reader sees, in the order of the text, each with its place in it.

    `start` and `end` are None where the revision is older than the claim's passage.
    """
    here = Q(passage__places__revision=revision_id)
    return (
        Claim.objects.visible_to(AnonymousUser())
        .filter(essay=essay)
        .annotate(place=FilteredRelation("passage__places", condition=here))
        .annotate(start=F("place__start"), end=F("place__end"), state=F("place__state"))
        .select_related("opening", "decided_by__post__author")
        .only(
            "number", "essay", "is_key", "label", "label_since", "divided", *Relation.values,
            "opening__text", "opening__status", "decided_by__relation",
            "decided_by__post__author__username", "decided_by__post__author__display_name",
        )
        .order_by(F("start").asc(nulls_last=True), "end", "number")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LastWords:
    """Of a passage that is in the text no more: what it said, and where that can be read."""

    revision: int
    words: str
    # The revision that had it no longer, and why as its editor said it, if at all.
    lost: int | None
    reason: str


def with_last_words(claims: ClaimQuerySet) -> ClaimQuerySet:
    """For `last_words_of` those of claims_in_text that have no place in it; in the same query."""
    words = Case(
        When(state=PlaceState.CHANGED, then=words_there()),
        default=F("passage__exact"),
        output_field=TextField(),
    )
    last = When(start__isnull=True, then=last_seen(words=words))
    return claims.annotate(last=Case(last, default=Value(""), output_field=TextField()))


def last_words_of(claim: Any) -> LastWords | None:
    for revision, words, lost in rows(claim.last):
        number, reason = next(iter(rows(lost)), (None, ""))
        return LastWords(revision, words, number, reason)
    return None


def describe(claim: Claim) -> str:
    """What its sign in the text says aloud: "Claim 6: contested, 14 counterpoints"."""
    count = claim.counterpoint_count
    said = ngettext(
        "Claim %(number)s: %(standing)s, %(count)s counterpoint",
        "Claim %(number)s: %(standing)s, %(count)s counterpoints",
        count,
    )
    return said % {
        "number": claim.number,
        "standing": small(standing_word(claim.label)),
        "count": count or pgettext("number", "no"),
    }


def sign_html(label: str) -> str:
    return str(icon(label))


def note_html(claim: Any) -> str:
    label, number = claim.label, claim.number
    return (
        f'<a class="note is-{label}" id="claim-{number}" href="{claim.get_absolute_url()}" '
        f'data-claim="{number}"><span><span class="standing is-{label}">{sign_html(label)}'
        f"{number} <span>{standing_word(label)}</span></span>{_tally(claim)}</span>"
        f'<span class="statement" dir="auto">{escape(claim.statement)}</span>{_edited(claim)}'
        f"{_waiting(claim)}</a>"
    )


def _edited(claim: Any) -> str:
    """It was marked, and mostly answered, when the passage said something else."""
    if claim.state != PlaceState.CHANGED:
        return ""
    words = _("Passage edited since")
    return f'<span><span class="badge">{icon("changed")}{words}</span></span>'


def _tally(claim: Claim) -> str:
    counts = {relation: getattr(claim, relation) for relation in Relation.values}
    if not any(counts.values()):
        words = _("No counterpoint yet")
        return f'<span class="meta">{words}</span>'
    signs = "".join(
        f'<span class="is-{relation}">{icon(relation)}{count}'
        f'<span class="vh"> {small(relation_word(relation))}</span></span>'
        for relation, count in counts.items()
        if count
    )
    return f'<span class="tally">{signs}</span>'


def _waiting(claim: Claim) -> str:
    if claim.label != Standing.UNANSWERED or claim.decided_by is None:
        return ""
    name = escape(claim.decided_by.post.author.name)
    words = _("Nobody has answered %(name)s") % {"name": f"<bdi>{name}</bdi>"}
    return f'<span class="more">{words} {icon("right")}</span>'
