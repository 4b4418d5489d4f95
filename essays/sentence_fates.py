"""What each sentence of one revision says in another: carried as the passages of claims are."""

from essays.anchoring import EXACT, Carrier, Outcome, Quotation
from essays.models import CONTEXT_LENGTH, Revision

# The numbers of a sentence in its permalink: its paragraph, and which of that paragraph it is.
Number = tuple[int, int]


def sentences_of(revision: Revision) -> dict[Number, tuple[int, int]]:
    """Where each begins and ends."""
    return {
        (block["number"], index): (start, end)
        for block in revision.blocks
        for index, (start, end) in enumerate(block["sentences"], start=1)
    }


def fates_of_sentences(old: Revision, new: Revision) -> dict[Number, Outcome]:
    if old.pk == new.pk:
        return {
            number: Outcome(EXACT, start, end, 1.0)
            for number, (start, end) in sentences_of(old).items()
        }
    carrier = Carrier(old.text, new.text, new.blocks)
    return {
        number: carrier.carry(_quotation(old.text, start, end))
        for number, (start, end) in sentences_of(old).items()
    }


def number_at(revision: Revision, place: int) -> Number | None:
    """Of the sentence that stands there."""
    for number, (start, end) in sentences_of(revision).items():
        if start <= place < end:
            return number
    return None


def _quotation(text: str, start: int, end: int) -> Quotation:
    return Quotation(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
        start=start,
        end=end,
    )
