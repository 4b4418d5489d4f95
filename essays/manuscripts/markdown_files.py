"""Markdown cut into essays: front matter, headings of the first rank, footnotes."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from markdown_it.token import Token

from essays.manuscripts import front_matter
from essays.manuscripts.dividing import Part, divided
from essays.manuscripts.front_matter import FrontMatter
from essays.manuscripts.markup import named_in, with_own_images
from essays.manuscripts.notes import without_references
from essays.manuscripts.pieces import BadManuscript, Block, Doubt, Note, Piece, check_count
from essays.manuscripts.words import words_of
from forum.lib import markdown
from forum.lib.nouns import digits
from forum.lib.rendering import ESSAY_LIMITS

_DEFINITION = re.compile(r" {0,3}\[([^\[\]\\]+)\]:\s*<?(\S*)")
_CODE = frozenset({"fence", "code_block"})


def cut(text: str, file: str = "") -> list[Piece]:
    lines = text.split("\n")
    pieces: list[Piece] = []
    for front, start, end in _sections(lines):
        pieces += _read(lines, start, end, front, file)
        check_count(len(pieces))
    return pieces


def _sections(lines: Sequence[str]) -> Iterator[tuple[FrontMatter | None, int, int]]:
    """Each front matter with the lines below it, as far as the next."""
    front, start, at = None, 0, 0
    is_code = False
    while at < len(lines):
        is_code ^= lines[at].startswith(("```", "~~~"))
        is_open = not is_code and (at == 0 or not lines[at - 1].strip())
        found = front_matter.found_at(lines, at) if is_open else None
        if found is None:
            at += 1
            continue
        if front or any(line.strip() for line in lines[start:at]):
            yield front, start, at
        front, start = found, found.end
        at = found.end
    yield front, start, len(lines)


def _read(
    lines: Sequence[str], start: int, end: int, front: FrontMatter | None, file: str
) -> list[Piece]:
    parts: list[Part] = []
    notes: list[Note] = []
    doubts: list[Doubt] = []
    defined = _defined(lines[start:end])
    covered = start
    for token, first, last in _blocks(lines, start, end):
        notes += _definitions(lines, covered, first)
        covered = last
        source = "\n".join(lines[first:last]).rstrip()
        if len(source) > ESSAY_LIMITS.characters:
            raise BadManuscript(
                _("What begins at line %(first)s is too long for one essay.")
                % {"first": digits(first + 1)}
            )
        block = Block(source, first + 1, first + 1 + source.count("\n"))
        if token.type == "footnote_reference_open":
            doubts += named_in(source, block.first)
            source, images = with_own_images(source, block.first, defined)
            doubts += images
            notes.append(Note(f"^{token.meta['label']}", source, block.first))
            continue
        if token.type in _CODE:
            doubts += _close(block, token)
        else:
            doubts += named_in(source, block.first)
            block.source, images = with_own_images(source, block.first, defined)
            doubts += images
        rank = int(token.tag[1]) if token.type == "heading_open" else 0
        words = _words(block.source) if rank or not parts else ""
        parts.append(Part(block, rank, words))
    notes += _definitions(lines, covered, end)
    if not parts:
        raise BadManuscript(_no_text(front))
    return divided(parts, notes, doubts, front, file)


def _no_text(front: FrontMatter | None) -> str:
    if front is None:
        return _("There is no text.")
    return _("There is no text below line %(line)s.") % {"line": digits(front.first)}


def _words(source: str) -> str:
    return words_of(without_references(source))


def _blocks(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[Token, int, int]]:
    """The outermost blocks, each with its first line and the one below its last."""
    parser = markdown.Parser(for_essay=True)
    parser.core.ruler.enableOnly(["normalize", "block"])
    try:
        tokens = parser.parse("\n".join(lines[start:end]))
    except RecursionError:
        raise BadManuscript(_("This is nested too deeply.")) from None
    for token in tokens:
        if token.level == 0 and token.nesting >= 0 and token.map:
            yield token, start + token.map[0], start + token.map[1]


def _defined(lines: Sequence[str]) -> dict[str, str]:
    found = (_DEFINITION.match(line) for line in lines if "]:" in line)
    return {match[1].casefold(): match[2].rstrip(">") for match in found if match}


def _definitions(lines: Sequence[str], start: int, end: int) -> Iterator[Note]:
    """Addresses that links name: the parser takes them out of the text."""
    note: Note | None = None
    for number in range(start, end):
        found = _DEFINITION.match(lines[number])
        if found:
            if note:
                yield note
            note = Note(found[1], lines[number].strip(), number + 1)
        elif note and lines[number].strip():
            note.source += f"\n{lines[number].strip()}"
    if note:
        yield note


def _close(block: Block, token: Token) -> list[Doubt]:
    """What is put below must not fall into code that nobody closed."""
    last = block.source.rsplit("\n", 1)[1:]
    if token.type != "fence" or (last and last[0].strip().startswith(token.markup)):
        return []
    block.source += f"\n{token.markup}"
    return [Doubt(_("Code begins here that nothing ends: all below it is code."), block.first)]
