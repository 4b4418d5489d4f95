"""How much each match says of what is looked for, by its own words: the same on either database.

The index is not asked for it. FTS5 weighs a word by how many entries have it, and to know that it
would walk through all of them, though only the newest are weighed.
"""

import re
from collections.abc import Callable

from forum.search.query import Query, Term

# A word in a title or a statement counts as much as so many in what stands below one.
HEAD_WEIGHT = 3
# The beginning of a long text tells well enough what it is about.
WEIGHED_LENGTH = 2_000
# What is said twice is hardly more of an answer than what is said once: the first time counts for
# three quarters of all that any number can count for.
_FIRST = 1 / 3

Weight = Callable[[str, str | None], float]


def unweighed(_kind: str, _text: str | None) -> float:
    return 0.0


def weigher(query: Query) -> Weight:
    """Of a kind and the text of a match, as the index has it. Higher is better.

    All of them have all the words, so a rare word tells no more of one than a common one does. A
    claim is one sentence, and needs no text: it says them once.
    """
    counts = [_counter(term) for term in query.wanted]
    of_claim = len(counts) * HEAD_WEIGHT * _of(1)

    def weight(kind: str, text: str | None) -> float:
        if kind == "claim":
            return of_claim
        # A title is the first line of what an essay stores.
        head, _, body = (text or "").partition("\n") if kind == "essay" else ("", "", text or "")
        weighed = 0.0
        for count in counts:
            in_head = len(count(head)) if head else 0
            # If it is beyond what is looked at, the index knows that it is there.
            in_body = len(count(body)) or not in_head
            weighed += HEAD_WEIGHT * _of(in_head) + _of(in_body)
        return weighed

    return weight


def _of(number: int) -> float:
    return number / (number + _FIRST)


def _counter(term: Term) -> Callable[[str], list[str]]:
    """It begins with letters, by which it is found quickly; then it looks what stands before."""
    first, *others = map(re.escape, term.words)
    words = r"[\W_]+".join([rf"{first}(?<![^\W_]{first})", *others])
    counted: Callable[[str], list[str]] = re.compile(rf"{words}(?![^\W_])").findall
    return counted
