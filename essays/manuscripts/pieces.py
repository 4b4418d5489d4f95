"""What a manuscript was cut into: plain data, fit for JSON."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forum.lib.nouns import digits


class BadManuscript(ValueError):  # noqa: N818 — it is said of the file, not of us
    """Its message is one sentence that can be shown to whoever brought the file."""


# What anybody could look through before they say yes.
MOST_ESSAYS = 1_000


def check_count(count: int) -> None:
    if count > MOST_ESSAYS:
        raise BadManuscript(
            _("It holds too many essays: %(count)s, and %(most_essays)s are the most at once.")
            % {"count": digits(count), "most_essays": digits(MOST_ESSAYS)}
        )


@dataclass(slots=True)
class Doubt:
    """A decision that may be wrong, or markup that cannot stay as it is."""

    words: str
    # Of the file; 0 where it is said of the whole.
    line: int = 0
    # What it is about, where that is markup: "<script>".
    named: str = ""
    times: int = 1

    def __post_init__(self) -> None:
        # What is the same for every essay comes in English, to be told from the rest.
        self.words = _(self.words)

    @property
    def place(self) -> str:
        if not self.line:
            return ""
        if self.times == 1:
            return _("Line %(line)s") % {"line": digits(self.line)}
        more = digits(self.times - 1)
        return _("Line %(line)s and %(more)s more") % {"line": digits(self.line), "more": more}

    @property
    def is_code(self) -> bool:
        return self.named.startswith("<")

    def __str__(self) -> str:
        about = ", ".join(filter(None, [self.named, self.place]))
        return f"{about}: {self.words}" if about else self.words


@dataclass(slots=True)
class Block:
    """A paragraph, a list, a table as Markdown, and the lines of the file that it stood on."""

    source: str
    first: int
    last: int


@dataclass(slots=True)
class Note:
    """A footnote, or the address that links name: `[^label]: source`, `[label]: source`."""

    label: str
    source: str
    line: int


@dataclass(slots=True)
class Piece:
    """One essay of a manuscript."""

    title: str
    blocks: list[Block]
    # The title as the manuscript has it, should it turn out to be none.
    heading: Block | None = None
    # Whether the manuscript or an editor gave the title, rather than we.
    is_titled: bool = True
    # Lines that are no part of the text: the title once more, the tags.
    asides: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    summary: str = ""
    author: str = ""
    slug: str = ""
    date: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    file: str = ""
    is_taken: bool = True

    @property
    def source(self) -> str:
        definitions = [note.source for note in self.notes]
        return "\n\n".join([block.source for block in self.blocks] + definitions)

    @property
    def words(self) -> int:
        return sum(len(block.source.split()) for block in self.blocks)

    @property
    def paragraphs(self) -> int:
        return len(self.blocks)

    @property
    def lines(self) -> tuple[int, int]:
        parts = [*([self.heading] if self.heading else []), *self.blocks, *self.asides]
        if not parts:
            return (0, 0)
        return (min(part.first for part in parts), max(part.last for part in parts))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(stored: dict[str, Any]) -> Piece:
    heading = stored["heading"]
    return Piece(
        **{
            **stored,
            "blocks": [Block(**block) for block in stored["blocks"]],
            "heading": Block(**heading) if heading else None,
            "asides": [Block(**aside) for aside in stored["asides"]],
            "notes": [Note(**note) for note in stored["notes"]],
            "doubts": [Doubt(**doubt) for doubt in stored["doubts"]],
        }
    )


def grouped(doubts: Iterable[Doubt]) -> list[Doubt]:
    """The same said of many lines is said once, of the first of them."""
    found: dict[tuple[str, str], Doubt] = {}
    for doubt in sorted(doubts, key=lambda doubt: doubt.line):
        key = (doubt.named, doubt.words)
        if key in found:
            found[key].times += doubt.times
        else:
            found[key] = doubt
    return list(found.values())
