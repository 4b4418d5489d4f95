"""What every reader of an essay's version sees alike and is dear to make."""

from collections import Counter
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from essays.layout import Addresses, compose, headings
from essays.models import Essay, EssayTag, Revision
from forum.counterpoints.drawing import map_list_html
from forum.counterpoints.json_rows import JSONRows, rows
from forum.counterpoints.margin import claims_in_text, last_words_of, with_last_words
from forum.counterpoints.printed import notes_html
from forum.counterpoints.scores import Score, drawn
from forum.counterpoints.signs import signs_beside, signs_in
from forum.essay_card import card_path, labels_of
from forum.essay_claims import Showing, entry
from forum.essay_waiting import waiting_of
from forum.lib.fragments import Fragment
from forum.lib.languages import direction_of_text, present
from forum.lib.prepared_objects import PreparedObjects
from forum.related_essays import read_related, with_related

# An essay has a dozen.
MOST_TAGS = 100

# Where all are kept: no claim has this number.
NO_CLAIMS = [0]

_RAIL = Fragment("essays/_rail.html")


def version_shown(essay: Essay) -> str:
    """Changes with all that the fragments are made of."""
    return f"{essay.version}.{essay.related_versions}"  # type: ignore[attr-defined]


def fragments_of(essay: Essay) -> dict[str, Any]:
    """Kept under the version; in bytes what goes out as it is."""
    key = f"essay.{settings.RELEASE}.{present()}.{essay.pk}.{version_shown(essay)}"
    kept = caches["fragments"].get(key)
    if kept is None:
        with timezone.override(None):
            kept = _make_fragments(essay)
        caches["fragments"].set(key, kept)
    return kept


def _make_fragments(essay: Essay) -> dict[str, Any]:
    claims = _claims()(essay=essay.pk, revision=essay.current_revision_id)
    placed = [claim for claim in claims if claim.start is not None]
    showing = Showing(placed)
    revision = _text_and_company().first(
        essay=essay.pk, revision=essay.current_revision_id, claims=showing.new or NO_CLAIMS,
        now=timezone.now(),
    )  # fmt: skip
    told = showing.shown(signs_in(revision.signs))
    signs = {claim.pk: each.signs for claim, each in zip(placed, told, strict=True)}
    sections = headings(revision.blocks, revision.text)
    ways = [(address, words) for address, words, _ in sections]
    entries = [each.entry for each in told]
    text = compose(
        revision.blocks,
        [each.mark for each in told],
        Addresses(
            challenge=None if essay.retired_at is not None else partial(_challenge, essay.slug),
            permalink=reverse("revision", args=[essay.slug, revision.number]),
            revision=revision.number,
        ),
    )
    return {
        "text_html": text.encode(),
        "direction": direction_of_text(revision.text),
        "card": card_path(essay, labels_of(placed)),
        "tags": [{"name": name, "slug": slug} for name, slug in rows(revision.tags)],
        "score_html": _score_html(
            drawn(
                essay.title,
                placed,
                signs,
                sections,
                map_list_html(each.listed_html for each in told),
            )
        ),
        "printed_html": notes_html([each.printed_html for each in told]),
        "sections": ways,
        "claims": entries,
        "rail_html": _rail_html(ways, entries),
        "standings": Counter(claim.label for claim in claims),
        "claim_count": len(claims),
        "elsewhere": [
            entry(claim) | {"last": last_words_of(claim)} for claim in claims if claim.start is None
        ],
        "liveliest": _liveliest(claims),
        "waiting": waiting_of(placed),
        "related": read_related(revision.related),
    }


@cache
def _text_and_company() -> PreparedObjects:
    def build(essay: int, revision: int, claims: list[int], now: datetime) -> Any:
        tagged = EssayTag.objects.filter(content_object=essay).order_by("pk")[:MOST_TAGS]
        tags = JSONRows(tagged, name=F("tag__name"), slug=F("tag__slug"))
        texts = Revision.objects.only("blocks", "text", "number")
        texts = texts.annotate(tags=tags, signs=signs_beside(claims))
        return with_related(texts.filter(pk=revision), essay, now)

    return PreparedObjects(build)


@cache
def _claims() -> PreparedObjects:
    return PreparedObjects(
        lambda essay, revision: with_last_words(claims_in_text(essay, revision)).annotate(
            debated=F("thread__version")
        )
    )


def _challenge(slug: str, paragraph: int) -> str:
    return reverse("counterpoints:choose", args=[slug, paragraph])


def _score_html(score: Score) -> bytes:
    return render_to_string("counterpoints/_score.html", {"score": score}).encode()


def _rail_html(ways: list[tuple[str, str]], entries: list[dict[str, Any]]) -> str:
    says = ((one["number"], one["label"], one["url"]) for one in entries)
    return _RAIL.html({"sections": ways, "claims": entries}, (*ways, None, *says))


def _liveliest(claims: list[Any]) -> dict[str, Any] | None:
    most = max(claims, key=lambda claim: claim.counterpoint_count, default=None)
    return entry(most) if most is not None and most.counterpoint_count else None
