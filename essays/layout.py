"""An essay's text as a page shows it: sentences numbered, passages marked, notes beside them.

Plain Python over a revision's stored blocks; every string put in is ours or escaped.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from forum.lib.html_text import visible_text
from forum.lib.languages import direction_of_most, present
from forum.lib.newest import Newest
from forum.lib.rendering import Span, weave, with_words

Block = dict[str, Any]

# Past this share of the paragraph a passage's note is set to its middle.
FIRST_THIRD = 1 / 3
SENTENCE, PASSAGE, SIGNS, SIGN = 0, 1, 2, 3
# Letters of scripts that run from right to left: Hebrew, Arabic and those beside them.
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Of paragraphs as pages show them, so many characters of each process's memory.
_paragraphs: Newest[str] = Newest(4_000_000)
# There is room for three lines under a word. What shares its words with more has a sign only, and
# is shown by its tint.
DEEPEST_LANE = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage in the text. `label` is its line's style; `sign_html` and `note_html` are ours."""

    number: int
    label: str
    start: int
    end: int
    description: str
    sign_html: str
    note_html: str = ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the controls of a text lead. `challenge` None: they cannot be challenged here."""

    challenge: Callable[[int], str] | None
    permalink: str
    revision: int
    # Of a bygone revision: where to see what became of a sentence, its two numbers to be put in.
    then_and_now: str = ""


def compose(blocks: Sequence[Block], marks: Iterable[Mark], addresses: Addresses) -> str:
    """The whole text of a revision, as HTML."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
    lanes = lanes_of(ordered)
    marked = {id(block): _within(block, ordered) for block in blocks}
    is_mixed = any(_LEFTWARDS.search(block["html"]) for block in blocks)
    parts = []
    for place, block in enumerate(blocks):
        # Where a text is in two scripts, each of its parts runs as most of its own letters do.
        way = direction_of_most(visible_text(block["html"]).text) if is_mixed else ""
        if block["number"] is None:
            parts.append(
                _turned(block["html"], way) if block["kind"] == "heading" else block["html"]
            )
            continue
        parts.append(_kept_paragraph(block, marked[id(block)], lanes, addresses, way))
        beginning = [mark for mark in marked[id(block)] if mark.start >= block["start"]]
        if any(mark.note_html for mark in beginning):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            free = (
                following is not None
                and following["number"] is not None
                and not marked[id(following)]
            )
            parts.append(_notes(block, beginning, is_next_free=free))
    return "\n".join(parts)


def _turned(html: str, way: str) -> str:
    name, rest = html[:3], html[3:]  # <h2 or <h3
    return f'{name} dir="{way}"{rest}' if way else html


def _within(block: Block, marks: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.start < block["end"] and mark.end > block["start"]]


def lanes_of(marks: Sequence[Mark]) -> dict[int, int]:
    """How far below the words the line of each runs, by its number: passages that share words never
    share a line. Marks in the order of the text, the longer of two that begin together first.
    """
    lanes: dict[int, int] = {}
    open_marks: list[Mark] = []
    for mark in marks:
        open_marks = [other for other in open_marks if other.end > mark.start]
        taken = {lanes[other.number] for other in open_marks}
        lanes[mark.number] = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        open_marks.append(mark)
    return lanes


def _kept_paragraph(
    block: Block, marks: Sequence[Mark], lanes: Mapping[int, int], addresses: Addresses, way: str
) -> str:
    """With each post on an essay its page is made anew, and most paragraphs are as before."""
    challenge = addresses.challenge
    url = "" if challenge is None else escape(challenge(block["number"]))
    key = (
        present(), url, way, addresses.permalink, addresses.revision, addresses.then_and_now,
        block["html"], block["kind"], block["number"], block["start"], block["end"],
        *(tuple(place) for place in block["sentences"]),
        *((mark, lanes[mark.number]) for mark in marks),
    )  # fmt: skip
    kept = _paragraphs.get(key)
    if kept is None:
        kept = _paragraph(block, marks, lanes, addresses, url, way)
        _paragraphs.put(key, kept, len(kept))
    return kept


def _paragraph(
    block: Block,
    marks: Sequence[Mark],
    lanes: Mapping[int, int],
    addresses: Addresses,
    challenge: str,
    way: str,
) -> str:
    number = block["number"]
    spans = [
        _sentence(block, index, place, addresses, challenge)
        for index, place in enumerate(block["sentences"], start=1)
    ]
    shown = visible_text(block["html"]).text if marks else ""
    for mark in marks:
        spans.append(_passage(block, mark, lanes[mark.number]))
    spans += _signs(block, marks, shown)
    text = weave(block["html"], spans)
    if block["kind"] == "footnotes":
        text = with_words(text)
    opening = f'<div class="para" id="para-{number}"' + (f' dir="{way}"' if way else "")
    if not challenge:
        return f"{opening}>{text}</div>"
    label = _("Challenge a sentence of paragraph %(number)s") % {"number": number}
    return (
        f'{opening} data-challenge="{challenge}">{text}'
        f'<a class="pil" href="{challenge}" aria-label="{label}">'
        f"¶{number}</a></div>"
    )


def _sentence(
    block: Block, index: int, place: Sequence[int], addresses: Addresses, challenge: str
) -> Span:
    number = f"{block['number']}.{index}"
    anchor = f"s-{block['number']}-{index}"
    controls = ""
    if challenge:
        words = _('Challenge<span class="vh"> sentence %(number)s</span>')
        controls = f'<a href="{challenge}?s={index}">{words % {"number": number}}</a>'
    elif addresses.then_and_now:
        url = escape(addresses.then_and_now.format(block["number"], index))
        words = _('Then and now<span class="vh">: sentence %(number)s</span>')
        controls = f'<a href="{url}">{words % {"number": number}}</a>'
    words = _('Permalink<span class="vh"> to %(number)s in revision %(revision)s</span>')
    words %= {"number": number, "revision": addresses.revision}
    permalink = f'<a href="{escape(addresses.permalink)}#{anchor}">{words}</a>'
    named = _('<span class="vh">Sentence %(paragraph)s.</span>%(sentence)s')
    named %= {"paragraph": block["number"], "sentence": index}
    opening = (
        f'<span class="sn"><a href="#{anchor}">{named}</a>'
        f'<span class="sc">{controls}{permalink}</span></span>'
    )
    start, end = place
    return Span(
        start - block["start"], end - block["start"], "span", {"class": "sen"},
        first_attributes={"id": anchor}, opening_html=opening, rank=SENTENCE,
    )  # fmt: skip


def _passage(block: Block, mark: Mark, lane: int) -> Span:
    start, end = mark.start - block["start"], mark.end - block["start"]
    below = f" lane-{min(lane, DEEPEST_LANE)}" if lane else ""
    return Span(
        start, end, "mark",
        {"class": f"passage is-{mark.label}{below}", "data-claim": str(mark.number)},
        first_attributes={"id": f"p-{mark.number}"} if start >= 0 else {}, rank=PASSAGE,
    )  # fmt: skip


def _signs(block: Block, marks: Sequence[Mark], text: str) -> list[Span]:
    """The signs of the claims, where their words end. The first of those that end together goes
    with the last word, never alone; the others follow it and may begin a new line."""
    ending: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.end <= block["end"]:
            ending.setdefault(mark.end - block["start"], []).append(mark)
    spans = []
    for end, together in ending.items():
        start = max(max(mark.start for mark in together) - block["start"], 0)
        last_word = max(start, text.rfind(" ", 0, end) + 1)
        first, *others = map(_sign, together)
        spans.append(Span(last_word, end, "span", {"class": "nb"}, closing_html=first, rank=SIGN))
        if others:
            spans.append(
                Span(
                    last_word, end, "span", {"class": "refs"}, closing_html="".join(others),
                    rank=SIGNS,
                )
            )  # fmt: skip
    return spans


def _sign(mark: Mark) -> str:
    return (
        f'<a class="ref is-{mark.label}" href="#claim-{mark.number}" '
        f'aria-label="{escape(mark.description)}" data-claim="{mark.number}">'
        f"{mark.sign_html}{mark.number}</a>"
    )


def _notes(block: Block, marks: Sequence[Mark], *, is_next_free: bool) -> str:
    length = max(block["end"] - block["start"], 1)
    first = marks[0].start - block["start"]
    classes = ["notes", "span-2" if is_next_free else "span-1"]
    if first / length > FIRST_THIRD:
        classes.append("at-mid")
    notes = "".join(mark.note_html for mark in marks)
    return f'<div class="{" ".join(classes)}">{notes}</div>'


def headings(blocks: Iterable[Block], text: str) -> list[tuple[str, str, int]]:
    """The sections: address, words, and where in the text they begin."""
    return [
        (block["id"], text[block["start"] : block["end"]], block["start"])
        for block in blocks
        if block["kind"] == "heading" and block["id"]
    ]
