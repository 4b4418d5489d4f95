"""The whole map as a file of its own: it brings its signs, its style for light and for dark, and
says where it is from and what may be done with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from forum.counterpoints.map_layout import WIDTH
from forum.counterpoints.models import Relation, Standing
from forum.counterpoints.tiles import number
from forum.lib.moments import day_words
from forum.lib.seeded_words import as_read

STATIC = Path(settings.BASE_DIR) / "static"
MARGIN, HEAD, FOOT = 40, 96, 84
SERIF, SANS = "Newsreader,Charter,Georgia,serif", 'Schibsted,"Helvetica Neue",Arial,sans-serif'
# The ink of each relation and standing, and what lies under the one that is highlighted.
INKS = {
    "rebuts": "red", "refuted": "red", "undercuts": "amber", "contested": "amber",
    "supports": "green", "stands": "green", "concedes": "plum", "conceded": "plum",
    "unanswered": "ink", "unchallenged": "slate",
}  # fmt: skip
SIGNS = (*Relation.values, *Standing.values)
# What no XML may hold, and what no font shows.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself."""

    title: str
    author: str
    revision: int
    made_at: datetime
    url: str


def svg_file(marks: str, height: float, about: About) -> str:
    whole = HEAD + height + FOOT
    title = escape(about.title)
    words = _("By %(author)s. Revision %(revision)s, %(day)s.") % {
        "author": about.author,
        "revision": about.revision,
        "day": day_words(about.made_at),
    }
    source, licence = f"{words} {about.url}", escape(as_read(settings.CONTENT_LICENCE))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pic" '
        f'viewBox="{-MARGIN} 0 {number(WIDTH + 2 * MARGIN)} {number(whole)}" '
        f'width="{number(WIDTH + 2 * MARGIN)}" height="{number(whole)}">'
        f"<title>{title}</title><desc>{escape(source)} {licence}</desc>"
        f"<style>{style()}</style><defs>{symbols()}</defs>"
        f'<rect class="bg" x="{-MARGIN}" width="{number(WIDTH + 2 * MARGIN)}" '
        f'height="{number(whole)}"/><text class="head" y="56">{title}</text>'
        f'<g transform="translate(0 {HEAD})">{marks}</g>'
        f'<text class="lab" y="{number(whole - 44)}">{escape(source)}</text>'
        f'<text class="lab" y="{number(whole - 24)}">{licence}</text>'
        "</svg>\n"
    )
    return NOT_XML.sub("", text)


@cache
def symbols() -> str:
    """Of the site's sprite those that a map shows."""
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    return "".join(
        re.search(rf'<symbol id="{name}".*?</symbol>', sprite, re.DOTALL)[0]  # type: ignore[index]
        for name in SIGNS
    )


@cache
def style() -> str:
    """Plain colours rather than variables, which not every program that draws SVG knows."""
    light, dark = _colours()
    return (
        f"{_SHAPES}{''.join(_inks(light))}"
        f"@media (prefers-color-scheme:dark){{{''.join(_inks(dark))}}}"
    )


def _colours() -> tuple[dict[str, str], dict[str, str]]:
    """The site's own, for each scheme."""
    tokens = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", tokens)
    return (
        {name: light for name, light, _ in found},
        {name: dark for name, _, dark in found},
    )


_SHAPES = (
    f"text{{font:13px {SANS}}}.lab{{font-size:12px}}.ser{{font:16px {SERIF};"
    "unicode-bidi:plaintext}.m{font-size:14.5px}.b,.go{font-weight:700}.ask{font-weight:600}"
    f".mid{{text-anchor:middle}}.head{{font:600 30px {SANS}}}.hit{{fill:transparent}}"
    ".wire,.hair,.tl,.seg{fill:none;stroke-width:1.25}.tl{stroke-width:2}.seg{stroke-width:3}"
    ".seg.is-unchallenged{stroke-dasharray:0 6;stroke-linecap:round}"
    ".seg.is-refuted{stroke-dasharray:9 6}.seg.is-conceded{stroke-width:1.25}"
    ".seg.is-contested,.seg.is-unanswered{stroke-width:1.75}.tile rect{stroke-width:1.5}"
    ".tile.slot rect{fill:none;stroke-dasharray:3 2.5}a{text-decoration:none}"
)


def _inks(colours: dict[str, str]) -> Iterator[str]:
    paper, ink, soft = colours["paper"], colours["ink"], colours["soft"]
    yield f"text,.h{{fill:{ink}}}.bg{{fill:{paper}}}.lab{{fill:{soft}}}"
    yield f".wire{{stroke:{colours['edge']}}}.hair,.tl{{stroke:{colours['rule']}}}"
    yield f".ask{{fill:{colours['pencil']}}}.tile.slot rect{{stroke:{colours['pencil']}}}"
    yield f".mark{{fill:{colours['lemon']}}}"
    for name, which in INKS.items():
        own = colours[which]
        yield f".seg.is-{name},.wire.is-{name}{{stroke:{own}}}.ct.is-{name}{{fill:{own}}}"
        yield f"use.is-{name}{{color:{own}}}"
        if name in Relation.values:
            yield f".tile.is-{name} rect{{fill:{own};stroke:{own}}}.tile.is-{name} use{{color:"
            yield f"{paper}}}.tile.answered.is-{name} rect{{fill:{paper}}}"
            yield f".tile.answered.is-{name} use{{color:{own}}}"
