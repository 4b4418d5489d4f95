"""The whole map as a list: what the picture shows and no less, for whoever cannot see it, and for
screens that are too narrow for it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.counterpoints import wording
from forum.counterpoints.drawing import map_item_html, map_list_html
from forum.counterpoints.map_layout import GLYPHS_DRAWN, Point, Told
from forum.counterpoints.map_parts import Part
from forum.counterpoints.map_reading import View
from forum.lib.ledger import ledger_sentence
from forum.lib.nouns import counted
from forum.lib.rendering import trusted
from forum.lib.small_letters import small
from forum.templatetags.look import icon, relation_word, standing_word


def list_html(view: View, page: str) -> str:
    """`page` is the map's address."""
    if view.parts:
        return trusted(
            f'<ol class="maplist">{"".join(_part(one, page) for one in view.parts)}</ol>'
        )
    if view.rows:
        return map_list_html(map_item_html(told.claim, told.points) for told in view.rows)
    items = "".join(_claim(told, page, is_nearest=view.claim is not None) for told in view.trees)
    return trusted(f'<ol class="maplist">{items}</ol>' if items else "")


def _part(part: Part, page: str) -> str:
    said = ledger_sentence(Counter(claim.label for claim in part.claims))
    words = _("Claim %(number)s, %(standing)s")
    strip = "".join(
        f'<li><a class="is-{claim.label}" href="/claims/{claim.pk}/">{icon(claim.label)}'
        f'<span class="vh">'
        f"{words % {'number': claim.number, 'standing': small(standing_word(claim.label))}}"
        "</span></a></li>"
        for claim in part.claims[:GLYPHS_DRAWN]
    )
    return (
        f'<li class="of-part"><a href="{page}?part={part.number}" dir="auto">{part.number}. '
        f'{escape(part.title)}</a><span class="meta">{counted(len(part.claims), "claim")}: '
        f'{escape(said)}</span><ol class="strip">{strip}</ol></li>'
    )


def _claim(told: Told, page: str, *, is_nearest: bool) -> str:
    claim = told.claim
    said = wording.standing_line(claim.label, claim.counterpoint_count)
    below = _points(told.points)
    if told.rest:
        url = f"/claims/{claim.pk}/" if is_nearest else f"{page}?claim={claim.number}"
        words = ngettext(
            'and %(number)s more<span class="vh"> counterpoint to claim %(claim)s</span>',
            'and %(number)s more<span class="vh"> counterpoints to claim %(claim)s</span>',
            told.rest,
        )
        words %= {"number": told.rest, "claim": claim.number}
        below += f'<p class="meta"><a href="{url}">{words}</a></p>'
    return (
        f'<li>{icon(claim.label, f"is-{claim.label}")}<a href="/claims/{claim.pk}/" dir="auto">'
        f"{claim.number}. {escape(claim.statement)}</a>"
        f'<span class="meta">{escape(said)}</span><div class="below">{below}</div></li>'
    )


def _points(points: Sequence[Point]) -> str:
    items = "".join(_items(points))
    return f'<ol class="branches">{items}</ol>' if items else ""


def _items(points: Iterable[Point]) -> Iterable[str]:
    for point in points:
        hollow = "" if point.survives else " answered"
        fate = _fate(point)
        waits = ""
        if point.waits:
            words = _("Nobody has answered this")
            waits = (
                f'<p class="row"><span class="rel slot s"></span><a '
                f'href="/counterpoints/{point.id}/answer/">{words}</a></p>'
            )
        yield (
            f'<li class="is-{point.relation}"><p><span class="rel is-{point.relation}{hollow} s">'
            f"{icon(point.relation)}</span>"
            f'<span class="meta"><b>{relation_word(point.relation)}</b> '
            f"<bdi>{escape(point.name)}</bdi> <span>{fate}</span></span>"
            f'<a href="/posts/{point.id}/" dir="auto">{escape(point.text)}</a></p>'
            f"{_points(point.answers)}{waits}</li>"
        )


def _fate(point: Point) -> str:
    if not point.survives:
        return _("Did not survive")
    return "" if point.waits else _("Survives")
