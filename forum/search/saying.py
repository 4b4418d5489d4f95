"""What is said of how much a search has found, or that it found nothing."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forum.lib.ledger import listed
from forum.lib.rendering import trusted
from forum.search.index import Found
from forum.search.query import Query

SHOWN = 60


def count_html(found: Found) -> str:
    number = len(found.matches)
    if found.is_cut:
        said = _(
            "Very many: only the newest %(number)s were looked at and put in order."
            " Say more, or narrow it."
        )
    else:
        said = ngettext("%(number)s result.", "%(number)s results.", number)
    return format_html("{}", said % {"number": number})


def nothing_html(query: Query, alone: Sequence[tuple[str, str]], *, is_narrowed: bool) -> str:
    """`alone`: words that would find something by themselves, each with its address."""
    wanted = [_quoted(term.shown) for term in query.wanted]
    unwanted = [_quoted(term.shown) for term in query.unwanted]
    words = {"wanted": _all_of(wanted), "unwanted": _any_of(unwanted)}
    said = _pattern(is_limited=bool(unwanted), is_narrowed=is_narrowed) % words
    if not alone:
        return trusted(said)
    links = [format_html('<a href="{}"><bdi>{}</bdi></a>', url, _cut(one)) for one, url in alone]
    others = _("There are results for %(words)s alone.") % {"words": _each(links)}
    return trusted(f"{said} {others}")


def _pattern(*, is_limited: bool, is_narrowed: bool) -> str:
    if is_limited and is_narrowed:
        return _(
            "No essay, claim or post has %(wanted)s in it without %(unwanted)s, narrowed like this."
        )
    if is_limited:
        return _("No essay, claim or post has %(wanted)s in it without %(unwanted)s.")
    if is_narrowed:
        return _("No essay, claim or post has %(wanted)s in it, narrowed like this.")
    return _("No essay, claim or post has %(wanted)s in it.")


def _cut(words: str) -> str:
    return Truncator(words).chars(SHOWN)


def _quoted(words: str) -> str:
    return format_html("<q><bdi>{}</bdi></q>", _cut(words))


def _all_of(words: Sequence[str]) -> str:
    *some, last = words
    if not some:
        return last
    told = {"words": listed(some), "last": last}
    if len(some) == 1:
        return _("both %(words)s and %(last)s") % told
    return _("all of %(words)s and %(last)s") % told


def _any_of(words: Sequence[str]) -> str:
    return pgettext("between things of which none may be there", " or ").join(words)


def _each(words: Sequence[str]) -> str:
    *some, last = words
    if not some:
        return last
    return _("%(words)s and for %(last)s") % {"words": listed(some), "last": last}
