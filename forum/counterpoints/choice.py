"""What a request says of the words that its reader has chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from forum.counterpoints.choosing import Paragraph, Quotation, Unchosen
from forum.lib.converters import number_in

# No paragraph has ten thousand sentences.
SENTENCE_DIGITS = 4
REVISED = "The essay was revised while you wrote. See whether these are still your words."


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence on the page that offers them."""

    number: int
    words: str
    is_chosen: bool
    claims: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """The words between two positions of the text, or why they are none."""

    paragraph: Paragraph
    numbers: Sequence[int] = ()
    quoted: Quotation = Quotation()
    start: int = 0
    end: int = 0
    error: str = ""

    @property
    def is_quoted(self) -> bool:
        return bool(self.quoted.exact.strip())

    @property
    def before(self) -> str:
        return self.paragraph.words(self.paragraph.start, self.start)

    @property
    def words(self) -> str:
        return self.paragraph.words(self.start, self.end)

    @property
    def after(self) -> str:
        return self.paragraph.words(self.end, self.paragraph.end)

    def overlaps(self, start: int, end: int) -> bool:
        return not self.error and start < self.end and end > self.start

    def sentences(self, claims: Iterable[Any]) -> list[Sentence]:
        claims = list(claims)
        return [
            Sentence(
                number,
                self.paragraph.words(start, end),
                number in self.numbers,
                [claim for claim in claims if claim.start < end and claim.end > start],
            )
            for number, (start, end) in enumerate(self.paragraph.sentences, start=1)
        ]


def read_choice(request: HttpRequest, paragraph: Paragraph) -> Choice:
    """Selected words where there are any, otherwise the sentences that were ticked."""
    data = request.POST if request.method == "POST" else request.GET
    quoted = Quotation(data.get("exact", ""), data.get("prefix", ""), data.get("suffix", ""))
    ticked = (number_in(raw, SENTENCE_DIGITS) for raw in data.getlist("s"))
    numbers = [number for number in ticked if number is not None]
    try:
        if quoted.exact.strip():
            start, end = paragraph.of_quotation(quoted)
        else:
            start, end = paragraph.of_sentences(numbers)
    except Unchosen as reason:
        # Words that cannot be found are no choice: the sentences are offered instead.
        return Choice(paragraph, numbers, error=str(reason))
    return Choice(paragraph, numbers, quoted, start, end)
