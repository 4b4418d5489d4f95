"""The score of an essay as a page shows it: the picture, the list, and what was left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forum.counterpoints import layout
from forum.counterpoints.drawing import score_html
from forum.lib.nouns import counted
from forum.lib.rendering import trusted


@dataclass(frozen=True, slots=True)
class Score:
    svg_html: str
    list_html: str
    # What the picture does not show, in a sentence; empty where it shows all.
    rest: str


def drawn(
    title: str,
    claims: Sequence[Any],
    signs: Mapping[int, Sequence[Any]],
    sections: Iterable[tuple[str, str, int]],
    list_html: str,
) -> Score:
    """Of the claims as `margin.claims_in_text` reads them, the signs of each by its pk, the
    sections as `headings`, and the list of the claims, which is made already."""
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
        list_html=list_html,
        rest=rest,
    )
