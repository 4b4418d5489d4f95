"""The picture that stands for an essay where somebody names it elsewhere: its title, its author and
how its claims fare.
"""

import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from forum.card_signs import INK, PAPER, SOFT, sign, site_mark

WIDTH, HEIGHT = 1_200, 630
MARGIN = 80
TITLE_TOP, TITLE_ROOM = 158, 316
SIZES = range(104, 40, -4)
LEADING = 1.1
# Where its author and its strip stand.
FOOT_RULE, FOOT = 510, 540
SIGN, STEP = 32, 42
MOST_SIGNS = 12
ELLIPSIS = "…"
# A font's weight and, of the serif, its optical size.
SERIF, SANS = ("newsreader.woff2", [500.0, 60.0]), ("schibsted-grotesk.woff2", [500.0])
# Of a title in letters that our fonts have not got, what is left would be no title.
LEAST_SHARE = 0.5

Font = ImageFont.FreeTypeFont


class SetTitle(NamedTuple):
    size: int
    lines: list[str]


def draw_card(
    title: str, author: str, labels: Sequence[str], *, site: str = "Counterpoint"
) -> bytes:
    """A PNG. Whatever the words are, there is a picture: what our fonts lack is left out."""
    card = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(card)
    mark = site_mark(34)
    card.paste(mark, (MARGIN, 72))
    _draw_site(pen, site, MARGIN + mark.width + 14)
    _draw_title(pen, title)
    pen.rectangle((MARGIN, FOOT_RULE, WIDTH - MARGIN, FOOT_RULE + 3), fill=INK)
    end = _draw_strip(card, pen, labels)
    _draw_author(pen, author, end - MARGIN - 30)
    out = io.BytesIO()
    card.save(out, "PNG")
    return out.getvalue()


def _font(which: tuple[str, list[float]], size: int) -> Font:
    """Anew each time: a font is not to be used by two threads at once."""
    name, axes = which
    font = ImageFont.truetype(settings.BASE_DIR / "static" / "fonts" / name, size)
    font.set_variation_by_axes(axes)
    return font


def _draw_site(pen: ImageDraw.ImageDraw, site: str, left: int) -> None:
    font = _font(SANS, 34)
    pen.text((left, 89), drawable(site, font), INK, font, anchor="lm")


def _draw_title(pen: ImageDraw.ImageDraw, title: str) -> None:
    words = drawable(title, _font(SERIF, 40))
    if len(words) < LEAST_SHARE * len(title):
        words = "An essay, debated claim by claim"
    size, lines = set_title(words, lambda size: _font(SERIF, size))
    font = _font(SERIF, size)
    for number, line in enumerate(lines):
        pen.text((MARGIN, TITLE_TOP + number * size * LEADING), line, INK, font)


def _draw_author(pen: ImageDraw.ImageDraw, author: str, room: int) -> None:
    font = _font(SANS, 32)
    name = drawable(author, font)
    if name:
        line = _shortened(f"By {name}", room, font)
        pen.text((MARGIN, FOOT + SIGN / 2), line, SOFT, font, anchor="lm")


def _draw_strip(card: Image.Image, pen: ImageDraw.ImageDraw, labels: Sequence[str]) -> int:
    """At the right edge; gives where it begins."""
    shown = labels[:MOST_SIGNS]
    x = WIDTH - MARGIN - max(len(shown) * STEP - (STEP - SIGN), 0)
    if len(labels) > len(shown):
        font = _font(SANS, 28)
        more = f"+{len(labels) - len(shown)}"
        x -= round(font.getlength(more)) + 12
        pen.text((WIDTH - MARGIN, FOOT + SIGN / 2), more, SOFT, font, anchor="rm")
    for number, label in enumerate(shown):
        card.paste(sign(label, SIGN), (x + number * STEP, FOOT))
    return x


def drawable(text: str, font: Font) -> str:
    """What of it the font can draw, in one line; an accent that it lacks is left out."""
    nothing = _shape("\U0010fffd", font)
    kept = []
    for char in " ".join(text.split()):
        forms = (char, *unicodedata.normalize("NFKD", char))
        kept.append(next((form for form in forms if _can_draw(form, font, nothing)), ""))
    return " ".join("".join(kept).split())


def _can_draw(char: str, font: Font, nothing: tuple[bytes, float]) -> bool:
    return char == " " or (char.isprintable() and _shape(char, font) != nothing)


def _shape(char: str, font: Font) -> tuple[bytes, float]:
    return bytes(font.getmask(char)), font.getlength(char)


def set_title(title: str, font_of: Callable[[int], Font]) -> SetTitle:
    """As large as it can be set in the room there is; what is too long for the smallest is cut."""
    room = WIDTH - 2 * MARGIN
    for size in SIZES:
        font = font_of(size)
        words = title.split()
        if any(font.getlength(word) > room for word in words) and size > SIZES[-1]:
            continue
        lines = list(_lines(words, room, font))
        most = int(TITLE_ROOM / (size * LEADING))
        if len(lines) <= most:
            return SetTitle(size, lines)
    lines[most - 1] = _shortened(f"{lines[most - 1]} {lines[most]}", room, font)
    return SetTitle(size, lines[:most])


def _lines(words: Sequence[str], room: int, font: Font) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= room:
            line = longer
            continue
        if line:
            yield line
        line = word
        while font.getlength(line) > room:
            fitting = _fitting(line, room, font)
            yield line[:fitting]
            line = line[fitting:]
    if line:
        yield line


def _fitting(text: str, room: float, font: Font) -> int:
    """How many of its characters fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _shortened(text: str, room: float, font: Font) -> str:
    if font.getlength(text) <= room:
        return text
    return text[: _fitting(text, room - font.getlength(ELLIPSIS), font)].rstrip() + ELLIPSIS
