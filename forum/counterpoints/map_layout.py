"""Where everything stands on the whole map: the text in miniature at the left, its claims beside
it, and rightwards what was said to each. Plain Python: numbers in, numbers out.

The more there is, the less is told of each: whole trees, then rows of signs, then parts of the
essay. What is not drawn is counted, and leads to where it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forum.counterpoints import miniature
from forum.counterpoints.map_parts import Part
from forum.counterpoints.miniature import Miniature
from forum.counterpoints.text_width import broken, width

WIDTH = 1320.0
# The claims; the counterpoints to them, the answers, the answers to answers.
CLAIM_X, CLAIM_ROOM = 176.0, 236.0
COLUMNS = (466.0, 762.0, 1058.0)
BOX_WIDTH = 252.0
TOP = 64.0
TILE, SMALL = 24.0, 15.0
# From box to box, from claim to claim.
ROW, APART = 66.0, 44.0
SHORT_ROW = 30.0
INDENT = 34.0
WORD_SIZE, WORD_LINES, WORD_HEIGHT = 14.5, 2, 16.0
CLAIM_SIZE, CLAIM_LINES, CLAIM_HEIGHT = 16.0, 5, 19.0
NAME_SIZE = 12.0
# Where the words of a claim that is one row end, and its signs begin.
STATEMENT_ROOM, SIGNS_X, SIGNS_END = 560.0, 800.0, 1216.0
ROW_LINES = 2
TITLE_ROOM = 620.0
GLYPH, GLYPH_STEP, GLYPHS_DRAWN = 20.0, 29.0, 36


@dataclass(frozen=True, slots=True)
class Point:
    """A counterpoint as the map tells it. `waits`: nobody has answered it."""

    id: int
    relation: str
    survives: bool
    waits: bool
    name: str
    text: str
    answers: Sequence["Point"] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with what the map says of it: `rest` counterpoints have no place on it."""

    claim: Any
    points: Sequence[Point] = ()
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A thing that can be pressed. `kind`: claim, point, slot, more, row, part; `of` is what."""

    kind: str
    of: Any
    x: float
    y: float
    width: float
    height: float
    lines: Sequence[str] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """A tile, or with a label a glyph that leads to its claim."""

    x: float
    y: float
    size: float
    relation: str = ""
    is_hollow: bool = False
    is_slot: bool = False
    claim: Any = None


@dataclass(slots=True)
class MapPicture:
    heads: Sequence[tuple[float, str]]
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    # From x over, or down to, a height and on to x.
    wires: list[tuple[float, float, float, float]] = field(default_factory=list)
    # Where a claim's wire ends, by its pk, and the label that it is drawn in, if any.
    ends: dict[Any, tuple[float, str]] = field(default_factory=dict)
    text: Miniature | None = None


def trees(told: Sequence[Told]) -> MapPicture:
    """Every claim with its tree."""
    made = MapPicture((
        (0, _("The essay")), (CLAIM_X, _("Its claims")), (COLUMNS[0], _("Counterpoints")),
        (COLUMNS[1], _("Answers")), (COLUMNS[2], _("Answers to answers")),
    ))  # fmt: skip
    y = TOP
    for one in told:
        y = _tree(made, one, y) + APART
    made.height = y
    return made


def _tree(made: MapPicture, told: Told, y: float) -> float:
    claim = told.claim
    lines = broken(claim.statement, CLAIM_ROOM, CLAIM_SIZE, CLAIM_LINES)
    height = 34 + CLAIM_HEIGHT * len(lines)
    made.boxes.append(Box("claim", claim, CLAIM_X, y, CLAIM_ROOM + 10, height, lines))
    made.ends[claim.pk] = (y + TILE / 2, claim.label)
    end = _children(made, told.points, 0, y, _end_of_head(claim))
    if told.rest:
        made.boxes.append(Box("more", told, COLUMNS[0], end, BOX_WIDTH, SHORT_ROW))
        end += SHORT_ROW
    elif not told.points:
        made.boxes.append(Box("none", claim, COLUMNS[0], y, BOX_WIDTH, SHORT_ROW))
    return max(y + height, end)


def _end_of_head(claim: Any) -> float:
    """Behind its number and its standing."""
    return max(CLAIM_X + INDENT + 18 + width(f"{claim.number} {claim.label}", 14), 342)


def _children(
    made: MapPicture, points: Sequence[Point], column: int, y: float, start: float
) -> float:
    """Below each other, from this height on; gives where the next may stand."""
    x = COLUMNS[column]
    for place, point in enumerate(points):
        # The first goes straight on; the others branch off the trunk.
        middle = y + TILE / 2
        if not place:
            first = middle
        made.wires.append((start if not place else x - TILE, first, middle, x))
        lines = broken(point.text, BOX_WIDTH - INDENT, WORD_SIZE, WORD_LINES)
        name = "".join(broken(point.name, BOX_WIDTH - INDENT, NAME_SIZE, 1))
        made.boxes.append(Box("point", point, x, y, BOX_WIDTH, ROW - 4, lines, name))
        bottom = y + ROW
        if column + 1 < len(COLUMNS):
            after = x + BOX_WIDTH + 6
            end = _children(made, point.answers, column + 1, y, after)
            if point.waits:
                end = _slot(made, point, column + 1, (after, middle), end)
            bottom = max(bottom, end)
        y = bottom
    return y


def _slot(
    made: MapPicture, point: Point, column: int, start: tuple[float, float], y: float
) -> float:
    """The empty place of an answer, below what was said otherwise."""
    x, middle = COLUMNS[column], y + TILE / 2
    straight = middle == start[1]
    made.wires.append((start[0] if straight else x - TILE, start[1], middle, x))
    made.boxes.append(Box("slot", point, x, y, BOX_WIDTH, SHORT_ROW))
    return y + SHORT_ROW


def rows(told: Sequence[Told], left_out: int) -> MapPicture:
    """Every claim in a row, its counterpoints as signs; what is left out is counted below."""
    made = MapPicture(
        ((0, _("The essay")), (CLAIM_X, _("Its claims")), (SIGNS_X, _("Counterpoints")))
    )
    y = TOP
    for one in told:
        claim = one.claim
        lines = broken(claim.statement, STATEMENT_ROOM, CLAIM_SIZE, ROW_LINES)
        height = 30 + CLAIM_HEIGHT * max(len(lines), 1)
        made.boxes.append(Box("claim", claim, CLAIM_X, y, STATEMENT_ROOM + 10, height, lines))
        made.ends[claim.pk] = (y + TILE / 2, claim.label)
        drawn = _row_of_signs(made, one.points, y)
        rest = claim.counterpoint_count - drawn
        if rest > 0:
            made.boxes.append(
                Box("more", Told(claim, (), rest), SIGNS_END, y, WIDTH - SIGNS_END, TILE)
            )
        y += height + 16
    if left_out:
        made.boxes.append(Box("claims", left_out, CLAIM_X, y, STATEMENT_ROOM, SHORT_ROW))
        y += SHORT_ROW + 16
    made.height = y
    return made


def _row_of_signs(made: MapPicture, points: Sequence[Point], y: float) -> int:
    x, drawn = SIGNS_X, 0
    for point in points:
        smalls = len(point.answers) + point.waits
        if x + TILE + smalls * (SMALL + 6) > SIGNS_END - 12:
            break
        made.signs.append(Sign(x, y, TILE, point.relation, is_hollow=not point.survives))
        x += TILE
        for answer in point.answers:
            made.wires.append((x, y + TILE / 2, y + TILE / 2, x + 6))
            small = y + (TILE - SMALL) / 2
            made.signs.append(Sign(x + 6, small, SMALL, answer.relation, not answer.survives))
            x += SMALL + 6
        if point.waits:
            made.wires.append((x, y + TILE / 2, y + TILE / 2, x + 6))
            made.signs.append(Sign(x + 6, y + (TILE - SMALL) / 2, SMALL, is_slot=True))
            x += SMALL + 6
        x += 12
        drawn += 1 + len(point.answers)
    return drawn


def parts(some: Sequence[Part]) -> MapPicture:
    """Every part of the essay with the standings of its claims."""
    made = MapPicture(((0, _("The essay")), (CLAIM_X, _("Its parts, and the claims in each"))))
    y = TOP
    for part in some:
        lines = broken(part.title, TITLE_ROOM, CLAIM_SIZE, 2)
        # The signs are links of their own: they stand beside the box, in none.
        height = 12 + CLAIM_HEIGHT * len(lines)
        made.boxes.append(Box("part", part, CLAIM_X, y, TITLE_ROOM + 10, height, lines))
        signs = y + height + 8
        drawn = part.claims[:GLYPHS_DRAWN]
        for place, claim in enumerate(drawn):
            x = CLAIM_X + place * GLYPH_STEP
            made.signs.append(Sign(x, signs, GLYPH, claim=claim))
        # One wire shows where it begins; one for each claim would be a tangle.
        made.ends[part.claims[0].pk] = (y + 12, "")
        y = signs + 48 + 24
    made.height = y
    return made


def with_text(
    made: MapPicture,
    blocks: Sequence[Mapping[str, Any]],
    claims: Sequence[Any],
    span: tuple[int, int],
) -> MapPicture:
    """The same with the text beside it: as high as the rest, or as a short text is."""
    made.text = miniature.miniature(blocks, claims, span, max(made.height - TOP - APART, 240))
    made.height = max(made.height, TOP + made.text.height + APART)
    return made


def all_points(told: Sequence[Told]) -> Iterator[Point]:
    def below(points: Sequence[Point]) -> Iterator[Point]:
        for point in points:
            yield point
            yield from below(point.answers)

    for one in told:
        yield from below(one.points)
