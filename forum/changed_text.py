"""What became of a text between two revisions, drawn: what changed word by word, what did not
folded, and the passages of claims marked in it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from essays.models import PlaceState
from essays.text_changes import COME, GONE, SAME, Part
from forum.counterpoints.then_and_now import part_html
from forum.lib.nouns import counted
from forum.lib.rendering import trusted
from forum.templatetags.look import icon

# A page that somebody could read: two long essays, one struck out and one put in its place.
CHARACTERS_SHOWN = 300_000
# Claims on the same words: so many frames stand around them, and the signs of all follow.
FRAMES = 3

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim's passage: where it stood in the old text and where it stands in the new."""

    number: int
    label: str
    state: str
    url: str
    old: Stretch | None
    new: Stretch | None


class Atom(NamedTuple):
    """A piece of a paragraph that no edge of a passage cuts, and the passages that hold it."""

    part: Part
    marks: tuple[Mark, ...]
    # Those of which it is the last piece.
    ended: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ChangedText:
    hunks_html: str
    added: int
    taken_out: int
    is_cut: bool


def draw(paragraphs: Sequence[Sequence[Part]], marks: Iterable[Mark]) -> ChangedText:
    """The paragraphs as text_changes gives them."""
    atoms = _atoms(paragraphs, sorted(marks, key=_outer_first))
    html: list[str] = []
    room, is_cut = CHARACTERS_SHOWN, False
    for is_changed, run in groupby(atoms, key=_is_changed):
        hunks = list(run)
        if not is_changed:
            html.append(_folded(len(hunks)))
            continue
        for hunk in hunks:
            room -= sum(len(atom.part.text) for atom in hunk)
            if room < 0:
                is_cut = True
                break
            html.append(_hunk(hunk))
    parts = [part for paragraph in paragraphs for part in paragraph]
    return ChangedText(trusted("\n".join(html)), _words(parts, COME), _words(parts, GONE), is_cut)


def _outer_first(mark: Mark) -> tuple[int, int, int]:
    start, end = mark.new or mark.old or (0, 0)
    return start, -end, mark.number


def _words(parts: Iterable[Part], kind: str) -> int:
    return sum(len(part.text.split()) for part in parts if part.kind == kind)


def _is_changed(atoms: Sequence[Atom]) -> bool:
    return any(atom.part.kind != SAME for atom in atoms)


def _folded(number: int) -> str:
    said = counted(number, "paragraph")
    words = _("%(paragraphs)s without changes.") % {"paragraphs": f"{said[:1].upper()}{said[1:]}"}
    return f'<p class="meta">{words}</p>'


def _atoms(paragraphs: Iterable[Iterable[Part]], marks: Sequence[Mark]) -> Iterator[list[Atom]]:
    old = _Side((*mark.old, mark) for mark in marks if mark.old)
    new = _Side((*mark.new, mark) for mark in marks if mark.new)
    for paragraph in paragraphs:
        atoms = []
        for part in paragraph:
            # Between two paragraphs there is white space that no part has.
            old.position, new.position = part.old, part.new
            atoms += [_atom(piece, old, new) for piece in _pieces(part, _sides(part, old, new))]
        yield atoms


class _Side:
    """One of the texts, gone through from its beginning to its end."""

    def __init__(self, stretches: Iterable[tuple[int, int, Mark]]) -> None:
        self.position = 0
        self.waiting = sorted(stretches, key=lambda each: each[:2], reverse=True)
        self.edges = sorted({edge for start, end, _ in self.waiting for edge in (start, end)})
        self.around: list[tuple[int, Mark]] = []

    def edges_within(self, length: int) -> Iterator[int]:
        """How far ahead they are, up to so far."""
        at = bisect_right(self.edges, self.position)
        while at < len(self.edges) and self.edges[at] < self.position + length:
            yield self.edges[at] - self.position
            at += 1

    def take(self, length: int) -> list[Mark]:
        """Go on so far; the passages that hold all of it."""
        start, self.position = self.position, self.position + length
        while self.waiting and self.waiting[-1][0] < self.position:
            _, end, mark = self.waiting.pop()
            self.around.append((end, mark))
        self.around = [each for each in self.around if each[0] > start]
        return [mark for _, mark in self.around]

    def is_past(self, stretch: Stretch | None) -> bool:
        return stretch is None or stretch[1] <= self.position


def _sides(part: Part, old: _Side, new: _Side) -> list[_Side]:
    return {SAME: [old, new], GONE: [old], COME: [new]}[part.kind]


def _pieces(part: Part, sides: Sequence[_Side]) -> Iterator[Part]:
    """The part, cut wherever a passage of either side begins or ends."""
    length = len(part.text)
    edges = sorted({edge for side in sides for edge in side.edges_within(length)})
    for start, end in zip([0, *edges], [*edges, length], strict=True):
        yield part._replace(text=part.text[start:end])


def _atom(piece: Part, old: _Side, new: _Side) -> Atom:
    held = {
        mark.number: mark for side in _sides(piece, old, new) for mark in side.take(len(piece.text))
    }
    marks = tuple(sorted(held.values(), key=_outer_first))
    ended = tuple(mark for mark in marks if old.is_past(mark.old) and new.is_past(mark.new))
    return Atom(piece, marks, ended)


def _hunk(atoms: Iterable[Atom]) -> str:
    parts = []
    for frames, run in groupby(atoms, key=_frames):
        held = list(run)
        inside = "".join(_pieces_html(held))
        for mark in reversed(frames):
            inside = f'<mark class="passage is-{mark.label}">{inside}</mark>'
        parts.append(inside)
        parts += [_sign(mark) for atom in held for mark in atom.ended]
    return f'<p class="hunk" dir="auto">{"".join(parts)}</p>'


def _pieces_html(atoms: Iterable[Atom]) -> Iterator[str]:
    """What came is set apart from what went before it."""
    before = SAME
    for atom in atoms:
        if (before, atom.part.kind) == (GONE, COME):
            yield " "
        yield part_html(atom.part)
        before = atom.part.kind


def _frames(atom: Atom) -> tuple[Mark, ...]:
    """A passage that is gone is no passage here: only its sign stands where it was."""
    return tuple(mark for mark in atom.marks if mark.new is not None)[:FRAMES]


def _sign(mark: Mark) -> str:
    words = _("claim %(number)s %(state)s") % {
        "number": mark.number,
        "state": PlaceState(mark.state).label,
    }
    return (
        f' <a class="ref is-{mark.label}" id="change-{mark.number}" href="{escape(mark.url)}">'
        f"{icon(mark.state)}{escape(words)}</a>"
    )
