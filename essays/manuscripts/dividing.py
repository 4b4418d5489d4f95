"""Blocks of Markdown divided into essays, by headings of the first rank or by front matter."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from django.utils.translation import gettext_noop

from essays.manuscripts.front_matter import FrontMatter
from essays.manuscripts.notes import allotted
from essays.manuscripts.pieces import Block, Doubt, Note, Piece, check_count, grouped
from essays.manuscripts.titles import proposed, same_words

DIVIDED = gettext_noop("The text was divided at its headings of the first rank.")
NOTHING_BELOW = gettext_noop(
    "It has no text below it: it may be the title of the whole, so it is not taken."
)
FIRST_HEADING = gettext_noop("Its first heading was taken as its title.")
TWICE = gettext_noop("The title stands above the text too: it is taken once.")


@dataclass(slots=True)
class Part:
    """A block, and if it is a heading, its rank and words."""

    block: Block
    rank: int = 0
    words: str = ""


def divided(
    parts: Sequence[Part], notes: Sequence[Note], doubts: Sequence[Doubt],
    front: FrontMatter | None = None, file: str = "",
) -> list[Piece]:  # fmt: skip
    front = front or FrontMatter()
    pieces = _pieces(list(parts), front)
    for piece in pieces:
        piece.file = file
        piece.author, piece.date, piece.tags = front.author, front.date, list(front.tags)
        # Its own, to be renamed and moved with its paragraphs.
        piece.notes = [replace(note) for note in allotted(piece.blocks, notes)]
    pieces[0].summary, pieces[0].slug = front.summary, front.slug
    _allot_idle_notes(pieces, notes)
    allot(pieces, [*front.doubts, *doubts])
    return pieces


def _pieces(parts: list[Part], front: FrontMatter) -> list[Piece]:
    if front.title:
        return [_titled_before(parts, front.title)]
    tops = [place for place, part in enumerate(parts) if part.rank == 1]
    if not tops:
        return [_without_top(parts)]
    check_count(len(tops))
    pieces = [_below(parts[place:end]) for place, end in zip(tops, [*tops[1:], None], strict=True)]
    if tops[0] > 0:
        pieces.insert(0, _untitled(parts[: tops[0]]))
    if len(pieces) > 1:
        pieces[0].doubts.append(Doubt(DIVIDED))
    return pieces


def _titled_before(parts: list[Part], title: str) -> Piece:
    piece = Piece(title=title, blocks=_blocks(parts))
    if parts and parts[0].rank and same_words(parts[0].words, title):
        piece.heading = piece.blocks.pop(0)
        piece.doubts.append(Doubt(TWICE, piece.heading.first))
    return piece


def _below(parts: list[Part]) -> Piece:
    piece = Piece(title=parts[0].words, heading=parts[0].block, blocks=_blocks(parts[1:]))
    if not piece.blocks:
        piece.is_taken = False
        piece.doubts.append(Doubt(NOTHING_BELOW, parts[0].block.first))
    return piece


def _without_top(parts: list[Part]) -> Piece:
    first, others = parts[0], parts[1:]
    if first.rank and others and not any(0 < part.rank <= first.rank for part in others):
        piece = _below(parts)
        piece.doubts.append(Doubt(FIRST_HEADING, first.block.first))
        return piece
    return _untitled(parts)


def _untitled(parts: list[Part]) -> Piece:
    words = next((part.words for part in parts if part.words), "")
    return Piece(title=proposed(words), is_titled=False, blocks=_blocks(parts))


def _blocks(parts: list[Part]) -> list[Block]:
    return [part.block for part in parts]


def _allot_idle_notes(pieces: list[Piece], notes: Sequence[Note]) -> None:
    """What nothing refers to stays with the essay among whose lines it stands."""
    taken = {note.label for piece in pieces for note in piece.notes}
    starts = _starts(pieces)
    for note in notes:
        if note.label not in taken:
            pieces[_place(starts, note.line)].notes.append(note)


def allot(pieces: Sequence[Piece], doubts: Sequence[Doubt]) -> None:
    """Give each essay the doubts about its own lines."""
    starts = _starts(pieces)
    for doubt in doubts:
        pieces[_place(starts, doubt.line)].doubts.append(doubt)
    for piece in pieces:
        piece.doubts = grouped(piece.doubts)


def _starts(pieces: Sequence[Piece]) -> list[int]:
    return list(accumulate((piece.lines[0] for piece in pieces), max))


def _place(starts: Sequence[int], line: int) -> int:
    return max(bisect_right(starts, line) - 1, 0)
