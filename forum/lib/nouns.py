"""What the site counts, in a sentence's words for each number: some languages have six forms.

A translation may write its one out ("eine Antwort"): %(words)s stands for the number in words.
"""

from functools import lru_cache
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import get_language, ngettext_lazy, pgettext_lazy

# Figures to nine are words in a sentence; above that, digits read faster.
COUNT_WORDS = (
    pgettext_lazy("number", "no"),
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
)


def digits(number: int) -> str:
    """1400 → "1,400"."""
    return number_format(number, force_grouping=True)


# For forms, which are made before anybody reads them.
lazy_digits = lazy(digits, str)


def count_word(number: int) -> str:
    """4 → "four", 14 → "14"."""
    return str(COUNT_WORDS[number]) if 0 <= number < len(COUNT_WORDS) else digits(number)


def counted(number: int, nouns: str) -> str:
    """4 with "reply,replies" → "four replies"."""
    return _counted(number, nouns, get_language())


# A list of essays says some hundred numbers, and most of them are small.
@lru_cache(maxsize=4_096)
def _counted(number: int, nouns: str, _language: str | None) -> str:
    return counted_as(count_word(number), number, nouns)


def counted_as(words: str, number: int, nouns: str) -> str:
    """The number in words of the caller's own: "99+ letters"."""
    said: str = NOUNS[nouns] % {"words": words, "number": number}
    return said


# By what code and templates write after `counted`: the noun, or both where it takes no s.
NOUNS: dict[str, Any] = {
    "answered claim loses its place,answered claims lose their place": ngettext_lazy(
        "%(words)s answered claim loses its place",
        "%(words)s answered claims lose their place",
        "number",
    ),
    "appeal": ngettext_lazy("%(words)s appeal", "%(words)s appeals", "number"),
    "case": ngettext_lazy("%(words)s case", "%(words)s cases", "number"),
    "claim": ngettext_lazy("%(words)s claim", "%(words)s claims", "number"),
    "claim loses its place,claims lose their place": ngettext_lazy(
        "%(words)s claim loses its place",
        "%(words)s claims lose their place",
        "number",
    ),
    "concession,concessions": ngettext_lazy(
        "%(words)s concession",
        "%(words)s concessions",
        "number",
    ),
    "counterpoint": ngettext_lazy("%(words)s counterpoint", "%(words)s counterpoints", "number"),
    "day": ngettext_lazy("%(words)s day", "%(words)s days", "number"),
    "decision": ngettext_lazy("%(words)s decision", "%(words)s decisions", "number"),
    "delivery,deliveries": ngettext_lazy("%(words)s delivery", "%(words)s deliveries", "number"),
    "doubt": ngettext_lazy("%(words)s doubt", "%(words)s doubts", "number"),
    "draft": ngettext_lazy("%(words)s draft", "%(words)s drafts", "number"),
    "entry,entries": ngettext_lazy("%(words)s entry", "%(words)s entries", "number"),
    "essay": ngettext_lazy("%(words)s essay", "%(words)s essays", "number"),
    "essay names its own author,essays name their own authors": ngettext_lazy(
        "%(words)s essay names its own author",
        "%(words)s essays name their own authors",
        "number",
    ),
    "example": ngettext_lazy("%(words)s example", "%(words)s examples", "number"),
    "happening": ngettext_lazy("%(words)s happening", "%(words)s happenings", "number"),
    "hour": ngettext_lazy("%(words)s hour", "%(words)s hours", "number"),
    "image": ngettext_lazy("%(words)s image", "%(words)s images", "number"),
    "legal notice": ngettext_lazy("%(words)s legal notice", "%(words)s legal notices", "number"),
    "letter": ngettext_lazy("%(words)s letter", "%(words)s letters", "number"),
    "link": ngettext_lazy("%(words)s link", "%(words)s links", "number"),
    "manuscript": ngettext_lazy("%(words)s manuscript", "%(words)s manuscripts", "number"),
    "member": ngettext_lazy("%(words)s member", "%(words)s members", "number"),
    "message": ngettext_lazy("%(words)s message", "%(words)s messages", "number"),
    "mind": ngettext_lazy("%(words)s mind", "%(words)s minds", "number"),
    "minute": ngettext_lazy("%(words)s minute", "%(words)s minutes", "number"),
    "more claim,more claims": ngettext_lazy(
        "%(words)s more claim",
        "%(words)s more claims",
        "number",
    ),
    "more reply,more replies": ngettext_lazy(
        "%(words)s more reply",
        "%(words)s more replies",
        "number",
    ),
    "new reply,new replies": ngettext_lazy(
        "%(words)s new reply",
        "%(words)s new replies",
        "number",
    ),
    "objection": ngettext_lazy("%(words)s objection", "%(words)s objections", "number"),
    "paragraph": ngettext_lazy("%(words)s paragraph", "%(words)s paragraphs", "number"),
    "passage": ngettext_lazy("%(words)s passage", "%(words)s passages", "number"),
    "passkey": ngettext_lazy("%(words)s passkey", "%(words)s passkeys", "number"),
    "post": ngettext_lazy("%(words)s post", "%(words)s posts", "number"),
    "rebuttal,rebuttals": ngettext_lazy("%(words)s rebuttal", "%(words)s rebuttals", "number"),
    "reply,replies": ngettext_lazy("%(words)s reply", "%(words)s replies", "number"),
    "report": ngettext_lazy("%(words)s report", "%(words)s reports", "number"),
    "support,supports": ngettext_lazy("%(words)s support", "%(words)s supports", "number"),
    "tag": ngettext_lazy("%(words)s tag", "%(words)s tags", "number"),
    "thread": ngettext_lazy("%(words)s thread", "%(words)s threads", "number"),
    "time": ngettext_lazy("%(words)s time", "%(words)s times", "number"),
    "undercut,undercuts": ngettext_lazy("%(words)s undercut", "%(words)s undercuts", "number"),
    "version": ngettext_lazy("%(words)s version", "%(words)s versions", "number"),
    "vote": ngettext_lazy("%(words)s vote", "%(words)s votes", "number"),
    "word": ngettext_lazy("%(words)s word", "%(words)s words", "number"),
}
