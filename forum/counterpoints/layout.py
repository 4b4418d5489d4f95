"""Where everything stands in the pictures of claims. Plain Python: numbers in, numbers out.

The *score* reads like music: the essay is the line, what speaks for a claim stands above it, what
speaks against it below, and small signs beside each are the answers to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from django.utils.translation import gettext as _

from forum.counterpoints.standing import ATTACKS
from forum.counterpoints.text_width import broken

WIDTH = 1280.0
# The words at the left; the claims begin in line with the essay's text above them.
TEXT_EDGE = 232.0
# So many claims stand on one line without their words growing too narrow.
CLAIMS_A_STAVE = 9
WIDEST_COLUMN = 262.0
# Above that nobody reads a picture; the list beneath has them all.
CLAIMS_DRAWN = 30

TILE, SMALL = 24.0, 15.0
STEP, SMALL_STEP = 31.0, 21.0
ROWS_DRAWN = 3
WORD_SIZE, LINE_HEIGHT, LINES = 14.5, 16.5, 7
LABEL_SIZE = 12.0
# What "answer?" takes up beside its slot.
ASK_WIDTH = 60.0


@dataclass(frozen=True, slots=True)
class Tile:
    x: float
    y: float
    size: float
    relation: str = ""
    is_hollow: bool = False
    is_slot: bool = False


@dataclass(slots=True)
class Column:
    """One claim of the score: its bar on the line, and what stands above and below it."""

    claim: Any
    x: float
    width: float
    tiles: list[Tile] = field(default_factory=list)
    # Pairs of x, at a height: the wires between a sign and the answers to it.
    wires: list[tuple[float, float, float]] = field(default_factory=list)
    top: float = 0
    bottom: float = 0
    asks: tuple[float, float] | None = None
    more: list[tuple[float, float]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Stave:
    """One line of the score, as wide as the page."""

    columns: list[Column]
    sections: list[tuple[float, float, str]]
    offset: float
    line: float
    words: float
    height: float


@dataclass(slots=True)
class Picture:
    staves: list[Stave]
    width: float
    height: float
    total: int
    drawn: int


def score(
    claims: Sequence[Any],
    counterpoints: Mapping[int, Sequence[Any]],
    sections: Sequence[tuple[int, str]] = (),
) -> Picture:
    """The score of an essay.

    The claims come in text order, each with pk, number, label, statement and `start`; the
    counterpoints are signs by the claim's pk, strongest first; a section is its place and title.
    """
    drawn = list(islice(claims, CLAIMS_DRAWN))
    staves: list[Stave] = []
    offset = 0.0
    for some in _shared_out(drawn):
        stave = _stave(some, counterpoints, sections, offset)
        staves.append(stave)
        offset += stave.height
    return Picture(staves, WIDTH, offset, total=len(claims), drawn=len(drawn))


def _shared_out(claims: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """On as few lines as they fit, about equally many on each."""
    staves = -(-len(claims) // CLAIMS_A_STAVE)
    size = -(-len(claims) // staves) if staves else 1
    return [claims[start : start + size] for start in range(0, len(claims), size)]


def _stave(
    claims: Sequence[Any],
    counterpoints: Mapping[int, Sequence[Any]],
    sections: Sequence[tuple[int, str]],
    offset: float,
) -> Stave:
    width = min((WIDTH - TEXT_EDGE) / len(claims), WIDEST_COLUMN)
    sides = [sides_of(counterpoints.get(claim.pk, ())) for claim in claims]
    above = max(1, *(min(len(speaks_for), ROWS_DRAWN) for speaks_for, _ in sides))
    below = max(1, *(min(len(against), ROWS_DRAWN) for _, against in sides))
    line = offset + 80 + STEP * above
    words = line + 58 + STEP * below
    columns = [
        _column(claim, TEXT_EDGE + width * place, width, line, side)
        for place, (claim, side) in enumerate(zip(claims, sides, strict=True))
    ]
    longest = max(len(column.lines) for column in columns)
    return Stave(
        columns,
        _section_lines(columns, sections),
        offset,
        line,
        words,
        words - offset + LINE_HEIGHT * longest + 8,
    )


def sides_of(signs: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    return (
        [sign for sign in signs if sign.relation not in ATTACKS],
        [sign for sign in signs if sign.relation in ATTACKS],
    )


def _column(
    claim: Any, x: float, width: float, line: float, sides: tuple[list[Any], list[Any]]
) -> Column:
    column = Column(claim, x, width, top=line, bottom=line)
    column.lines = broken(claim.statement, width - 18, WORD_SIZE, LINES)
    for side, first, step in ((sides[0], line - 41, -STEP), (sides[1], line + 20, STEP)):
        for place, sign in enumerate(side[:ROWS_DRAWN]):
            _row(column, sign, first + step * place)
        if side:
            last = first + step * (min(len(side), ROWS_DRAWN) - 1)
            column.top = min(column.top, last)
            column.bottom = max(column.bottom, last - 4)
        if len(side) > ROWS_DRAWN:
            column.more.append((x + 1, last - 6 if step < 0 else last + TILE + 13))
    return column


def _row(column: Column, sign: Any, y: float) -> None:
    """A counterpoint to the claim, with as many of the answers to it as there is room for."""
    column.tiles.append(Tile(column.x + 1, y, TILE, sign.relation, is_hollow=not sign.survives))
    x, middle, small = column.x + 1 + TILE, y + TILE / 2, y + (TILE - SMALL) / 2
    room = int((column.width - TILE - 8 - (ASK_WIDTH if sign.waits else 0)) // SMALL_STEP)
    for answer in sign.answers[: max(room, 0)]:
        column.wires.append((x, x + 6, middle))
        column.tiles.append(
            Tile(x + 6, small, SMALL, answer.relation, is_hollow=not answer.survives)
        )
        x += SMALL_STEP
    if sign.waits:
        column.wires.append((x, x + 6, middle))
        column.tiles.append(Tile(x + 6, small, SMALL, is_slot=True))
        column.asks = (x + SMALL_STEP + 5, middle + 4)


def _section_lines(
    columns: Sequence[Column], sections: Sequence[tuple[int, str]]
) -> list[tuple[float, float, str]]:
    found = []
    for title, together in groupby(columns, key=lambda column: _section_of(column, sections)):
        group = list(together)
        start, end = group[0].x, group[-1].x + group[-1].width - 18
        if title:
            short = broken(title, end - start, LABEL_SIZE, 1)
            found.append((start, end, short[0] if short else ""))
    return found


def _section_of(column: Column, sections: Sequence[tuple[int, str]]) -> str:
    if column.claim.start is None:
        return _("No longer in the text")
    titles = [title for place, title in sections if place <= column.claim.start]
    return titles[-1] if titles else ""


# The balance of one claim: against it to the left, for it to the right, strongest innermost.
BALANCE_WIDTH, BALANCE_HEIGHT = 272.0, 92.0
BALANCE_TILE, BALANCE_STEP, BALANCE_DRAWN = 28.0, 34.0, 3


def balance(signs: Sequence[Any]) -> list[Tile]:
    speaks_for, against = sides_of(signs)
    tiles = [
        Tile(82 - BALANCE_STEP * place, 22, BALANCE_TILE, sign.relation, not sign.survives)
        for place, sign in enumerate(against[:BALANCE_DRAWN])
    ]
    tiles += [
        Tile(162 + BALANCE_STEP * place, 22, BALANCE_TILE, sign.relation, not sign.survives)
        for place, sign in enumerate(speaks_for[:BALANCE_DRAWN])
    ]
    return tiles
