"""Footnotes, and the addresses that links name: each goes with the words that refer to it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from essays.manuscripts.pieces import Block, Note, Piece

_FOOTNOTE = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
_NAME = re.compile(r"(?<!\\)\[([^\[\]\\]+)\](?!:)")


def references(words: str) -> list[str]:
    """The labels of the footnotes that a text refers to, each once, in order."""
    return list(dict.fromkeys(f"^{label}" for label in _FOOTNOTE.findall(words)))


def without_references(words: str) -> str:
    return _FOOTNOTE.sub("", words)


def allotted(blocks: Iterable[Block], notes: Iterable[Note]) -> list[Note]:
    """Those of the notes that these blocks refer to, and those that such notes refer to."""
    known = {note.label.casefold(): note for note in notes}
    taken: dict[str, Note] = {}
    texts = [block.source for block in blocks]
    while texts:
        names = {name.casefold() for text in texts for name in _NAME.findall(text)}
        fresh = [known[name] for name in names if name in known and name not in taken]
        taken |= {note.label.casefold(): note for note in fresh}
        texts = [note.source for note in fresh]
    return [note for label, note in known.items() if label in taken]


def missing(piece: Piece) -> list[str]:
    """Labels of footnotes that are referred to and have no text."""
    there = {note.label for note in piece.notes}
    return [label[1:] for label in _all_references(piece) if label not in there]


def idle(piece: Piece) -> list[str]:
    """Labels of footnotes that nothing refers to: a page does not show them."""
    wanted = set(_all_references(piece))
    return [
        note.label[1:]
        for note in piece.notes
        if note.label.startswith("^") and note.label not in wanted
    ]


def _all_references(piece: Piece) -> list[str]:
    return references("\n\n".join([*(block.source for block in piece.blocks), *_bodies(piece)]))


def _bodies(piece: Piece) -> list[str]:
    return [note.source for note in piece.notes]


def hand_over(blocks: Sequence[Block], giver: Piece, taker: Piece) -> None:
    """Let the notes of blocks that have moved follow them, under other labels if need be."""
    going = allotted(blocks, giver.notes)
    if not going:
        return
    there = {note.label: note.source for note in taker.notes}
    names = {
        note.label: _free_label(note.label, there)
        for note in going
        if there.get(note.label, note.source) != note.source
    }
    for block in blocks:
        block.source = _renamed(block.source, names)
    for note in going:
        label = names.get(note.label, note.label)
        if label not in there:
            taker.notes.append(Note(label, _renamed(note.source, names), note.line))
    staying = {note.label for note in allotted(giver.blocks, giver.notes)}
    gone = {note.label for note in going} - staying
    giver.notes = [note for note in giver.notes if note.label not in gone]


def _free_label(label: str, taken: Mapping[str, str]) -> str:
    number = 2
    while f"{label}-{number}" in taken:
        number += 1
    return f"{label}-{number}"


def _renamed(source: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        source = re.sub(rf"(?<!\\)\[{re.escape(old)}\]", f"[{new}]", source)
    return source
