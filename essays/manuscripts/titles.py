"""What looks like a title, and what may stand for one."""

import re

from essays.manuscripts.paragraphs import Paragraph
from forum.lib.folding import fold
from forum.lib.sentences import sentence_spans

LONGEST_TITLE = 160
# A sentence that is a title all the same is a short one.
LONGEST_SENTENCE = 80
LONGEST_PROPOSED = 60
LONGEST_EXCERPT = 60

_CLOSERS = "\"'”’»)] *_"


def ends_a_sentence(words: str) -> bool:
    return words.rstrip(_CLOSERS).endswith((".", "…", "!", "?"))


def is_title_like(paragraph: Paragraph) -> bool:
    """One short line without a full stop, that does not begin amid a sentence."""
    words = paragraph.words
    return (
        len(paragraph.lines) == 1
        and not paragraph.was_joined
        and len(words) <= LONGEST_TITLE
        and not words.rstrip(_CLOSERS).endswith((".", ",", ";", ":", "…"))
        and _begins_like_one(words)
    )


def is_sentence_like_a_title(paragraph: Paragraph, following: Paragraph) -> bool:
    words = paragraph.words
    return (
        len(paragraph.lines) == 1
        and not paragraph.was_joined
        and len(words) <= LONGEST_SENTENCE
        and words.endswith(".")
        and _begins_like_one(words)
        and len(sentence_spans(words)) == 1
        and len(following.words) > 2 * len(words)
    )


def _begins_like_one(words: str) -> bool:
    first = next((char for char in words if char.isalnum()), "")
    return bool(first) and not first.islower()


def same_words(one: str, other: str) -> bool:
    bare = [re.sub(r"[\W_]+", "", fold(words)) for words in (one, other)]
    return bare[0] == bare[1] != ""


def proposed(words: str) -> str:
    """The first words of a text, to stand for the title that it lacks."""
    words = words[: 10 * LONGEST_PROPOSED]
    start, end = next(iter(sentence_spans(words)), (0, len(words)))
    return _shortened(words[start:end], LONGEST_PROPOSED).rstrip(".,;:!… ")


def excerpt(words: str, length: int = LONGEST_EXCERPT) -> str:
    short = _shortened(words, length)
    return short if short == words else f"{short} …"


def _shortened(words: str, length: int) -> str:
    if len(words) <= length:
        return words
    end = words.rfind(" ", 0, length + 1)
    return words[:end] if end > 0 else words[:length]
