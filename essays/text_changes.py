"""Two texts as one that can be read: what stayed, what went and what came, in order."""

from collections.abc import Iterator
from typing import NamedTuple

from essays.text_diff import TextDiff

SAME, GONE, COME = "same", "gone", "come"

# So few words that stayed between longer changes are chance: struck out whole, a sentence that was
# written anew is easier to read than one with an "of the" left standing.
ISLAND_WORDS = 3
BETWEEN = "\n\n"
_MARKS = ".,;:!?…"


class Part(NamedTuple):
    kind: str
    text: str
    # Where it stands in the old text and in the new; what is in one of them only, where it would.
    old: int
    new: int


class _Step(NamedTuple):
    """What went and what came in its place, and what stays right after."""

    gone: str
    come: str
    same: str


def changes(old: str, new: str) -> list[Part]:
    parts: list[Part] = []
    a = b = 0
    for step in _without_islands(_steps(old, new)):
        for kind, text in _told(step):
            if text:
                parts.append(Part(kind, text, a, b))
                a += len(text) if kind != COME else 0
                b += len(text) if kind != GONE else 0
    return parts


def paragraphs(parts: list[Part]) -> list[list[Part]]:
    """The same, paragraph by paragraph: those that went stand among those that are there."""
    found: list[list[Part]] = [[]]
    for part in parts:
        start = 0
        for piece in part.text.split(BETWEEN):
            if start:
                found.append([])
            if piece:
                old = part.old + (start if part.kind != COME else 0)
                new = part.new + (start if part.kind != GONE else 0)
                found[-1].append(Part(part.kind, piece, old, new))
            start += len(piece) + len(BETWEEN)
    return [paragraph for paragraph in found if paragraph]


def _steps(old: str, new: str) -> Iterator[_Step]:
    a = b = 0
    for run in TextDiff(old, new).runs:
        same = new[run.new : run.new + run.length]
        yield _Step(old[a : run.old], new[b : run.new], same)
        a, b = run.old + run.length, run.new + run.length
    yield _Step(old[a:], new[b:], "")


def _without_islands(steps: Iterator[_Step]) -> Iterator[_Step]:
    held = next(steps)
    for step in steps:
        if _is_island(held, step):
            between = held.same
            held = _Step(
                held.gone + between + step.gone, held.come + between + step.come, step.same
            )
        else:
            yield held
            held = step
    yield held


def _is_island(before: _Step, after: _Step) -> bool:
    words = len(before.same.split())
    return (
        words < ISLAND_WORDS
        and BETWEEN not in before.same
        and all(words < max(_words(step.gone), _words(step.come)) for step in (before, after))
    )


def _words(text: str) -> int:
    return len(text.split())


def _told(step: _Step) -> Iterator[tuple[str, str]]:
    """White space at the ends that both have in common is no change."""
    lead, (gone, come, same) = _slid(step)
    head = _space_in_common(gone, come)
    tail = _space_in_common(gone[len(head) :][::-1], come[len(head) :][::-1])[::-1]
    yield SAME, lead + head
    yield GONE, gone[len(head) : len(gone) - len(tail)]
    yield COME, come[len(head) : len(come) - len(tail)]
    yield SAME, tail + same


def _slid(step: _Step) -> tuple[str, _Step]:
    """A sentence that went begins with its first word, not with the full stop before it."""
    gone, come, same = step
    change = gone or come
    if gone and come or not change:
        return "", step
    marks = change[: len(change) - len(change.lstrip(_MARKS))]
    if not marks or not same.startswith(marks):
        return "", step
    slid = change[len(marks) :] + marks
    return marks, _Step(slid if gone else "", slid if come else "", same[len(marks) :])


def _space_in_common(one: str, other: str) -> str:
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at] and one[at].isspace():
        at += 1
    return one[:at]
