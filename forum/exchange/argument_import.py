"""Brings an argument into an essay, as one member's claims and counterpoints."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import Truncator

from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Counterpoint
from forum.exchange.aif_reading import BadArgumentError, Said

# Of a quotation that was not found: enough to find it in the file.
WORDS_SHOWN = 60


@transaction.atomic
def import_argument(*, author: User, essay: Essay, claims: Sequence[Said]) -> int:
    """All of it or nothing; gives how many posts it made. What a file tells as taken down is left
    out with all below it. Raises `Refused`, `Unrenderable` or `BadArgumentError` with a sentence.
    """
    made = 0
    for said in claims:
        if said.is_gone:
            continue
        start, end = _place(essay, said.quote)
        claim = counterpoints.mark_claim(
            author=author, essay=essay, start=start, end=end, statement=said.text
        )
        made += 1
        waiting: list[tuple[Said, Counterpoint | None]] = [(each, None) for each in said.answers]
        for answer, target in waiting:  # grows as it goes
            if answer.is_gone:
                continue
            posted = counterpoints.answer(
                author=author, claim=claim, target=target, relation=answer.relation,
                restatement="", source=answer.text,
            )  # fmt: skip
            waiting.extend((each, posted) for each in answer.answers)
            made += 1
    return made


def _place(essay: Essay, quote: str) -> tuple[int, int]:
    text = essay.current_revision.text if essay.current_revision else ""
    if text.count(quote) != 1:
        words = Truncator(quote).chars(WORDS_SHOWN)
        raise BadArgumentError(f"The essay must have these words, and once: “{words}”.")
    start = text.index(quote)
    return start, start + len(quote)
