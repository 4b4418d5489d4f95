"""How much each match says of what is looked for, by its own words: the same on either database.

The index is not asked for it. FTS5 weighs a word by how many entries have it, and to know that it
would walk through all of them, though only the newest are weighed.
"""

from collections.abc import Callable

from forum.search.query import Query, finder

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
    finders = [finder((term,)) for term in query.wanted]
    of_claim = len(finders) * HEAD_WEIGHT * _of(1)

    def weight(kind: str, text: str | None) -> float:
        if kind == "claim":
            return of_claim
        # A title is the first line of what an essay stores.
        head, _, body = (text or "").partition("\n") if kind == "essay" else ("", "", text or "")
        weighed = 0.0
        for each in finders:
            in_head = len(each.findall(head)) if head else 0
            # If it is beyond what is looked at, the index knows that it is there.
            in_body = len(each.findall(body)) or not in_head
            weighed += HEAD_WEIGHT * _of(in_head) + _of(in_body)
        return weighed

    return weight


def _of(number: int) -> float:
    return number / (number + _FIRST)
