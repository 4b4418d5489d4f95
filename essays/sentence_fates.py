"""What each sentence of one revision says in another: carried as the passages of claims are."""

import re
from bisect import bisect_left
from dataclasses import replace

from essays.anchoring import CHANGED, EXACT, Carrier, Outcome, Quotation
from essays.models import CONTEXT_LENGTH, Revision

# The numbers of a sentence in its permalink: its paragraph, and which of that paragraph it is.
Number = tuple[int, int]

_WORD = re.compile(r"\w")


def sentences_of(revision: Revision) -> dict[Number, tuple[int, int]]:
    """Where each begins and ends."""
    return {
        (block["number"], index): (start, end)
        for block in revision.blocks
        for index, (start, end) in enumerate(block["sentences"], start=1)
    }


def fates_of_paragraph(old: Revision, new: Revision, paragraph: int) -> dict[Number, Outcome]:
    """Of its sentences. To compare the two texts costs most, whether for one of them or for all;
    all of a long essay would cost too much at once."""
    asked = {number: place for number, place in sentences_of(old).items() if number[0] == paragraph}
    if old.pk == new.pk:
        return {number: Outcome(EXACT, *place, 1.0) for number, place in asked.items()}
    carrier = Carrier(old.text, new.text, new.blocks)
    ends = sorted(sentences_of(new).values())
    return {
        number: _with_its_stop(carrier.carry(_quotation(old.text, *place)), new.text, ends)
        for number, place in asked.items()
    }


def number_at(revision: Revision, place: int) -> Number | None:
    """Of the sentence that stands there."""
    for number, (start, end) in sentences_of(revision).items():
        if start <= place < end:
            return number
    return None


def _with_its_stop(fate: Outcome, text: str, sentences: list[tuple[int, int]]) -> Outcome:
    """Edited words are carried as words; as a sentence they end with what ends it there."""
    if fate.state != CHANGED or fate.end is None:
        return fate
    at = bisect_left(sentences, (fate.end,)) - 1
    end = sentences[at][1] if at >= 0 else fate.end
    return fate if _WORD.search(text, fate.end, end) else replace(fate, end=max(end, fate.end))


def _quotation(text: str, start: int, end: int) -> Quotation:
    return Quotation(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
        start=start,
        end=end,
    )
