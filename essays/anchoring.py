"""Where the words of a passage stand after a revision. Plain Python: no tables."""

from difflib import SequenceMatcher


def place_again(exact: str, start: int, old: str, new: str) -> tuple[str, int, int] | None:
    """The state, start and end in `new` of a passage that stood unchanged at `start` in `old`.

    None where its paragraph did not survive with these words: nothing is guessed.
    """
    if old == new:
        return "exact", start, start + len(exact)
    first = old.rfind("\n\n", 0, start)
    offset = 0 if first < 0 else first + 2
    end_of_paragraph = old.find("\n\n", start)
    paragraph = old[offset : len(old) if end_of_paragraph < 0 else end_of_paragraph]
    begin = _same_paragraph(paragraph, old, new)
    if begin is not None:
        return "exact", begin + start - offset, begin + start - offset + len(exact)
    return _only_place(exact, new)


def _same_paragraph(paragraph: str, old: str, new: str) -> int | None:
    """Where the whole paragraph stands in the new text, by the order of paragraphs if twice."""
    before, after = old.split("\n\n"), new.split("\n\n")
    starts, position = [], 0
    for block in after:
        starts.append(position)
        position += len(block) + 2
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if before[block.a + step] == paragraph and before.count(paragraph) == 1:
                return starts[block.b + step]
    return None


def _only_place(exact: str, new: str) -> tuple[str, int, int] | None:
    """The very words elsewhere, if they stand there once: never one of several."""
    found = new.find(exact)
    if found < 0 or new.find(exact, found + 1) >= 0:
        return None
    return "moved", found, found + len(exact)
