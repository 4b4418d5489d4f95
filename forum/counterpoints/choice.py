"""What a request says of the words that its reader has chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from forum.counterpoints.choosing import Paragraph, Quotation, Unchosen
from forum.lib.converters import number_in
from forum.posts.models import Draft

# No paragraph has ten thousand sentences.
SENTENCE_DIGITS = 4
# What a page or a draft sends to say which words it means.
CHOOSING = ("s", "exact", "prefix", "suffix", "revision")
REVISED = _("The essay was revised while you wrote. See whether these are still your words.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence on the page that offers them."""

    number: int
    words: str
    is_chosen: bool
    claims: Sequence[Any]


class WordsOfSentence(NamedTuple):
    """The words of a sentence to choose from, by their numbers in the paragraph."""

    number: int
    words: list[tuple[int, str]]


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

    def words_offered(self) -> list[WordsOfSentence]:
        """All of the paragraph's, sentence by sentence."""
        words = [
            (number, start, self.paragraph.words(start, end))
            for number, (start, end) in enumerate(self.paragraph.all_words(), start=1)
        ]
        return [
            WordsOfSentence(
                place, [(number, word) for number, at, word in words if start <= at < end]
            )
            for place, (start, end) in enumerate(self.paragraph.sentences, start=1)
        ]

    @property
    def first_and_last(self) -> tuple[int, int]:
        """The numbers of its first word and its last; nothing chosen is all of them."""
        places = self.paragraph.all_words()
        if self.error:
            return 1, len(places)
        touched = [
            number
            for number, (start, end) in enumerate(places, start=1)
            if self.overlaps(start, end)
        ]
        return touched[0], touched[-1]

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


def choice_in(request: HttpRequest, draft: Draft | None) -> QueryDict:
    """What chooses: the form that was sent, or the address; else a draft that is taken up."""
    if request.method == "POST" or draft is None:
        return request.POST if request.method == "POST" else request.GET
    kept = QueryDict(mutable=True)
    for name in CHOOSING:
        kept.setlist(name, draft.fields.get(name, []))
    return kept


def read_choice(data: QueryDict, paragraph: Paragraph) -> Choice:
    """Selected words where there are any, otherwise the sentences that were ticked."""
    quoted = Quotation(data.get("exact", ""), data.get("prefix", ""), data.get("suffix", ""))
    ticked = (number_in(raw, SENTENCE_DIGITS) for raw in data.getlist("s"))
    numbers = [number for number in ticked if number is not None]
    first, last = (number_in(data.get(name, ""), SENTENCE_DIGITS) for name in ("from", "to"))
    try:
        if first is not None and last is not None:
            quoted = paragraph.of_words(first, last)
        if quoted.exact.strip():
            start, end = paragraph.of_quotation(quoted)
        else:
            start, end = paragraph.of_sentences(numbers)
    except Unchosen as reason:
        # Words that cannot be found are no choice: the sentences are offered instead.
        return Choice(paragraph, numbers, error=str(reason))
    return Choice(paragraph, numbers, quoted, start, end)
