"""A claim beside its passage: what the margin of an essay says of it."""

from html import escape

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, FilteredRelation, Q

from essays.models import Essay
from forum.counterpoints.models import Claim, Relation, Standing
from forum.counterpoints.querysets import ClaimQuerySet
from forum.templatetags.look import RELATION_WORDS, STANDING_WORDS, icon


def claims_in_text(essay: Essay, revision_id: int) -> ClaimQuerySet:
    """The claims that every reader sees, in the order of the text, each with its place in it.

    `start` and `end` are None where the revision is older than the claim's passage.
    """
    here = Q(passage__places__revision=revision_id)
    return (
        Claim.objects.visible_to(AnonymousUser())
        .filter(essay=essay)
        .annotate(place=FilteredRelation("passage__places", condition=here))
        .annotate(start=F("place__start"), end=F("place__end"))
        .select_related("opening", "decided_by__post__author")
        .only(
            "number", "essay", "is_key", "label", "label_since", *Relation.values, "opening__text",
            "opening__status", "decided_by__relation", "decided_by__post__author__username",
            "decided_by__post__author__display_name",
        )
        .order_by(F("start").asc(nulls_last=True), "end", "number")
    )  # fmt: skip


def describe(claim: Claim) -> str:
    """What its sign in the text says aloud: "Claim 6: contested, 14 counterpoints"."""
    count = claim.counterpoint_count
    said = f"{count} counterpoint{'' if count == 1 else 's'}" if count else "no counterpoints"
    return f"Claim {claim.number}: {STANDING_WORDS[claim.label].lower()}, {said}"


def sign_html(label: str) -> str:
    return str(icon(label))


def note_html(claim: Claim) -> str:
    label, number = claim.label, claim.number
    return (
        f'<a class="note is-{label}" id="claim-{number}" href="{claim.get_absolute_url()}" '
        f'data-claim="{number}"><span><span class="standing is-{label}">{sign_html(label)}'
        f"{number} <span>{STANDING_WORDS[label]}</span></span>{_tally(claim)}</span>"
        f'<span class="statement" dir="auto">{escape(claim.statement)}</span>{_waiting(claim)}</a>'
    )


def _tally(claim: Claim) -> str:
    counts = {relation: getattr(claim, relation) for relation in Relation.values}
    if not any(counts.values()):
        return '<span class="meta">No counterpoint yet</span>'
    signs = "".join(
        f'<span class="is-{relation}">{icon(relation)}{count}'
        f'<span class="vh"> {RELATION_WORDS[relation].lower()}</span></span>'
        for relation, count in counts.items()
        if count
    )
    return f'<span class="tally">{signs}</span>'


def _waiting(claim: Claim) -> str:
    if claim.label != Standing.UNANSWERED or claim.decided_by is None:
        return ""
    name = escape(claim.decided_by.post.author.name)
    return f'<span class="more">Nobody has answered <bdi>{name}</bdi> {icon("right")}</span>'
