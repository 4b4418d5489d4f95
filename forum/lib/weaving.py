"""Laying elements of ours (sentences, passages) over the visible text of a block."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from forum.lib.html_text import Unit, units


@dataclass(frozen=True, slots=True)
class Span:
    """An element over text[start:end], in as many pieces as good nesting needs.

    `opening_html` stands once, inside the first piece; `closing_html` once, inside the last; either
    waits for the end of a link that the page's own text has there, if it has links in it. Both are
    put in as they are: they must be ours. Of two spans the lower rank is the outer.
    """

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    first_attributes: Mapping[str, str] = field(default_factory=dict)
    opening_html: str = ""
    closing_html: str = ""
    rank: int = 0


@dataclass(slots=True, eq=False)
class _Thread:
    """A span on its way through the HTML, without the white space at its ends."""

    span: Span
    start: int
    end: int
    begun: bool = False

    def opening(self) -> tuple[str, str]:
        """The tag, and what stands behind it."""
        attributes = dict(self.span.attributes)
        inside = ""
        if not self.begun:
            attributes |= self.span.first_attributes
            inside = self.span.opening_html
        self.begun = True
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        return f"<{self.span.tag}{written}>", inside

    def closing(self, position: int) -> tuple[str, str]:
        """What stands before the tag, and the tag."""
        last = self.span.closing_html if position >= self.end else ""
        return last, f"</{self.span.tag}>"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A unit and the stretch of text that it, or for a tag its whole element, covers."""

    unit: Unit
    start: int
    end: int


def weave(html: str, spans: Sequence[Span]) -> str:
    """The block's HTML with the spans laid over it; its own tags stay whole and in place.

    Positions are those of the block's folded text. White space at a span's ends is left out.
    """
    placed = _place(units(html))
    text = "".join(item.unit.shown for item in placed).rstrip()
    loom = _Loom(_threads(text, spans))
    for item in placed:
        loom.take(item)
    return "".join(loom.out)


def _threads(text: str, spans: Iterable[Span]) -> list[_Thread]:
    threads = []
    for span in spans:
        start, end = max(span.start, 0), min(span.end, len(text))
        words = text[start:end] if start < end else ""
        if words.strip():
            start, end = end - len(words.lstrip()), start + len(words.rstrip())
            threads.append(_Thread(span, start, end))
    return sorted(threads, key=lambda thread: (thread.span.rank, thread.start, -thread.end))


def _place(source: Iterable[Unit]) -> list[_Placed]:
    placed: list[_Placed] = []
    unclosed: list[int] = []
    position = 0
    for unit in source:
        start, position = position, position + len(unit.shown)
        placed.append(_Placed(unit, start, position))
        if unit.kind == "open":
            unclosed.append(len(placed) - 1)
        elif unit.kind == "close" and unclosed:
            opened = unclosed.pop()
            placed[opened] = _Placed(placed[opened].unit, placed[opened].start, position)
    return placed


class _Loom:
    """Writes the HTML out, keeping one stack of the page's own tags and the threads between them.

    Only threads above the topmost tag can be closed and opened; those below it cover that
    element wholly, or they would not have been left open when it began.
    """

    def __init__(self, threads: list[_Thread]) -> None:
        self.out: list[str] = []
        self._threads = threads
        self._edges = {edge for thread in threads for edge in (thread.start, thread.end)}
        self._stack: list[_Thread | None] = []  # None for a tag of the page's own
        self._position = 0
        self._unsettled = True
        self._after_block = True
        self._in_link = False
        self._waiting: list[str] = []  # a link within a link would end it

    def take(self, item: _Placed) -> None:
        match item.unit.kind:
            case "open" if item.unit.is_block:
                self._close_from(self._floor())
                self._push_tag(item.unit)
            case "open":
                self._settle(self._covering(item) if item.end > item.start else None)
                self._push_tag(item.unit)
            case "close":
                self._take_close(item.unit)
            case "void" | "aside":
                if item.unit.is_block:
                    self._close_from(self._floor())
                self.out.append(item.unit.raw)
            case "words":
                self._take_words(item)
            case _:
                self._take_text(item.unit.raw, item.start, item.end)

    def _take_words(self, item: _Placed) -> None:
        cuts = [edge for edge in range(item.start + 1, item.end) if edge in self._edges]
        for start, end in zip([item.start, *cuts], [*cuts, item.end], strict=True):
            self._take_text(item.unit.raw[start - item.start : end - item.start], start, end)

    def _take_text(self, raw: str, start: int, end: int) -> None:
        is_space = raw.isspace()
        # White space between two blocks may stand where no element but a block's is allowed.
        if not (is_space and (self._after_block or start == end)):
            if self._unsettled or start in self._edges:
                self._settle(self._active(start))
            self._after_block = False
        self.out.append(raw)
        self._position = end
        if end in self._edges:
            self._close_ended()

    def _take_close(self, unit: Unit) -> None:
        floor = self._floor()
        self._close_from(floor)
        if self._stack:
            self._stack.pop()
        self.out.append(unit.raw)
        if unit.name == "a":
            self._in_link = False
            self.out += self._waiting
            self._waiting.clear()
        self._unsettled = True
        self._after_block = unit.is_block
        self._close_ended()

    def _push_tag(self, unit: Unit) -> None:
        self._stack.append(None)
        self.out.append(unit.raw)
        self._in_link = self._in_link or unit.name == "a"
        self._unsettled = True
        self._after_block = unit.is_block

    def _floor(self) -> int:
        """Where on the stack the threads above the topmost tag begin."""
        place = len(self._stack)
        while place and self._stack[place - 1] is not None:
            place -= 1
        return place

    def _active(self, position: int) -> list[_Thread]:
        below = {id(thread) for thread in self._stack[: self._floor()] if thread}
        return [
            thread
            for thread in self._threads
            if thread.start <= position < thread.end and id(thread) not in below
        ]

    def _covering(self, item: _Placed) -> list[_Thread]:
        """The outermost threads that hold the whole element and can stay open around it."""
        covering = []
        for thread in self._active(item.start):
            if thread.end < item.end:
                break
            covering.append(thread)
        return covering

    def _settle(self, wanted: list[_Thread] | None) -> None:
        """Have exactly the wanted threads open above the topmost tag; None for no change."""
        if wanted is None:
            return
        floor = self._floor()
        current = self._stack[floor:]
        kept = 0
        while kept < min(len(current), len(wanted)) and current[kept] is wanted[kept]:
            kept += 1
        self._close_from(floor + kept)
        for thread in wanted[kept:]:
            tag, inside = thread.opening()
            self.out.append(tag)
            self._put_in(inside)
            self._stack.append(thread)
        self._unsettled = False

    def _put_in(self, html: str) -> None:
        (self._waiting if self._in_link and "<a " in html else self.out).append(html)

    def _close_from(self, place: int) -> None:
        while len(self._stack) > place:
            thread = self._stack.pop()
            if thread:
                inside, tag = thread.closing(self._position)
                self._put_in(inside)
                self.out.append(tag)
        self._unsettled = True

    def _close_ended(self) -> None:
        floor = self._floor()
        for place in range(floor, len(self._stack)):
            thread = self._stack[place]
            if thread and thread.end <= self._position:
                self._close_from(place)
                return
