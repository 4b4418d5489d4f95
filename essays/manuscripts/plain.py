"""Plain text cut into essays, by what its writer did to show where one begins."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from essays.manuscripts import escaping
from essays.manuscripts.paragraphs import Paragraph, paragraphs, usual_gap
from essays.manuscripts.pieces import Block, Doubt, Piece, check_count, grouped
from essays.manuscripts.tag_lines import bare_tags, named_tags
from essays.manuscripts.titles import (
    ends_a_sentence,
    excerpt,
    is_sentence_like_a_title,
    is_title_like,
    proposed,
    same_words,
)
from forum.lib.sentences import sentence_spans

ABOVE = gettext_noop(
    "It stands above the first title and has no text of its own: it may be the title of the "
    "whole, so it is not taken."
)
TITLE_WITH_STOP = gettext_noop(
    "This title ends like a sentence; it was known by the blank lines around it."
)
BY_TAGS_ALONE = gettext_noop("Only a line of tags parts it from the essay before.")
TWICE = gettext_noop("The title stands twice: it is taken once.")
JOINED = gettext_noop("Lines that were broken by hand were joined into a paragraph.")
KEPT = gettext_noop("Short lines were kept as lines, as in verse.")
# What somebody says may be short, and is no heading.
_SPEECH = ("“", "‘", '"', "'", "«", "„", "–", "—", "-")


@dataclass(frozen=True, slots=True)
class _Beginning:
    at: int
    has_title: bool
    doubt: str = ""


def cut(text: str, file: str = "") -> list[Piece]:
    found = paragraphs(text)
    beginnings = _beginnings(found)
    check_count(len(beginnings))
    ends = [beginning.at for beginning in beginnings[1:]] + [len(found)]
    pieces = [
        _piece(found[beginning.at : end], beginning, file)
        for beginning, end in zip(beginnings, ends, strict=True)
    ]
    first = pieces[0]
    is_above = len(pieces) > 1 and first.heading is None and len(first.blocks) == 1
    if is_above and is_title_like(found[0]):
        first.is_taken = False
        first.doubts = [Doubt(ABOVE, found[0].first)]
    return pieces


def _beginnings(found: list[Paragraph]) -> list[_Beginning]:
    usual = usual_gap(found)
    wide = [place > 0 and paragraph.gap > usual for place, paragraph in enumerate(found)]
    beginnings = []
    for place, paragraph in enumerate(found[:-1]):
        following = found[place + 1]
        if wide[place + 1] and is_title_like(following):
            # Two titles in a row: the essay begins with the second.
            continue
        if is_title_like(paragraph) and (wide[place] or place == 0):
            beginnings.append(_Beginning(place, has_title=True))
        elif wide[place] and is_sentence_like_a_title(paragraph, following):
            beginnings.append(_Beginning(place, has_title=True, doubt=TITLE_WITH_STOP))
        elif is_title_like(paragraph) and _stands_below_tags(found, wide, place):
            beginnings.append(_Beginning(place, has_title=True, doubt=BY_TAGS_ALONE))
    if not beginnings or beginnings[0].at > 0:
        beginnings.insert(0, _Beginning(0, has_title=False))
    return beginnings


def _stands_below_tags(found: list[Paragraph], wide: list[bool], place: int) -> bool:
    if place < 2 or wide[place - 1]:  # noqa: PLR2004
        return False
    words = found[place - 1].words
    return bool(named_tags(words) or bare_tags(words)) and ends_a_sentence(found[place - 2].words)


def _piece(found: list[Paragraph], beginning: _Beginning, file: str) -> Piece:
    body = list(found)
    doubts: list[Doubt] = []
    asides: list[Block] = []
    tags: list[str] = []
    title, heading = proposed(body[0].words), None
    if beginning.has_title:
        first = body.pop(0)
        title, heading = first.words, _block(first)
        if beginning.doubt:
            doubts.append(Doubt(beginning.doubt, first.first))
        if len(body) > 1 and same_words(body[0].words, title):
            doubts.append(Doubt(TWICE, body[0].first))
            asides.append(_aside(body.pop(0)))
    if len(body) > 1:
        tags, doubt = _tags_of(body)
        if tags:
            doubts.append(Doubt(doubt, body[-1].first))
            asides.append(_aside(body.pop()))
    for paragraph in body:
        doubts += _doubts_about(paragraph)
    return Piece(
        title=title, is_titled=heading is not None, heading=heading, asides=asides, tags=tags,
        blocks=[_block(paragraph) for paragraph in body], doubts=grouped(doubts), file=file,
    )  # fmt: skip


def _tags_of(body: list[Paragraph]) -> tuple[list[str], str]:
    words = body[-1].words
    if tags := named_tags(words):
        return tags, _("This line was read as the essay’s tags.")
    tags = bare_tags(words) if ends_a_sentence(body[-2].words) else []
    return tags, _("The last line looks like tags and was read as such.")


def _doubts_about(paragraph: Paragraph) -> list[Doubt]:
    if paragraph.was_joined:
        return [Doubt(JOINED, paragraph.first)]
    if len(paragraph.lines) > 1:
        return [Doubt(KEPT, paragraph.first)]
    if _may_be_a_heading(paragraph):
        words = _("“%(excerpt)s” may be a heading: it stays a paragraph.") % {
            "excerpt": excerpt(paragraph.words)
        }
        return [Doubt(words, paragraph.first)]
    return []


def _may_be_a_heading(paragraph: Paragraph) -> bool:
    words = paragraph.words
    is_short = is_title_like(paragraph) and len(sentence_spans(words)) == 1
    return is_short and not words.startswith(_SPEECH)


def _block(paragraph: Paragraph) -> Block:
    return Block(escaping.paragraph(paragraph.lines), paragraph.first, paragraph.last)


def _aside(paragraph: Paragraph) -> Block:
    return Block(paragraph.words, paragraph.first, paragraph.last)
