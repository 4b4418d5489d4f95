"""Where sentences begin and end: a small fixed rule, so that the same text always splits alike."""

import re
from collections.abc import Iterable, Iterator

# A full stop after these never ends a sentence.
_ABBREVIATION = re.compile(
    r"adm|al|approx|arch|bros|capt|cf|cit|co|col|dept|dr|eds?|eg|esp|est|etc|ff|fr|gen|gov|hon|ibid"
    r"|ie|inc|jr|ltd?|messrs|mgr|mme|mlle|mrs?|ms|mts?|op|prof|rev|sen|sgt|s[rs]|ste?|trans|viz|vs",
    re.IGNORECASE,
)
# These may be words too ("No."): they abbreviate only before a number.
_BEFORE_NUMBER = re.compile(
    r"art|ca?|chap|ch|cap|figs?|fol|ll?|nn?|nos?|para|pp?|pl|pt|[rsv]|sec?|vols?"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|oct|nov|dec",
    re.IGNORECASE,
)

# A row of stops is looked at once, from its first: from each, it would take time as their square.
_END = re.compile(
    r"(?<![.!?…؟۔])(?P<stop>[.!?…؟۔]+)(?P<closers>[\"'”’»)\]]*)(?P<gap>\s+)(?=(?P<next>[\"'“‘«„]|[(\[]*\w))"
)
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«„/—–-]+$")
_INITIALS = re.compile(r"(?:\w{1,2}\.)+\w{1,2}|[^\W\d_]", re.UNICODE)
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_BEFORE_PRONOUN = re.compile(
    r"am|are|as|can|could|did|do|had|have|is|may|might|must|nor|not|shall|should|than|was|were"
    r"|will|would",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"\n\s*\n")
# Words longer than this are no abbreviations; looking back further would only cost time.
_LOOK_BACK = 24


def sentence_spans(text: str, breaks: Iterable[int] = ()) -> list[tuple[int, int]]:
    """Start and end of each sentence. They lie in order and hold everything but white space.

    A sentence never runs over a blank line or over one of the `breaks`.
    """
    places = {place for place in breaks if 0 < place < len(text)}
    places.update(match.end() for match in _BLANK_LINE.finditer(text))
    edges = [0, *sorted(places), len(text)]
    return [
        span
        for start, end in zip(edges, edges[1:], strict=False)
        for span in _spans_within(text, start, end)
    ]


def _spans_within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _END.finditer(text, start, end):
        if _ends_a_sentence(match, start):
            yield from _trimmed(text, start, match.start("gap"))
            start = match.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    if words and not words.isspace():
        yield end - len(words.lstrip()), start + len(words.rstrip())


def _ends_a_sentence(match: re.Match[str], start: int) -> bool:
    opening = match["next"][-1]
    if opening.islower() or opening == "_":
        return False
    if match["stop"] == "." and not match["closers"]:
        return not _is_abbreviation(match, start)
    # An ellipsis that stands by itself marks words left out, not an end.
    return set(match["stop"]) - {".", "…"} != set() or not _stands_alone(match)


def _stands_alone(match: re.Match[str]) -> bool:
    before = match.string[: match.start()][-1:]
    return match["stop"] != "." and (not before or before.isspace() or before in "([")


def _is_abbreviation(match: re.Match[str], start: int) -> bool:
    text, stop = match.string, match.start()
    found = _LAST_WORD.search(text[max(start, stop - _LOOK_BACK) : stop])
    if not found:
        return False
    word = found[0]
    if _ABBREVIATION.fullmatch(word):
        return True
    if _BEFORE_NUMBER.fullmatch(word) and not (word.isupper() and len(word) == 1):
        return _NUMBER.match(text, match.end()) is not None
    if word.isdigit():
        return text[start:stop].strip() == word  # a list's number, written by hand
    if word == "I":
        return _begins_a_name(text[max(start, stop - _LOOK_BACK) : stop - 1])
    return _INITIALS.fullmatch(word) is not None


def _begins_a_name(before: str) -> bool:
    """Tells the initial of "I. Kant" from the pronoun of "So am I."."""
    words = before.split()
    return not words or not _BEFORE_PRONOUN.fullmatch(words[-1])
