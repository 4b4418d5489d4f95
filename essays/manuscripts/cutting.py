"""Corrections of a cut. Each keeps every paragraph: they only change whose it is."""

from essays.manuscripts.notes import hand_over
from essays.manuscripts.pieces import Block, Piece
from essays.manuscripts.titles import LONGEST_TITLE, proposed
from essays.manuscripts.words import words_of

Pieces = list[Piece]


def can_join(pieces: Pieces, at: int) -> bool:
    """With the essay before it: not with one of another file."""
    return 0 < at < len(pieces) and pieces[at].file == pieces[at - 1].file


def can_cut_later(pieces: Pieces, at: int) -> bool:
    return can_join(pieces, at) and len(pieces[at].blocks) > 1


def can_cut_earlier(pieces: Pieces, at: int) -> bool:
    return can_join(pieces, at) and len(pieces[at - 1].blocks) > 1


def can_begin(pieces: Pieces, at: int, block: int) -> bool:
    return 0 <= at < len(pieces) and 0 < block < len(pieces[at].blocks)


def join(pieces: Pieces, at: int) -> None:
    """Make one essay of this and the one before. Its title becomes a paragraph again."""
    before, after = pieces[at - 1], pieces[at]
    going, after.blocks = after.blocks, []
    hand_over(going, after, before)
    # What no paragraph refers to comes along.
    before.notes += after.notes
    if after.heading is not None:
        going.append(after.heading)
    # By their lines: a paragraph may have been moved past the title before.
    before.blocks = sorted(before.blocks + going, key=_first)
    before.asides = sorted(before.asides + after.asides, key=_first)
    before.tags = list(dict.fromkeys([*before.tags, *after.tags]))
    title = after.heading.first if after.heading else 0
    before.doubts += [doubt for doubt in after.doubts if doubt.line != title]
    before.is_taken = before.is_taken or after.is_taken
    del pieces[at]


def _first(block: Block) -> int:
    return block.first


def cut_later(pieces: Pieces, at: int) -> None:
    """Give the first paragraph of this essay to the one before."""
    before, after = pieces[at - 1], pieces[at]
    block = after.blocks.pop(0)
    before.blocks.append(block)
    hand_over([block], after, before)
    _part_doubts(before, after)


def cut_earlier(pieces: Pieces, at: int) -> None:
    """Give the last paragraph of the essay before to this one."""
    before, after = pieces[at - 1], pieces[at]
    block = before.blocks.pop()
    after.blocks.insert(0, block)
    hand_over([block], before, after)
    _part_doubts(before, after)


def begin(pieces: Pieces, at: int, block: int) -> None:
    """Let an essay begin with this paragraph; one that may be a title is its title."""
    before = pieces[at]
    going = before.blocks[block:]
    del before.blocks[block:]
    after = Piece(title="", blocks=going, file=before.file, author=before.author, date=before.date)
    words = words_of(going[0].source)
    if len(going) > 1 and len(words) <= LONGEST_TITLE and not words.endswith("."):
        after.title, after.heading = words, after.blocks.pop(0)
    else:
        after.title, after.is_titled = proposed(words), False
    hand_over(after.blocks, before, after)
    _move_asides(before, after)
    pieces.insert(at + 1, after)
    _part_doubts(before, after)


def _move_asides(before: Piece, after: Piece) -> None:
    """The tags stand below the last paragraph, and go with it."""
    first = after.lines[0]
    after.asides = [aside for aside in before.asides if aside.first > first]
    before.asides = [aside for aside in before.asides if aside.first <= first]
    if after.asides:
        before.tags, after.tags = [], before.tags


def _part_doubts(before: Piece, after: Piece) -> None:
    """A doubt goes with the lines that it is about."""
    for giver, taker in ((before, after), (after, before)):
        going = [
            doubt
            for doubt in giver.doubts
            if not _holds(giver, doubt.line) and _holds(taker, doubt.line)
        ]
        giver.doubts = [doubt for doubt in giver.doubts if doubt not in going]
        taker.doubts += going


def _holds(piece: Piece, line: int) -> bool:
    parts = [*piece.blocks, *piece.asides, *([piece.heading] if piece.heading else [])]
    return any(part.first <= line <= part.last for part in parts)
