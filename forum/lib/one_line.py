"""Titles and names as they may stand within a sentence of ours."""

import re
import unicodedata

# They turn the writing's direction for all that follows them: nobody's title may do that.
_TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
# Control characters; a line's end among them.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def one_line(text: str) -> str:
    """On one line, single-spaced, and turning nobody else's words around."""
    return " ".join(_CONTROLS.sub(" ", text.translate(_TURNS)).split())


def isolated(text: str) -> str:
    """For plain text: what is written from right to left keeps to itself."""
    line = one_line(text)
    if any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in line):
        return f"{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}"
    return line
