"""Fills a stored card: with what differs by reader and, in their language, with the site's words.

A card is stored once for readers of all languages. It is cut at its slots and never searched for
what was put in, so nothing that anybody wrote is taken for a slot.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django.utils import dateformat
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

from forum.lib.rendering import trusted

# No writer can forge one: the sanitiser lets no comment through.
SLOT = re.compile(r"<!--([a-z]+(?:-[0-9:-]+)?)-->")
WORDS = {
    "held": gettext_lazy("This post waits for a moderator."),
    "hidden": gettext_lazy("This post was hidden by a moderator."),
    "erased": gettext_lazy("What stood here went with its author."),
    "removed": gettext_lazy("This post was removed by a moderator."),
    "why": gettext_lazy("Read why"),
    "essayist": gettext_lazy("The essay’s author"),
    "edited": gettext_lazy("Edited"),
    "withdrawn": gettext_lazy("Withdrawn by its author"),
    "weightless": gettext_lazy("It stays readable and carries no weight."),
}
# A slot for a moment: <!--at-2026-03-09-12:00-->.
MOMENT = "at-"
# In no other part of a date than its day, and its year.
A_DAY, A_YEAR = 11, 2222


class Fills(NamedTuple):
    """What goes into a card's slots: HTML, already escaped."""

    acts: str = ""
    state: str = ""
    relation: str = ""
    extra: str = ""


class _Speech(NamedTuple):
    words: Mapping[str, str]
    # By month.
    moments: tuple[str, ...]


NOTHING = Fills()


def fill(card: str, fills: Fills = NOTHING) -> str:
    words, moments = _speech(get_language())
    parts = SLOT.split(card)
    for place in range(1, len(parts), 2):
        name = parts[place]
        if name in words:
            parts[place] = words[name]
        elif name in Fills._fields:
            parts[place] = getattr(fills, name)
        else:
            parts[place] = _moment(name, moments)
    return "".join(parts)


def bare(post: Any) -> str:
    """One post by itself, with nothing to do about it."""
    return trusted(fill(post.card_html))


def _moment(name: str, moments: tuple[str, ...]) -> str:
    """Empty for what is no moment: it was a mark, and not to be shown."""
    if not name.startswith(MOMENT):
        return ""
    year, month, day, time = name.removeprefix(MOMENT).split("-")
    return moments[int(month) - 1] % {"day": int(day), "year": year, "time": time}


@lru_cache(maxsize=16)
def _speech(_language: str | None) -> _Speech:
    return _Speech(
        words={name: escape(str(words)) for name, words in WORDS.items()},
        moments=tuple(_pattern(month) for month in range(1, 13)),
    )


def _pattern(month: int) -> str:
    """How a moment of this month is said: "%(day)s March %(year)s, %(time)s"."""
    said = dateformat.format(date(A_YEAR, month, A_DAY), pgettext("date", "j F Y"))
    on_day = said.replace("%", "%%").replace(str(A_DAY), "%(day)s").replace(str(A_YEAR), "%(year)s")
    return escape(gettext("%(day)s, %(time)s")) % {"day": on_day, "time": "%(time)s"}
