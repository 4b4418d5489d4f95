"""The score of an essay without its words, small enough to stand beneath a title."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from forum.counterpoints.drawing import segment
from forum.counterpoints.layout import Tile, sides_of
from forum.counterpoints.tiles import number, tile_html
from forum.lib.ledger import ledger_sentence
from forum.lib.nouns import counted
from forum.lib.rendering import trusted
from forum.lib.static import static

WIDTH = 720.0
# Narrower, and a bar has no room for the answers beside its signs.
BARS = 12
WIDEST_BAR = 180.0
ROWS = 3
DISC, TILE, SMALL = 20.0, 18.0, 10.0
STEP, SMALL_STEP = 22.0, 13.0


def opening_bars_html(
    labelled: Sequence[tuple[int, str]], signs: Mapping[int, Sequence[Any]]
) -> str:
    """Of the claims in the order of the text, each its key and its standing."""
    drawn = labelled[:BARS]
    if not drawn:
        return trusted("")
    width = min(WIDTH / len(drawn), WIDEST_BAR)
    sides = [sides_of(signs.get(pk, ())) for pk, _ in drawn]
    above = max(1, *(min(len(side), ROWS) for side, _ in sides))
    below = max(1, *(min(len(side), ROWS) for _, side in sides))
    line = 14 + STEP * above
    bars = "".join(
        _bar(label, width * place, width, line, side)
        for place, ((_, label), side) in enumerate(zip(drawn, sides, strict=True))
    )
    return trusted(
        f'<svg class="pic" viewBox="0 0 {number(WIDTH)} {number(line + 14 + STEP * below)}" '
        f'role="img" aria-label="{escape(_said(labelled))}">{bars}</svg>'
    )


def _said(labelled: Sequence[tuple[int, str]]) -> str:
    counts = Counter(label for _, label in labelled)
    return _("Its %(claims)s in order: %(ledger_sentence)s") % {
        "claims": counted(len(labelled), "claim"),
        "ledger_sentence": ledger_sentence(counts),
    }


def _bar(
    label: str, x: float, width: float, line: float, sides: tuple[list[Any], list[Any]]
) -> str:
    icons = static("icons.svg")
    middle = number(x + DISC / 2)
    disc = f'<circle class="bg" cx="{middle}" cy="{number(line)}" r="13"/>'
    if label == "unanswered":
        disc += f'<circle class="mark is-{label}" cx="{middle}" cy="{number(line)}" r="13"/>'
    rows = ""
    for side, first, step in ((sides[0], line - 33, -STEP), (sides[1], line + 15, STEP)):
        for place, sign in enumerate(side[:ROWS]):
            rows += _row(sign, x + 1, first + step * place, width, icons)
    return (
        f'<path class="seg is-{label}" d="{segment(label, x + 25, x + width - 2, line)}"/>{disc}'
        f'<use class="is-{label}" href="{icons}#{label}" x="{number(x)}" '
        f'y="{number(line - DISC / 2)}" width="{number(DISC)}" height="{number(DISC)}"/>{rows}'
    )


def _row(sign: Any, x: float, y: float, width: float, icons: str) -> str:
    """A counterpoint to the claim, and after it what answers it."""
    tiles = [Tile(x, y, TILE, sign.relation, is_hollow=not sign.survives)]
    room = int((width - TILE - 8) // SMALL_STEP) - sign.waits
    x += TILE + 3
    for answer in sign.answers[: max(room, 0)]:
        tiles.append(Tile(x, y + 4, SMALL, answer.relation, is_hollow=not answer.survives))
        x += SMALL_STEP
    if sign.waits:
        tiles.append(Tile(x, y + 4, SMALL, is_slot=True))
    return "".join(tile_html(tile, icons) for tile in tiles)
