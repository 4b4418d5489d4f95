"""Where the very words of a quotation stand, and whether it is they that were meant."""

from collections.abc import Iterator
from itertools import islice
from os.path import commonprefix

from essays.tracing import Trace
from essays.words import is_word, places_of

# Words that stand oftener are no prose.
PLACES_TRIED = 200
# A run of so many words does not stay by chance.
RUN_WORDS = 5


def unchanged_place(trace: Trace) -> tuple[int, int] | None:
    """Of the whole passage in one unchanged run, whatever it was when it was first quoted."""
    first, last = trace.first, trace.last
    if first >= last or not trace.diff.stays(first, last):
        return None
    if trace.has_few_words and _stays_by_chance(trace):
        return None
    return trace.start_of(first), trace.end_of(last - 1)


def _stays_by_chance(trace: Trace) -> bool:
    """A word or two of a sentence may be found again in another that was put in its place."""
    return _run_words(trace) < RUN_WORDS and not trace.is_in_a_like_sentence(
        trace.diff.to_new[trace.first]
    )


def _run_words(trace: Trace) -> int:
    """The words of the run that it lies in, counted as far as they matter."""
    low, high = max(0, trace.first - RUN_WORDS), trace.last + RUN_WORDS
    run = [
        at
        for at in range(low, min(high, len(trace.old)))
        if trace.diff.stays(min(at, trace.first), max(at + 1, trace.last))
    ]
    return sum(is_word(trace.old.pieces[at]) for at in run)


def place_beside(trace: Trace, start: int, end: int) -> int | None:
    """Where the very words stand over a stretch: what a passage lost may have been put back."""
    exact, text = trace.quotation.exact, trace.new.text
    for place in places_of(exact, text, max(0, start - len(exact)), end + len(exact)):
        if place < end and start < place + len(exact):
            return place
    return None


def best_place(trace: Trace) -> int | None:
    """The one with most of the same around it, and of such the nearest."""
    length = len(trace.quotation.exact)
    expected = trace.new.ends[trace.gap[0] - 1] if trace.gap[0] else 0
    ranked = [
        (_agreement(trace, place), -abs(place - expected), -place)
        for place in _places(trace)
        if trace.grounds.hold(place, place + length) and not _is_of_others(trace, place)
    ]
    return -max(ranked)[2] if ranked else None


def _places(trace: Trace) -> Iterator[int]:
    quotation, text = trace.quotation, trace.new.text
    if not trace.has_few_words:
        yield from islice(places_of(quotation.exact, text), PLACES_TRIED)
        return
    # Few words must have half of what stood before or after them beside them again.
    before = quotation.prefix[len(quotation.prefix) // 2 :]
    after = quotation.suffix[: (len(quotation.suffix) + 1) // 2]
    for lead, rest in ((before, ""), ("", after)):
        if lead or rest:
            yield from islice(_framed(lead, quotation.exact, rest, text), PLACES_TRIED)


def _framed(lead: str, words: str, rest: str, text: str) -> Iterator[int]:
    frame = lead + words + rest
    place = text.find(frame)
    while place >= 0:
        start = place + len(lead)
        yield from places_of(words, text, start, start + len(words))
        place = text.find(frame, place + 1)


def _is_of_others(trace: Trace, place: int) -> bool:
    """They stood there before, beside the passage: it was not these that were quoted."""
    first, last = trace.new.within(place, place + len(trace.quotation.exact))
    return first < last and trace.diff.stood(first, last)


def _agreement(trace: Trace, place: int) -> int:
    quotation, text = trace.quotation, trace.new.text
    end = place + len(quotation.exact)
    before = text[max(0, place - len(quotation.prefix)) : place]
    after = text[end : end + len(quotation.suffix)]
    return len(commonprefix([quotation.prefix[::-1], before[::-1]])) + len(
        commonprefix([quotation.suffix, after])
    )


def is_in_place(trace: Trace, start: int) -> bool:
    """Whether it stands beside what it stood beside, or where it had become something else."""
    first, last = trace.new.within(start, start + len(trace.quotation.exact))
    (low, high), diff = trace.gap, trace.diff
    is_beside = (diff.before[trace.first] == trace.first - 1 and first == low) or (
        diff.after[trace.last] == trace.last and last == high
    )
    now = trace.old.text[trace.quotation.start : trace.quotation.end]
    return is_beside or (now != trace.quotation.exact and low <= first and last <= high)
