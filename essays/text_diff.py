"""What stands unchanged between two plain texts: sentences first, then words in what differs."""

from collections.abc import Iterator
from functools import cached_property
from os.path import commonprefix
from typing import NamedTuple

from essays.matching import Match, joined, matches
from essays.words import Words

# So many words in a row that a stretch has once are taken for the same in the other text.
RARE_WORDS = 3
NOWHERE = -1


class Run(NamedTuple):
    """`length` code points from `old` in the old text stand unchanged from `new` in the new."""

    old: int
    new: int
    length: int


class TextDiff:
    """Two texts, and which piece of the one is which of the other."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = Words(old), Words(new)
        self.matches = joined(list(_matches(self.old, self.new)))
        # Of each piece its number in the other text, or NOWHERE.
        self.to_new = [NOWHERE] * len(self.old)
        self.to_old = [NOWHERE] * len(self.new)
        # Of each piece the run that it is in.
        self._old_runs, self._new_runs = self.to_new[:], self.to_old[:]
        for run, (old_at, new_at, size) in enumerate(self.matches):
            self.to_new[old_at : old_at + size] = range(new_at, new_at + size)
            self.to_old[new_at : new_at + size] = range(old_at, old_at + size)
            self._old_runs[old_at : old_at + size] = [run] * size
            self._new_runs[new_at : new_at + size] = [run] * size

    def stays(self, first: int, last: int) -> bool:
        """Whether these pieces of the old text stand in the new one in one unchanged run."""
        return self._old_runs[first] == self._old_runs[last - 1] != NOWHERE

    def stood(self, first: int, last: int) -> bool:
        """Whether these pieces of the new text stood in the old one in one unchanged run."""
        return self._new_runs[first] == self._new_runs[last - 1] != NOWHERE

    @cached_property
    def before(self) -> list[int]:
        """Of each place between pieces of the old text, the nearest piece before it that stayed."""
        found = [NOWHERE]
        for at, place in enumerate(self.to_new):
            found.append(at if place != NOWHERE else found[-1])
        return found

    @cached_property
    def after(self) -> list[int]:
        """The nearest piece after it that stayed; the number of pieces if there is none."""
        found = [len(self.old)]
        for at in range(len(self.old) - 1, -1, -1):
            found.append(at if self.to_new[at] != NOWHERE else found[-1])
        return found[::-1]

    @cached_property
    def runs(self) -> list[Run]:
        return [run for match in self.matches for run in _runs(self.old, self.new, match)]


def _matches(old: Words, new: Words) -> Iterator[Match]:
    a = c = 0
    same = matches(old.sentences(), new.sentences(), rare=1, from_ends=True)
    for first, other, size in [*same, Match(len(old.edges) - 1, len(new.edges) - 1, 0)]:
        b, d = old.edges[first], new.edges[other]
        words = old.pieces[a:b], new.pieces[c:d]
        for match in matches(*words, rare=RARE_WORDS, from_ends=False):
            yield Match(a + match.old, c + match.new, match.size)
        a, c = old.edges[first + size], new.edges[other + size]
        yield Match(b, d, a - b)


def _runs(old: Words, new: Words, match: Match) -> Iterator[Run]:
    """The white space between pieces may have changed: there a run ends."""
    start, other = old.starts[match.old], new.starts[match.new]
    for step in range(match.size):
        a, b = match.old + step, match.new + step
        gaps = _gap(old, a), _gap(new, b)
        same = len(commonprefix(gaps))
        is_last = step == match.size - 1
        if is_last or gaps[0] != gaps[1]:
            yield Run(start, other, old.ends[a] + same - start)
            if not is_last:
                start, other = old.starts[a + 1], new.starts[b + 1]


def _gap(words: Words, piece: int) -> str:
    end = words.starts[piece + 1] if piece + 1 < len(words) else len(words.text)
    return words.text[words.ends[piece] : end]
