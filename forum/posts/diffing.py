"""What changed between two texts: whole sentences first, then words within those that changed."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, GONE, COME = "same", "gone", "come"

# Comparing words takes time as the product of their numbers; past that, whole sentences will do.
WORDS_COMPARED = 10_000
WORDS_COMPARED_IN_ALL = 60_000
# A post that was meant to be read has a tenth of this many sentences on either side of a change.
SENTENCES_COMPARED = 400

_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";")
_CLOSERS = "\"'”’»)]*_"


class Part(NamedTuple):
    kind: str
    text: str


def difference(old: str, new: str) -> list[list[Part]]:
    """By paragraphs: the parts of each, in order of reading."""
    room = WORDS_COMPARED_IN_ALL
    parts: list[Part] = []
    before, after = _sentences(old), _sentences(new)
    if max(len(before), len(after)) > SENTENCES_COMPARED:
        before, after = _in_three(before, after)
    for tag, i, j, k, m in _changes(before, after):
        gone, come = "".join(before[i:j]), "".join(after[k:m])
        size = len(gone.split()) * len(come.split())
        if tag == "replace" and size <= min(WORDS_COMPARED, room):
            room -= size
            parts += _by_words(gone, come)
        elif tag == "equal":
            parts.append(Part(SAME, come))
        else:
            parts += (Part(GONE, gone), Part(COME, come))
    return list(_paragraphs(_joined(parts)))


def _in_three(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """The same beginning as one piece, the same end as another, and all that lies between."""
    old, new = [[piece.strip() for piece in pieces] for pieces in (before, after)]
    room = min(len(old), len(new))
    head = next((at for at in range(room) if old[at] != new[at]), room)
    room -= head
    tail = next((at for at in range(room) if old[-1 - at] != new[-1 - at]), room)
    return _cut(before, head, tail), _cut(after, head, tail)


def _cut(pieces: list[str], head: int, tail: int) -> list[str]:
    end = len(pieces) - tail
    return ["".join(pieces[:head]), "".join(pieces[head:end]), "".join(pieces[end:])]


def _changes(
    before: list[str], after: list[str], *, autojunk: bool = True
) -> Sequence[tuple[str, int, int, int, int]]:
    """White space is no change of words: what stayed shows it as it is now."""
    old, new = [[piece.strip() for piece in pieces] for pieces in (before, after)]
    return SequenceMatcher(None, old, new, autojunk=autojunk).get_opcodes()


def _words(text: str) -> list[str]:
    """Each word with the white space after it."""
    return re.findall(r"\S+\s*", text)


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    open_words: list[str] = []
    for word in _words(text):
        open_words.append(word)
        if "\n" in word or word.rstrip().rstrip(_CLOSERS).endswith(_SENTENCE_ENDS):
            sentences.append("".join(open_words))
            open_words = []
    if open_words:
        sentences.append("".join(open_words))
    return sentences


def _by_words(old: str, new: str) -> Iterator[Part]:
    before, after = _words(old), _words(new)
    for tag, i, j, k, m in _changes(before, after, autojunk=False):
        if tag == "equal":
            yield Part(SAME, "".join(after[k:m]))
        else:
            yield Part(GONE, "".join(before[i:j]))
            yield Part(COME, "".join(after[k:m]))


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Neighbours of a kind as one; nothing that is empty."""
    last = Part(SAME, "")
    for part in parts:
        if part.kind == last.kind:
            last = Part(part.kind, last.text + part.text)
            continue
        if last.text:
            yield last
        last = part
    if last.text:
        yield last


def _paragraphs(parts: Iterator[Part]) -> Iterator[list[Part]]:
    paragraph: list[Part] = []
    for part in parts:
        first, *others = part.text.split("\n")
        if first:
            paragraph.append(Part(part.kind, first))
        for line in others:
            if paragraph:
                yield paragraph
            paragraph = [Part(part.kind, line)] if line else []
    if paragraph:
        yield paragraph
