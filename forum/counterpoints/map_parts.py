"""How an essay's claims are shared out on its map: into parts, and its room among them.

Plain Python: claims with a number and a start go in, in the order of the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

GONE = _("No longer in the text")
BEGINNING = _("The beginning")
# So many claims of a section can still be told apart at a glance.
CLAIMS_A_PART = 24
# Of more parts than these, each holds more claims instead.
MOST_PARTS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """Claims that stand together. `start` and `end` are where it lies in the text, if it does."""

    number: int
    title: str
    claims: Sequence[Any]
    start: int | None
    end: int | None


def parts_of(claims: Sequence[Any], sections: Sequence[tuple[int, str]], length: int) -> list[Part]:
    """Together they have every claim once, and the whole text of that length."""
    size = max(CLAIMS_A_PART, -(-len(claims) // MOST_PARTS))
    found = list(_shared_out(claims, sections, size))
    # The text before the first claim belongs to the first part, that after the last to the last.
    starts = [start if place else 0 for place, (_, start, _) in enumerate(found)]
    parts = []
    for place, (title, begins, some) in enumerate(found):
        if begins is None:
            parts.append(Part(place + 1, title, some, None, None))
            continue
        after = [start for start in starts[place + 1 :] if start is not None]
        parts.append(Part(place + 1, title, some, starts[place], after[0] if after else length))
    return parts


def _shared_out(
    claims: Sequence[Any], sections: Sequence[tuple[int, str]], size: int
) -> Iterator[tuple[str, int | None, Sequence[Any]]]:
    for section, together in groupby(claims, key=lambda claim: _section_of(claim, sections)):
        group = list(together)
        pieces = -(-len(group) // size)
        each = -(-len(group) // pieces)
        for place in range(0, len(group), each):
            some = group[place : place + each]
            title = sections[section][1] if section is not None and section >= 0 else str(BEGINNING)
            start = some[0].start
            if section is None:
                title = str(GONE)
            elif not place and section >= 0:
                start = sections[section][0]
            if pieces > 1:
                title = _("%(title)s, %(place)s of %(pieces)s") % {
                    "title": title,
                    "place": place // each + 1,
                    "pieces": pieces,
                }
            yield title, start, some


def _section_of(claim: Any, sections: Sequence[tuple[int, str]]) -> int | None:
    """Which of them it stands in: -1 before the first, None where its words are gone."""
    if claim.start is None:
        return None
    return sum(start <= claim.start for start, _ in sections) - 1


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """So much of the room for each: whoever wants little has all of it, the others as much as each
    other, and what is left over goes to the first of them.
    """
    given = [0] * len(wanted)
    left = room
    open_ = [place for place, want in enumerate(wanted) if want > 0]
    while open_ and left > 0:
        each = max(left // len(open_), 1)
        for place in open_:
            more = min(each, wanted[place] - given[place], left)
            given[place] += more
            left -= more
        open_ = [place for place in open_ if given[place] < wanted[place]]
    return given
