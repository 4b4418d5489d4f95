"""Fills a stored card: with what differs by reader and, in their language, with the site's words.

A card is stored once for readers of all languages. It is cut at its slots and never searched for
what was put in, so nothing that anybody wrote is taken for a slot.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django.utils import dateformat, timezone
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

from forum.accounts.names import FORMER_NAME
from forum.lib.numbered import pattern_of
from forum.lib.rendering import trusted
from forum.lib.seeded_words import as_read

# No writer can forge one: the sanitiser lets no comment through.
SLOT = re.compile(r"<!--([a-z]+(?:-[0-9a-f:-]+)?)-->")
WORDS = {
    "held": gettext_lazy("This post waits for a moderator."),
    "hidden": gettext_lazy("This post was hidden by a moderator."),
    "erased": gettext_lazy("What stood here went with its author."),
    "removed": gettext_lazy("This post was removed by a moderator."),
    "why": gettext_lazy("Read why"),
    "essayist": gettext_lazy("The essay’s author"),
    "former": gettext_lazy(FORMER_NAME),
    "edited": gettext_lazy("Edited"),
    "withdrawn": gettext_lazy("Withdrawn by its author"),
    "weightless": gettext_lazy("It stays readable and carries no weight."),
    "moved": gettext_lazy("Moved here by a moderator."),
    "away": gettext_lazy("An answer was moved from here, with all that answers it:"),
    "there": gettext_lazy("See where it stands now"),
}
# A slot for a rule, by its number and title: <!--rule-2-…-->.
RULE = "rule-"
# A slot for a moment, by the site's clock: <!--at-2026-03-09-12:00-->.
MOMENT = "at-"


class Fills(NamedTuple):
    """What goes into a card's slots: HTML, already escaped."""

    acts: str = ""
    state: str = ""
    relation: str = ""
    extra: str = ""


NOTHING = Fills()
# The slot for the post's own address: a card can be made before its post has a number. The cards
# of once have the address itself.
HERE = "here"
PLACES = {name: place for place, name in enumerate(Fills._fields)}


class Filler:
    """Made once a page: to ask for the language costs as much as half a card."""

    def __init__(self) -> None:
        self.language = get_language()
        self.words = _words(self.language)
        self.zone = _zone()
        self.here = pattern_of("posts:post")

    def fill(self, card: str, number: int, fills: Fills = NOTHING) -> str:
        """The card of the post with that number."""
        parts, words = SLOT.split(card), self.words
        for place in range(1, len(parts), 2):
            name = parts[place]
            if name in PLACES:
                parts[place] = fills[PLACES[name]]
            elif name == HERE:
                parts[place] = self.here % number
            elif name in words:
                parts[place] = words[name]
            elif name.startswith(RULE):
                parts[place] = _rule(name, self.language)
            else:
                parts[place] = _moment(name, self.language, self.zone)
        return "".join(parts)


def fill(card: str, number: int, fills: Fills = NOTHING) -> str:
    return Filler().fill(card, number, fills)


def bare(post: Any) -> str:
    """One post by itself, with nothing to do about it."""
    return trusted(fill(post.card_html, post.pk))


@lru_cache(maxsize=16)
def _words(_language: str | None) -> Mapping[str, str]:
    return {name: escape(str(words)) for name, words in WORDS.items()}


def rule_slot(number: int, title: str) -> str:
    """The title in digits: a slot never holds what somebody wrote, and it is said in the language
    of the reader where the site came with it."""
    return f"{RULE}{number}-{title.encode().hex()}"


@lru_cache(maxsize=256)
def _rule(name: str, _language: str | None) -> str:
    number, _, title = name.removeprefix(RULE).partition("-")
    shown = as_read(bytes.fromhex(title).decode())
    return escape(gettext("Rule %(number)s. %(title)s") % {"number": number, "title": shown})


def _zone() -> tzinfo | None:
    """That of a reader who chose one; visitors have none, and read what is kept for all."""
    zone = timezone.get_current_timezone()
    return None if zone is timezone.get_default_timezone() else zone


# The posts that are read just now, by each of the clocks that they are read by.
@lru_cache(maxsize=16_384)
def _moment(name: str, language: str | None, zone: tzinfo | None) -> str:
    """Empty for what is no moment: it was a mark, and not to be shown."""
    if not name.startswith(MOMENT):
        return ""
    site = timezone.get_default_timezone()
    when = datetime.fromisoformat(name.removeprefix(MOMENT)).replace(tzinfo=site)
    local = when.astimezone(zone or site)
    return _minute_of(local.date(), language) % {"time": f"{local:%H:%M}"}


# A day has the same words by every clock, and they are nearly all that a moment costs.
@lru_cache(maxsize=1_024)
def _minute_of(day: date, _language: str | None) -> str:
    words = dateformat.format(day, pgettext("date", "j F Y")).replace("%", "%%")
    return escape(gettext("%(day)s, %(time)s") % {"day": words, "time": "%(time)s"})
