"""The whole map as SVG: the places are map_layout's, the words are escaped here."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.counterpoints import map_layout, wording
from forum.counterpoints.drawing import segment
from forum.counterpoints.layout import Tile
from forum.counterpoints.map_layout import Box, MapPicture, Sign
from forum.counterpoints.margin import describe
from forum.counterpoints.miniature import LEAST, Passage
from forum.counterpoints.text_width import broken, width
from forum.counterpoints.tiles import number, tile_html
from forum.lib.ledger import ledger_sentence
from forum.lib.nouns import counted
from forum.templatetags.look import relation_word, standing_word

# The wires of passages leave the text here, and reach the claims there.
TEXT_EDGE, CLAIMS_EDGE = 124, 170
# Bold capitals and figures, to be told how far a word reaches.
LABEL_SIZE = 14
# How the claims of a part fare, beside its title.
TALLY_X, TALLY_ROOM = 826.0, 490.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the picture is: the sprite's address, the map's own, and what is before each link."""

    icons: str
    page: str
    site: str = ""
    # It is one claim's own map: nearer there is only its page.
    is_nearest: bool = False

    def to(self, path: str) -> str:
        return escape(f"{self.site}{path}")


def map_marks(picture: MapPicture, frame: Frame) -> str:
    """All that is in the picture, without what is around it."""
    parts = [f'<path class="hair" d="M0 34H{number(map_layout.WIDTH)}"/>']
    parts += [
        f'<text x="{number(x)}" y="22" class="b">{escape(words)}</text>'
        for x, words in picture.heads
    ]
    if picture.text is not None:
        parts += _text(picture)
    if wires := "".join(_wire(*wire) for wire in picture.wires):
        parts.append(f'<path class="wire" d="{wires}"/>')
    parts += [BOXES[box.kind](box, frame) for box in picture.boxes]
    parts += [_sign(sign, frame) for sign in picture.signs]
    return "".join(parts)


def _wire(x: float, start: float, y: float, end: float) -> str:
    down = f"V{number(y)}" if y != start else ""
    return f"M{number(x)} {number(start)}{down}H{number(end)}"


def _text(picture: MapPicture) -> list[str]:
    text, top = picture.text, map_layout.TOP
    assert text is not None  # noqa: S101 — the caller looked
    lines = "".join(
        f"M{number(x)} {number(top + y)}H{number(end)}" for x, end, y in sorted(text.lines)
    )
    parts = [f'<path class="tl" d="{lines}"/>'] if lines else []
    parts += [
        f'<rect class="h" x="{number(x)}" y="{number(top + y - 2)}" '
        f'width="{number(end - x)}" height="4"/>'
        for x, end, y in text.headings
    ]
    for passage in text.passages:
        parts.append(_passage(passage))
        if passage.key in picture.ends:
            y, label = picture.ends[passage.key]
            start = number(top + passage.y)
            style = f"wire is-{label} tint" if label else "wire"
            parts.append(
                f'<path class="{style}" d="M{TEXT_EDGE} {start}'
                f'C152 {start} 142 {number(y)} {CLAIMS_EDGE} {number(y)}"/>'
            )
    return parts


def _passage(passage: Passage) -> str:
    strokes = "".join(
        segment(passage.label, x, max(end, x + LEAST), map_layout.TOP + y)
        for x, end, y in passage.strokes
    )
    return f'<path class="seg hot is-{passage.label}" d="{strokes}"/>'


def _hit(box: Box) -> str:
    return (
        f'<rect class="hit" x="{number(box.x - 4)}" y="{number(box.y - 5)}" '
        f'width="{number(box.width)}" height="{number(box.height)}"/>'
    )


def _lines(lines: Sequence[str], x: float, y: float, step: float, style: str) -> str:
    spans = " ".join(
        f'<tspan x="{number(x)}" dy="{number(step) if place else 0}">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return f'<text x="{number(x)}" y="{number(y)}" class="{style}">{spans}</text>'


def _claim(box: Box, frame: Frame) -> str:
    claim = box.of
    label, x, y = claim.label, box.x, box.y
    said = wording.standing_line(label, claim.counterpoint_count)
    word = x + map_layout.INDENT + 9 * len(str(claim.number)) + 9
    mark = ""
    if label == "unanswered":
        # The highlighter lies under the word.
        mark = (
            f'<rect class="mark is-unanswered" x="{number(word - 4)}" y="{number(y + 1)}" '
            f'width="{number(width(standing_word(label), LABEL_SIZE) + 6)}" height="22"/>'
        )
    return (
        f'<a href="{frame.to(f"/claims/{claim.pk}/")}" aria-label="'
        f'{escape(f"{claim.number} {claim.statement} ({said})")}">{_hit(box)}{mark}'
        f'<use class="is-{label}" href="{frame.icons}#{label}" x="{number(x)}" y="{number(y)}" '
        f'width="24" height="24"/><text x="{number(x + map_layout.INDENT)}" '
        f'y="{number(y + 17)}" class="b">{claim.number}</text>'
        f'<text x="{number(word)}" y="{number(y + 17)}" class="b ct is-{label}">'
        f"{standing_word(label)}</text>"
        f"{_lines(box.lines, x, y + 46, map_layout.CLAIM_HEIGHT, 'ser')}</a>"
    )


def _point(box: Box, frame: Frame) -> str:
    point = box.of
    said = _("nobody has answered it") if point.waits else _("survives")
    fate = said if point.survives else _("did not survive")
    label = f"{point.name}: {point.text} ({relation_word(point.relation)}, {fate})"
    tile = Tile(box.x, box.y, map_layout.TILE, point.relation, is_hollow=not point.survives)
    x = box.x + map_layout.INDENT
    return (
        f'<a href="{frame.to(f"/posts/{point.id}/")}" aria-label="{escape(label)}">{_hit(box)}'
        f"{tile_html(tile, frame.icons)}"
        f'<text x="{number(x)}" y="{number(box.y + 9)}" class="lab">{escape(box.name)}</text>'
        f"{_lines(box.lines, x, box.y + 26, map_layout.WORD_HEIGHT, 'ser m')}</a>"
    )


def _slot(box: Box, frame: Frame) -> str:
    tile = Tile(box.x, box.y, map_layout.TILE, is_slot=True)
    words = _("Nobody has answered this")
    label = _("Nobody has answered this (%(name)s): answer it") % {"name": box.of.name}
    return (
        f'<a href="{frame.to(f"/counterpoints/{box.of.id}/answer/")}" '
        f'aria-label="{escape(label)}">{_hit(box)}'
        f'{tile_html(tile, frame.icons)}<text x="{number(box.x + map_layout.INDENT)}" '
        f'y="{number(box.y + 17)}" class="ask">{escape(words)}</text></a>'
    )


def _none(box: Box, _frame: Frame) -> str:
    words = wording.LABEL_SENTENCES["unchallenged"]
    return f'<text x="{number(box.x)}" y="{number(box.y + 16)}" class="lab">{words}.</text>'


def _link(box: Box, url: str, words: str, label: str = "") -> str:
    said = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<a href="{url}"{said}>{_hit(box)}<text x="{number(box.x)}" y="{number(box.y + 16)}" '
        f'class="go">{escape(words)}</text></a>'
    )


def _more(box: Box, frame: Frame) -> str:
    """To the claim's own map, and from there to its page."""
    claim, rest = box.of.claim, box.of.rest
    url = f"/claims/{claim.pk}/" if frame.is_nearest else f"{frame.page}?claim={claim.number}"
    shown = f"{rest:,}".replace(",", "\u202f")
    words = _("and %(number)s more") % {"number": shown}
    label = ngettext(
        "and %(number)s more counterpoint to claim %(claim)s",
        "and %(number)s more counterpoints to claim %(claim)s",
        rest,
    )
    return _link(box, frame.to(url), words, label % {"number": shown, "claim": claim.number})


def _claims(box: Box, frame: Frame) -> str:
    url = f"{frame.page.removesuffix('map/')}claims/"
    words = _("and %(claims)s more, in the list of them all")
    return _link(box, frame.to(url), words % {"claims": counted(box.of, "claim")})


def _part(box: Box, frame: Frame) -> str:
    part = box.of
    words = f"{part.number}. {part.title}: {counted(len(part.claims), 'claim')}"
    return (
        f'<a href="{frame.to(f"{frame.page}?part={part.number}")}" '
        f'aria-label="{escape(words)}">{_hit(box)}'
        f"{_lines(box.lines, box.x, box.y + 16, map_layout.CLAIM_HEIGHT, 'ser go')}"
        f'<text x="{number(TALLY_X)}" y="{number(box.y + 16)}" class="lab">'
        f"{escape(_tally(part.claims))}</text></a>"
    )


def _tally(claims: Sequence[Any]) -> str:
    said = wording.capital(ledger_sentence(Counter(claim.label for claim in claims)))
    return "".join(broken(said, TALLY_ROOM, LABEL_SIZE, 1))


def _sign(sign: Sign, frame: Frame) -> str:
    if sign.claim is None:
        tile = Tile(sign.x, sign.y, sign.size, sign.relation, sign.is_hollow, sign.is_slot)
        return tile_html(tile, frame.icons)
    claim, label = sign.claim, sign.claim.label
    said = describe(claim)
    middle = number(sign.x + sign.size / 2)
    mark = ""
    if label == "unanswered":
        mark = (
            f'<circle class="mark is-unanswered" cx="{middle}" '
            f'cy="{number(sign.y + sign.size / 2)}" r="13.5"/>'
        )
    return (
        f'<a href="{frame.to(f"/claims/{claim.pk}/")}" aria-label="{said}">'
        f'<rect class="hit" x="{number(sign.x - 4)}" y="{number(sign.y - 4)}" '
        f'width="28" height="44"/>{mark}'
        f'<use class="is-{label}" href="{frame.icons}#{label}" x="{number(sign.x)}" '
        f'y="{number(sign.y)}" width="{number(sign.size)}" height="{number(sign.size)}"/>'
        f'<text x="{middle}" y="{number(sign.y + 35)}" class="lab mid">{claim.number}</text></a>'
    )


BOXES: dict[str, Callable[[Box, Frame], str]] = {
    "claim": _claim,
    "claims": _claims,
    "more": _more,
    "none": _none,
    "part": _part,
    "point": _point,
    "slot": _slot,
}
