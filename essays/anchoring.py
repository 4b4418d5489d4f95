"""Where the words of a passage stand after a revision. Plain Python: no tables."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

BETWEEN = "\n\n"


def place_again(exact: str, start: int, old: str, new: str) -> tuple[str, int, int] | None:
    """The state, start and end in `new` of a passage that stood unchanged at `start` in `old`.

    None where neither its paragraph nor its words can be told for certain: nothing is guessed.
    """
    if old == new:
        return "exact", start, start + len(exact)
    index = old.count(BETWEEN, 0, start)
    begin = _same_paragraph(index, old.split(BETWEEN), new.split(BETWEEN))
    if begin is not None:
        first = begin + start - _starts(old.split(BETWEEN))[index]
        return "exact", first, first + len(exact)
    return _only_place(exact, new)


def lies_in_a_paragraph(blocks: Sequence[dict[str, Any]], start: int, end: int) -> bool:
    """Whether a passage may stand there: within one block, and one that can be argued with."""
    return any(
        block["number"] is not None and block["start"] <= start and end <= block["end"]
        for block in blocks
    )


def _starts(paragraphs: Sequence[str]) -> list[int]:
    starts, position = [], 0
    for paragraph in paragraphs:
        starts.append(position)
        position += len(paragraph) + len(BETWEEN)
    return starts


def _same_paragraph(index: int, before: list[str], after: list[str]) -> int | None:
    """Where the whole paragraph stands in the new text.

    If it stands in either text twice, it is told by a neighbour that came along with it.
    """
    paragraph = before[index]
    is_single = before.count(paragraph) == after.count(paragraph) == 1
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        if block.a <= index < block.a + block.size and (is_single or block.size > 1):
            return _starts(after)[block.b + index - block.a]
    return None


def _only_place(exact: str, new: str) -> tuple[str, int, int] | None:
    """The very words elsewhere, if they stand there once: never one of several."""
    found = [place for place in _places(exact, new) if _ends_with_words(new, place, exact)]
    if len(found) != 1:
        return None
    return "moved", found[0], found[0] + len(exact)


def _places(exact: str, new: str) -> Iterator[int]:
    place = new.find(exact)
    while place >= 0:
        yield place
        place = new.find(exact, place + 1)


def _ends_with_words(text: str, start: int, exact: str) -> bool:
    """Not so where they are only a part of other words: "art" in "parts"."""
    end = start + len(exact)
    return not (
        (start and _is_cased(text[start - 1]) and _is_cased(text[start]))
        or (end < len(text) and _is_cased(text[end - 1]) and _is_cased(text[end]))
    )


def _is_cased(character: str) -> bool:
    """Scripts with capitals part their words by spaces; not all others do."""
    return character.isdigit() or character.lower() != character.upper()
