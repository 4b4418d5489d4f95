"""The pictures of claims as SVG: the places are layout's, the words are escaped here.

Plain strings rather than a template: a score has hundreds of marks.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from forum.counterpoints import layout, wording
from forum.counterpoints.layout import Column, Picture, Stave, Tile
from forum.counterpoints.tiles import defined_html, number, placed_html, tile_html
from forum.lib.languages import present
from forum.lib.newest import Newest
from forum.lib.rendering import trusted
from forum.lib.static import static

# Of claims as they are drawn, so many characters of each process's memory.
_columns: Newest[str] = Newest(4_000_000)


def score_html(picture: Picture, *, title: str) -> str:
    """The whole picture: each claim is a link."""
    words = _("Map of the claims of %(title)s, in the order of the essay") % {"title": title}
    label = escape(words)
    marks = defined_html(_tiles(picture)) + "".join(_stave(stave) for stave in picture.staves)
    return trusted(
        f'<svg class="pic" viewBox="0 0 {number(picture.width)} {number(picture.height)}" '
        f'role="group" aria-label="{label}">{marks}</svg>'
    )


def _tiles(picture: Picture) -> Iterator[Tile]:
    for stave in picture.staves:
        for column in stave.columns:
            yield from column.tiles


def balance_html(label: str, signs: Any) -> str:
    """How a claim stands between what speaks against it and what speaks for it."""
    icons = static("icons.svg")
    tiles = "".join(tile_html(tile, icons) for tile in layout.balance(signs))
    against, speaks_for = layout.sides_of(signs)[::-1]
    # The two face each other across the disc, so neither runs out of the picture.
    captions = _caption(against, objections(len(against)), 'x="110"', "lab end")
    captions += _caption(speaks_for, supports(len(speaks_for)), 'x="162"', "lab")
    ring = '<circle class="mark is-unanswered" cx="136" cy="36" r="20"/>'
    return trusted(
        f'<svg class="pic is-{label}" role="img" '
        f'viewBox="0 0 {number(layout.BALANCE_WIDTH)} {number(layout.BALANCE_HEIGHT)}" '
        f'aria-label="{escape(wording.balance_sentence(signs))}">'
        f'<path class="seg is-{label}" d="{segment(label, 0, layout.BALANCE_WIDTH, 36)}"/>'
        f'<circle class="bg" cx="136" cy="36" r="20"/>{ring if label == "unanswered" else ""}'
        f'<use class="is-{label}" href="{icons}#{label}" x="120" y="20" width="32" height="32"/>'
        f"{tiles}{captions}</svg>"
    )


def objections(total: int) -> str:
    if not total:
        return _("No objections")
    return ngettext("%(shown)s objection", "%(shown)s objections", total)


def supports(total: int) -> str:
    if not total:
        return _("No supports")
    return ngettext("%(shown)s support", "%(shown)s supports", total)


def _caption(side: list[Any], words: str, x: str, style: str) -> str:
    """What the picture shows of one side, on two lines."""
    alive, total = sum(sign.survives for sign in side), len(side)
    shown = f"{alive}"
    if alive != total:
        shown = _("%(alive)s of %(total)s") % {"alive": alive, "total": total}
    first = words % {"shown": shown}
    second = npgettext("of objections or supports", "survives", "survive", alive) if side else ""
    return (
        f'<text y="70" class="{style}"><tspan {x}>{first}</tspan>'
        f'<tspan {x} dy="15">{second}</tspan></text>'
    )


def _stave(stave: Stave) -> str:
    line = stave.line
    parts = [
        f'<path class="hair" d="M{number(start)} {number(stave.offset + 30)}H{number(end)}"/>'
        f'<text x="{number(start)}" y="{number(stave.offset + 22)}" class="lab">{escape(title)}'
        "</text>"
        for start, end, title in stave.sections
    ]
    for y, words, style in (
        (line - 51, _("Speaks for"), "b"),
        (line - 34, _("supports,"), "lab"),
        (line - 19, _("concedes"), "lab"),
        (line + 4, _("The essay"), "b"),
        (line + 38, _("Speaks against"), "b"),
        (line + 55, _("rebuts,"), "lab"),
        (line + 70, _("undercuts"), "lab"),
    ):
        parts.append(f'<text x="0" y="{number(y)}" class="{style}">{escape(words)}</text>')
    icons = static("icons.svg")
    parts += [_kept_column(column, stave, icons) for column in stave.columns]
    return "".join(parts)


def _kept_column(column: Column, stave: Stave, icons: str) -> str:
    """With each post on an essay its picture is drawn anew, and most claims look as before."""
    claim = column.claim
    key = (
        present(), icons, claim.pk, claim.number, claim.label, claim.statement,
        claim.counterpoint_count, column.x, column.width, column.top, column.bottom, column.asks,
        *column.tiles, *column.wires, None, *column.more, None, *column.lines,
        stave.offset, stave.line, stave.words, stave.height,
    )  # fmt: skip
    kept = _columns.get(key)
    if kept is None:
        kept = _column(column, stave, icons)
        _columns.put(key, kept, len(kept))
    return kept


def _column(column: Column, stave: Stave, icons: str) -> str:
    claim, x, line = column.claim, column.x, stave.line
    label = claim.label
    said = wording.standing_line(label, claim.counterpoint_count)
    digits = len(str(claim.number))
    start = x + 30 + 9 * digits + 11
    mark = f'<circle class="mark is-{label}" cx="{number(x + 13)}" cy="{number(line)}" r="18"/>'
    return (
        f'<a href="/claims/{claim.pk}/" aria-label="'
        f'{escape(f"{claim.number} {claim.statement} ({said})")}">'
        f'<rect class="hit" x="{number(x - 8)}" y="{number(stave.offset + 38)}" '
        f'width="{number(column.width - 6)}" height="{number(stave.height - 44)}"/>'
        f'<path class="wire" d="M{number(x + 13)} {number(column.top)}V{number(column.bottom)}"/>'
        f'<path class="seg is-{label}" d="{segment(label, start, x + column.width - 4, line)}"/>'
        f'<circle class="bg" cx="{number(x + 13)}" cy="{number(line)}" r="17"/>'
        f"{mark if label == 'unanswered' else ''}"
        f'<use class="is-{label}" href="{icons}#{label}" x="{number(x)}" '
        f'y="{number(line - 13)}" width="26" height="26"/>'
        f'<text x="{number(x + 33)}" y="{number(line + 5)}" class="b n">{claim.number}</text>'
        f"{_wires(column)}{''.join(map(placed_html, column.tiles))}"
        f"{_asides(column)}"
        f'<path class="hair" d="M{number(x + 13)} {number(stave.words - 28)}v12"/>'
        f"{_words(column, stave.words)}</a>"
    )


def _wires(column: Column) -> str:
    steps = "".join(f"M{number(x)} {number(y)}H{number(end)}" for x, end, y in column.wires)
    return f'<path class="wire" d="{steps}"/>' if steps else ""


def _asides(column: Column) -> str:
    said = [(*place, "lab", _("and more")) for place in column.more]
    if column.asks:
        said.append((*column.asks, "ask", _("answer?")))
    return "".join(
        f'<text x="{number(x)}" y="{number(y)}" class="{style}">{words}</text>'
        for x, y, style, words in said
    )


def _words(column: Column, y: float) -> str:
    x = number(column.x)
    spans = " ".join(
        f'<tspan x="{x}" dy="{layout.LINE_HEIGHT if place else 0}">{escape(line)}</tspan>'
        for place, line in enumerate(column.lines)
    )
    return f'<text x="{x}" y="{number(y)}" class="ser m">{spans}</text>'


def segment(label: str, start: float, end: float, y: float) -> str:
    """A claim's own line, as in the text: double, level bars, wavy; dots and dashes are CSS."""
    if end <= start:
        return f"M{number(start)} {number(y)}h0"
    if label == "unanswered":
        waves = "t6 0" * (int((end - start) // 6) - 1)
        return f"M{number(start)} {number(y)}q3-4 6 0{waves}"
    apart = {"contested": 3, "conceded": 6}.get(label, 0)
    return "".join(
        f"M{number(start)} {number(height)}H{number(end)}"
        for height in sorted({y - apart, y + apart})
    )


def signs_html(signs: Iterable[Any], said: str) -> str:
    """The signs of a claim in a row, each followed by the signs of its answers."""
    icons = static("icons.svg")
    row = []
    for sign in signs:
        row.append(_sign(sign, icons))
        row += [_sign(answer, icons) for answer in sign.answers]
        if sign.waits:
            row.append('<span class="rel slot s"></span>')
    return (
        f'<span class="vh">{escape(said)}</span>'
        f'<span class="signs" aria-hidden="true">{"".join(row)}</span>'
    )


def _sign(sign: Any, icons: str) -> str:
    hollow = "" if sign.survives else " answered"
    return (
        f'<span class="rel is-{sign.relation}{hollow} s"><svg class="i">'
        f'<use href="{icons}#{sign.relation}"/></svg></span>'
    )


def map_list_html(items: Iterable[str]) -> str:
    """The map as a list: every claim in text order."""
    listed = "".join(items)
    return trusted(f'<ol class="maplist">{listed}</ol>' if listed else "")


def map_item_html(claim: Any, signs: Iterable[Any]) -> str:
    """One claim of it, its signs nested in a row."""
    said = wording.standing_line(claim.label, claim.counterpoint_count)
    return (
        f'<li><svg class="i is-{claim.label}" aria-hidden="true">'
        f'<use href="{static("icons.svg")}#{claim.label}"/></svg>'
        f'<a href="/claims/{claim.pk}/" dir="auto">{claim.number}. {escape(claim.statement)}'
        f"</a>{signs_html(signs, said)}</li>"
    )
