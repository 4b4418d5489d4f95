"""The score of an essay as a page shows it: the picture, the list, and what was left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from essays.models import Essay
from forum.counterpoints import layout
from forum.counterpoints.drawing import map_list_html, score_html
from forum.counterpoints.signs import for_score
from forum.lib.nouns import counted
from forum.lib.rendering import trusted


@dataclass(frozen=True, slots=True)
class Score:
    svg_html: str
    list_html: str
    # What the picture does not show, in a sentence; empty where it shows all.
    rest: str


def score_of(
    essay: Essay, claims: Sequence[Any], sections: Iterable[tuple[str, str, int]] = ()
) -> Score:
    """The claims as `margin.claims_in_text` reads them, the sections as `headings`; one query."""
    return drawn(essay.title, claims, for_score(essay), sections)


def drawn(
    title: str,
    claims: Sequence[Any],
    signs: Mapping[int, Sequence[Any]],
    sections: Iterable[tuple[str, str, int]] = (),
) -> Score:
    """The same where the signs of each claim, by its pk, are known already."""
    picture = layout.score(claims, signs, [(start, words) for _, words, start in sections])
    left_out = picture.total - picture.drawn
    rest = ""
    if left_out:
        more = counted(left_out, "more claim,more claims")
        rest = _(
            "Drawn are the first %(drawn)s claims in the order of the text; the list has %(more)s."
        ) % {"drawn": picture.drawn, "more": more}
    return Score(
        svg_html=score_html(picture, title=title) if claims else trusted(""),
        list_html=map_list_html(claims, signs),
        rest=rest,
    )
